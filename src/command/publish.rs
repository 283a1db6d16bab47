//! `scorecard publish`: freezes a month as it goes to the committee.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::{refuse, say, tell};
use crate::cli::ProjectOptions;
use crate::diagnostic::{Findings, Severity};
use crate::history::Project;
use crate::input::Keep;
use crate::month::{Date, Month};
use crate::output::{Taken, write_folder};
use crate::publish::{self, PublicationInfo, PublishedFiles};
use crate::record;
use crate::text;
use crate::wording;

/// The options of `publish`: it freezes every area, in formats of its own.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard publish --month 2016-02 --meeting 2016-04-19
  scorecard publish --month 2016-02 --reason \"Placements of Thanet corrected\"")]
pub struct PublishOptions {
    #[command(flatten)]
    project: ProjectOptions,

    /// The month: it has to be named, as the latest may not be the one that is meant
    #[arg(short, long, value_name = "YYYY-MM")]
    month: Month,

    /// The meeting that it is for [default: the one in month.toml]
    #[arg(long, value_name = "YYYY-MM-DD")]
    meeting: Option<Date>,

    /// Why it is published again: the first publication needs none
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run(options: &PublishOptions) -> Result<ExitCode> {
    let month = options.month;
    let project =
        Project::within(options.project.definitions.clone(), options.project.data(), Keep::Bytes);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return refuse(&findings) };
    let calendar = project.calendar(&mut findings);
    let plan = publish::plan(&definition, month);
    let is_there = calendar.choose(Some(month), &mut findings).is_some();
    let history = project.read(&definition, calendar, plan, &mut findings);
    if !is_there || findings.has_errors() {
        return refuse(&findings);
    }
    let results = PublishedFiles::make(&history, month, &mut findings)?;
    let before = history.record().latest(month).map(record::Publication::revision);
    let reason = options
        .reason
        .as_deref()
        .map(|reason| reason.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|reason| !reason.is_empty());
    if reason.as_deref().is_some_and(|reason| reason.contains(text::is_unprintable)) {
        bail!(
            "the --reason has a character that cannot be printed, {}: it is for people to read, so \
             write it again without",
            text::quote(reason.as_deref().unwrap_or_default())
        );
    }
    if before.is_some() && reason.is_none() {
        bail!(
            "{month} has been published already: what is published again is a revision, and needs a --reason"
        );
    }
    let about = history.extract(month).and_then(|extract| extract.about.meeting);
    let meeting = match (options.meeting, about) {
        (Some(meeting), Some(other)) if meeting != other => {
            bail!(
                "--meeting is {meeting}, and month.toml of {month} says {other}: correct whichever is wrong"
            );
        }
        (meeting, other) => meeting.or(other).ok_or_else(|| {
            anyhow!("which meeting is it for? Name it with --meeting, or in month.toml")
        })?,
    };
    let published = record::now().map_err(|text| {
        anyhow!("SOURCE_DATE_EPOCH is {text:?}, which is no number of seconds since 1970")
    })?;
    let revision = before.map_or(1, |before| before + 1);
    let info = PublicationInfo { month, revision, published, meeting, reason };
    let files = publish::files(info, project.ledger(), results);
    let folder = project.published().join(month.to_string()).join(revision.to_string());
    write_folder(&folder, files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        .map_err(
            |error| if error.is::<Taken>() { published_meanwhile(month, &folder) } else { error },
        )?;
    tell(&findings, |finding| finding.severity == Severity::Warning);
    let which =
        if revision == 1 { String::new() } else { format!(" again, as publication {revision}") };
    say(&format!(
        "Published {}{which}, for the meeting of {}: {}, {} {}.",
        month.long(),
        wording::date(meeting),
        folder.display(),
        files.len(),
        text::plural(files.len(), "file", "files"),
    ));
    Ok(ExitCode::SUCCESS)
}

/// What is said where somebody else was first.
fn published_meanwhile(month: Month, folder: &Path) -> anyhow::Error {
    anyhow!(
        "{month} was published by somebody else while this was being made: {} is theirs, and whole. \
         Nothing of this one was written: look at theirs, and publish again with a --reason if it \
         is not right",
        folder.display()
    )
}

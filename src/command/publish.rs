//! `scorecard publish`: freezes a month as it goes to the committee.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::edition::{Assessors, must_name_edition};
use super::inputs::{named_month, read_definition};
use super::outputs::{refuse, tell_warnings};
use super::safe::keep_months_safe;
use crate::check;
use crate::cli::{EditionOptions, Mistake, ProjectOptions, spelling};
use crate::diagnostic::Findings;
use crate::history::{History, Project};
use crate::input::Keep;
use crate::month::{Date, Month, NamedMonth};
use crate::output::{Taken, write_checked_folder};
use crate::publish::{self, NewPublication, PublicationInfo, PublishedFiles};
use crate::record::{self, MOST_REVISIONS, Publication};
use crate::stderr::say;
use crate::text;
use crate::wording;

/// The options of `publish`: it freezes every area, in formats of its own.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard publish --month 2016-02 --meeting 2016-04-19
  scorecard publish --month 2016-02 --edition public
  scorecard publish --month 2016-02 --reason \"Placements of Thanet corrected\"

There is no --product: a month is published once, for all its papers. Write a product as
published with `scorecard pack DIR --product ID`.")]
pub struct PublishOptions {
    #[command(flatten)]
    project: ProjectOptions,

    /// The month, or the quarter that it ends: it has to be named, as the latest may not be the
    /// one that is meant
    #[arg(short, long, value_name = "YYYY-MM", value_parser = spelling::month)]
    month: NamedMonth,

    /// The meeting that it is for [default: the one in month.toml]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = spelling::date)]
    meeting: Option<Date>,

    #[command(flatten)]
    edition: EditionOptions,

    /// Why it is published again: the first publication needs none
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Publish a month that is marked as a draft, or has outstanding figures or none: the record
    /// says that it was
    #[arg(long)]
    force: bool,
}

pub(super) fn run(options: &PublishOptions) -> Result<ExitCode> {
    let project =
        Project::within(options.project.definitions.clone(), options.project.data(), Keep::Bytes);
    let mut findings = Findings::default();
    let definition = read_definition(&project, &options.edition, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    must_name_edition(&definition, &options.edition)?;
    let Some(month) = named_month(&options.month, &definition, &mut findings) else {
        return refuse(&findings);
    };
    let calendar = project.calendar(&definition, &mut findings);
    let plan = publish::plan(&definition, month);
    let is_there = calendar.choose(Some(month), &mut findings).is_some();
    let mut history = project.read(&definition, calendar, plan, &mut findings);
    if !is_there || findings.has_errors() {
        return refuse(&findings);
    }
    if !has_inputs(&project, &history, month) {
        bail!(
            "there is nothing in the folder of {month} that could be published: `scorecard new \
             {month}` makes its files"
        );
    }
    let before = history.record().latest(month).map(Publication::revision);
    let info = PublicationInfo {
        month,
        revision: revision(month, before)?,
        published: now()?,
        meeting: meeting(options, month, &history)?,
        reason: reason(options, month, before)?,
        forced: forced(options, month, &history)?,
    };
    history.name_meeting(month, info.meeting);
    let assessors = Assessors::of(&history, month, &mut findings);
    if let (Some(public), Some(reason)) = (&assessors.public, &info.reason) {
        check::public_text(&assessors.whole, public, reason, &mut findings);
    }
    if findings.has_errors() {
        return refuse(&findings);
    }
    let results = PublishedFiles::make(&assessors.shown, &mut findings)?;
    let folder = project
        .published_for(definition.edition)
        .join(month.to_string())
        .join(info.revision.to_string());
    keep_months_safe(&options.project.data(), &folder)?;
    let publication =
        NewPublication::new(info.clone(), project.ledger(), results, definition.edition);
    write(&publication, month, &folder)?;
    tell_warnings(&findings);
    say(&published(&info, &folder, publication.files().len()));
    Ok(ExitCode::SUCCESS)
}

/// Whether anything was read in the folder of the month. A publication freezes what was read, and
/// without any of it there would be no such month in the record.
fn has_inputs(project: &Project, history: &History<'_>, month: Month) -> bool {
    let Some(folder) = history.folder(month) else { return false };
    let folder = format!("{}/", project.ledger().path_within(folder));
    project.ledger().inputs().iter().any(|input| input.path.starts_with(&folder))
}

/// Which publication of the month it is.
fn revision(month: Month, before: Option<u32>) -> Result<u32> {
    match before.unwrap_or(0) + 1 {
        revision if revision <= MOST_REVISIONS => Ok(revision),
        _ => bail!(
            "{month} has been published {MOST_REVISIONS} times, which is as often as it can be"
        ),
    }
}

fn now() -> Result<String> {
    record::now().map_err(|text| {
        anyhow!("SOURCE_DATE_EPOCH is {text:?}, which is no number of seconds since 1970")
    })
}

/// The meeting that it is for.
fn meeting(options: &PublishOptions, month: Month, history: &History<'_>) -> Result<Date, Mistake> {
    let about = history.extract(month).and_then(|extract| extract.about.meeting);
    match (options.meeting, about) {
        (Some(meeting), Some(other)) if meeting != other => Err(Mistake(format!(
            "--meeting is {meeting}, and month.toml of {month} says {other}: correct whichever is \
                wrong"
        ))),
        (meeting, other) => meeting.or(other).ok_or_else(|| {
            Mistake("which meeting is it for? Name it with --meeting, or in month.toml".to_owned())
        }),
    }
}

/// Why it is published again, on one line.
fn reason(
    options: &PublishOptions,
    month: Month,
    before: Option<u32>,
) -> Result<Option<String>, Mistake> {
    let reason = options.reason.as_deref().unwrap_or_default();
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.contains(text::is_unprintable) {
        return Err(Mistake(format!(
            "the --reason has a character that cannot be printed, {}: it is for people to read, so \
             write it again without",
            text::quote(&reason)
        )));
    }
    if before.is_some() && reason.is_empty() {
        return Err(Mistake(format!(
            "{month} has been published already: what is published again is a revision, and needs \
                a --reason"
        )));
    }
    Ok(Some(reason).filter(|reason| !reason.is_empty()))
}

/// What the month lacks, where it is to be published all the same.
fn forced(options: &PublishOptions, month: Month, history: &History<'_>) -> Result<Option<String>> {
    let wanting = publish::wanting(history, month).join("; ");
    if !wanting.is_empty() && !options.force {
        bail!(
            "{} is not ready to be published: {wanting}. `scorecard new {}` lists what is \
             outstanding; \"final\" as the status in month.toml says that it is no draft. --force \
             publishes it as it is, and the record says so",
            month.long(),
            month,
        );
    }
    Ok(Some(wanting).filter(|wanting| !wanting.is_empty()))
}

/// Writes it, reads it back, and lets it appear if it is what was to be published.
fn write(publication: &NewPublication, month: Month, folder: &Path) -> Result<()> {
    if let Some(collision) = publication.colliding() {
        bail!("{month} cannot be published: {collision}");
    }
    let check = |made: &Path| {
        publication.verify(made).map_err(|wrong| {
            anyhow!("{month} is not published: what was written could not be read back. {wrong}")
        })
    };
    write_checked_folder(folder, publication.files(), check).map_err(|error| {
        if error.is::<Taken>() { published_meanwhile(month, folder) } else { error }
    })
}

/// What is said where all is well.
fn published(info: &PublicationInfo, folder: &Path, files: usize) -> String {
    let again = match info.revision {
        1 => String::new(),
        revision => format!(" again, as publication {revision}"),
    };
    let forced = info.forced.as_ref();
    let forced =
        forced.map_or_else(String::new, |lacks| format!(" Forced, and recorded as such: {lacks}."));
    format!(
        "Published {}{again}, for the meeting of {}: {}, {files} {}.{forced}",
        info.month.long(),
        wording::date(info.meeting),
        folder.display(),
        text::plural(files, "file", "files"),
    )
}

/// What is said where somebody else was first.
fn published_meanwhile(month: Month, folder: &Path) -> anyhow::Error {
    anyhow!(
        "{month} was published by somebody else while this was being made: {} is theirs, and \
            whole. Nothing of this one was written: look at theirs, and publish again with a \
            --reason if it is not right",
        folder.display()
    )
}

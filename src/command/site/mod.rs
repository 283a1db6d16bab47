//! `scorecard site`: what was published, as pages for a web server.

mod builder;
mod month;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use super::edition::must_name_edition;
use super::inputs::read_definition;
use super::outputs::refuse;
use super::safe::keep_inputs_safe_from;
use crate::cli::{EditionOptions, ProjectOptions};
use crate::definition::Edition;
use crate::diagnostic::Findings;
use crate::input::Keep;
use crate::month::Month;
use crate::site::{MANIFEST, Site, Written};
use crate::stderr::say;
use crate::text::{and, plural};
use builder::{SiteBuilder, Unmade};
use month::{Issue, Maker};

/// The options of `site`: it has every month that was published, and nothing else.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard site www                          every published month
  scorecard site www-public --edition public  what is published for the public

Run it again when a month has been published. Pages that are there stay at their addresses.")]
pub struct SiteOptions {
    /// The folder of the site: one that is not there yet, an empty one, or that of the site
    dir: PathBuf,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    edition: EditionOptions,

    /// Fail, and write nothing, if a published month would have no page
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(options: &SiteOptions) -> Result<ExitCode> {
    let dir = options.dir.as_path();
    keep_inputs_safe_from(&options.project, dir, "folder")?;
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition(&project, &options.edition, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    must_name_edition(&definition, &options.edition)?;
    let site = Site::open(dir, definition.edition)?;
    let record = project.record_of(definition.edition, &mut findings);
    record.audit(None, &mut findings);
    let calendar = project.calendar(&definition, &mut Findings::default());
    if record.is_empty() && !findings.has_errors() {
        bail!(nothing_published(definition.edition, calendar.months().next_back()));
    }
    let latest = record.months().filter_map(|month| record.latest(month));
    let issues: Vec<_> =
        latest.filter_map(|publication| Issue::read(&record, publication, &mut findings)).collect();
    if findings.has_errors() {
        return refuse(&findings);
    }
    let maker = Maker { project: &project, record: &record, edition: definition.edition };
    let mut builder = SiteBuilder::new(&site, &issues);
    for issue in &issues {
        builder.add(&maker, issue)?;
    }
    let (pages, unmade) = builder.finish(&definition)?;
    if options.strict && unmade.iter().any(|unmade| !unmade.is_there) {
        for unmade in &unmade {
            say(&unmade.said(definition.edition));
        }
        bail!("nothing was written: --strict asks for a page of each published month");
    }
    for address in pages.keys().map(String::as_str).chain([MANIFEST]) {
        keep_inputs_safe_from(&options.project, &dir.join(address), "folder")?;
    }
    let written = site.write(&pages)?;
    say(&wrote(dir, issues.len(), &written));
    for unmade in &unmade {
        say(&unmade.said(definition.edition));
    }
    let is_published = |month: &Month| record.latest(*month).is_some();
    let missing: Vec<_> = calendar.months().filter(|month| !is_published(month)).collect();
    if !missing.is_empty() {
        say(&not_in_it(&missing, definition.edition));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is said where there is nothing to show yet.
fn nothing_published(edition: Edition, latest: Option<Month>) -> String {
    let month = latest.map_or_else(|| "2016-01".to_owned(), |month| month.to_string());
    let (what, option) = match edition {
        Edition::Directors => ("nothing", ""),
        Edition::Public => ("nothing for the public", " --edition public"),
    };
    format!(
        "{what} has been published, and a site shows what was published: publish a month first, \
         with `scorecard publish --month {month}{option}`"
    )
}

/// What has been written.
fn wrote(dir: &Path, months: usize, written: &Written) -> String {
    let Written { pages, changed, kept } = *written;
    let mut said = format!(
        "wrote {}: {pages} {} of {months} {}, {changed} of them new or changed",
        dir.display(),
        plural(pages, "page", "pages"),
        plural(months, "published month", "published months"),
    );
    if kept > 0 {
        let (pages, are) = (plural(kept, "page", "pages"), plural(kept, "is", "are"));
        said += &format!("; {kept} earlier {pages} {are} still there");
    }
    said
}

/// What is said of months that have not been published.
fn not_in_it(months: &[Month], edition: Edition) -> String {
    let count = months.len();
    let (are, they) = (plural(count, "is", "are"), plural(count, "it has", "they have"));
    let months: Vec<_> = months.iter().map(ToString::to_string).collect();
    let for_whom = match edition {
        Edition::Directors => "",
        Edition::Public => " for the public",
    };
    format!("{} {are} not in it: {they} not been published{for_whom}", and(&months))
}

impl Unmade {
    /// What is said of it.
    fn said(&self, edition: Edition) -> String {
        let Self { month, different, is_there } = self;
        let what = if *is_there { "its page stays as it is" } else { "it has no page" };
        let different = different.as_ref().map_or_else(String::new, |of| format!(" ({of})"));
        let why = match edition {
            Edition::Directors => format!(
                "what was frozen with it does not come to what was published{different}, as \
                 `scorecard reproduce {month}` says"
            ),
            Edition::Public => format!(
                "the data and definitions of today do not come to what was published{different}. \
                 To show what they come to, publish it again: `scorecard publish --month {month} \
                 --edition public --reason ...`"
            ),
        };
        let keep = match (edition, is_there) {
            (Edition::Public, false) => {
                ". To show what was published, write the site into a folder that has its page"
            }
            _ => "",
        };
        format!("{}: {what}, since {why}{keep}", month.long())
    }
}

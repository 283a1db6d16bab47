//! `scorecard reproduce MONTH`: whether what was published can be made again from what was frozen
//! with it.

use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::Args;

use super::DATA_ERRORS;
use super::inputs::month_of_project;
use super::outputs::{refuse, tell, write_listing};
use super::safe::keep_inputs_safe;
use crate::cli::{ListingFormat, OutputOptions, ProjectOptions, spelling};
use crate::diagnostic::Findings;
use crate::input::Keep;
use crate::layout::{Reproduced, reproduced};
use crate::month::NamedMonth;
use crate::publish;
use crate::record::results::Results;
use crate::record::{Change, ChangedRule, Changes, JSON, Manifest, Publication, Record, TIDY};

/// The options of `reproduce`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard reproduce 2016-01               the latest publication of the month
  scorecard reproduce 2016-01 --revision 1  the first")]
pub struct ReproduceOptions {
    /// The month, or the quarter that it ends, such as 2015/16-Q3
    #[arg(value_name = "YYYY-MM", value_parser = spelling::month)]
    month: NamedMonth,

    /// Which publication of it [default: the latest]
    #[arg(long, value_name = "N")]
    revision: Option<u32>,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    output: OutputOptions<ListingFormat>,
}

pub(super) fn run(options: &ReproduceOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.project, &options.output.file)?;
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let record = project.record(&mut findings);
    let month = month_of_project(&options.month, &project, &mut findings);
    let Some(month) = month.filter(|_| !findings.has_errors()) else { return refuse(&findings) };
    let Some(publication) = record.find(month, options.revision, &mut findings) else {
        return refuse(&findings);
    };
    if !record.verify(publication, &mut findings) {
        return refuse(&findings);
    }
    let mut around = Findings::default();
    record.audit(Some(month), &mut around);
    let Some(published) = PublishedOutputs::read(&record, publication, &mut findings) else {
        return refuse(&findings);
    };
    let manifest = &published.manifest;
    let Some(made) = publish::remake(publication, manifest, &mut findings)? else {
        return refuse(&findings);
    };
    let now = Results::parse(&made.json)
        .map_err(|wrong| anyhow!("cannot read back what was made: {wrong}"))?;
    let changes = Changes::reproduced(&published.results, &now);
    let is_this_version = manifest.version == env!("CARGO_PKG_VERSION");
    // Another version may write the same figures in another form.
    let files = [(TIDY, made.tidy == published.tidy), (JSON, made.json == published.json)];
    let different: Vec<_> = files
        .into_iter()
        .filter(|(_, same)| !same && is_this_version)
        .map(|(file, _)| file)
        .collect();
    let rules = changed_rules(&changes, &manifest.version);
    let is_same = different.is_empty() && rules.is_some();
    let mut document = reproduced(&Reproduced {
        manifest,
        is_this_version,
        different: &different,
        changes: &changes,
        are_of_changed_rules: rules.is_some_and(|count| count > 0),
    });
    if let Some(definition) = project.definition(&mut Findings::default()) {
        document = document.for_directors(&definition);
    }
    write_listing(&document, format, &options.output)?;
    // What is wrong with the rest of the record changes nothing in this publication.
    tell(&around, |_| true);
    Ok(if is_same && !around.has_errors() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(DATA_ERRORS)
    })
}

/// How many differences there are. `None` if any of them does not come from a rule that has changed
/// since the version that published.
fn changed_rules(changes: &Changes<'_>, made_by: &str) -> Option<usize> {
    let is_of_rule = |change: &Change<'_>| ChangedRule::of(change, made_by).is_some();
    let is_of_rules = changes.figures.iter().all(is_of_rule);
    (is_of_rules && changes.is_in_figures_alone()).then_some(changes.figures.len())
}

/// What was published.
struct PublishedOutputs {
    manifest: Manifest,
    tidy: Vec<u8>,
    json: Vec<u8>,
    results: Results,
}

impl PublishedOutputs {
    fn read(record: &Record, publication: &Publication, findings: &mut Findings) -> Option<Self> {
        let manifest = record.manifest(publication, findings)?;
        let tidy = record.read(publication, &manifest, TIDY, findings)?;
        let json = record.read(publication, &manifest, JSON, findings)?;
        let results = record.results(publication, &manifest, findings)?;
        Some(Self { manifest, tidy, json, results })
    }
}

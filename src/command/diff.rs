//! `scorecard diff A B`: what is different between two months, publications or projects.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};

use super::{chosen_areas, listing_format, refuse, tell, write_listing};
use crate::cli::Options;
use crate::diagnostic::{Findings, Severity};
use crate::input::Keep;
use crate::layout::diff;
use crate::month::Month;
use crate::project::Project;
use crate::record::{Changes, FOLDER, Publication, Record, Snapshot, results_today};

pub(super) fn run(options: &Options, from: &str, to: &str) -> Result<ExitCode> {
    let format = listing_format(options, "diff")?;
    let mut findings = Findings::default();
    let (before, after) = (Side::of(options, from), Side::of(options, to));
    let (was, now) =
        (before.snapshot(options, &mut findings)?, after.snapshot(options, &mut findings)?);
    let (Some(was), Some(now)) = (was, now) else { return refuse(&findings) };
    // Names of areas are those of the second, as that is what is there now; without any, it is its
    // top area.
    let areas: Vec<String> = match &after {
        Side::Project { definitions, data } => areas(options, definitions, data, &mut findings),
        Side::Month(_) | Side::Published(..) => {
            areas(options, &options.definitions, &options.data(), &mut findings)
        }
    };
    if findings.has_errors() {
        return refuse(&findings);
    }
    // Where the areas are all others, everything is different: the top areas are compared by being
    // first.
    let changes = Changes::between(&was, &now, |area| {
        areas.is_empty() || areas.iter().any(|wanted| wanted == area)
    });
    let (from, to) = (before.label(&was), after.label(&now));
    write_listing(&diff(&now.title, &from, &to, &changes), format, options)?;
    tell(&findings, |finding| finding.severity == Severity::Warning)?;
    Ok(ExitCode::SUCCESS)
}

/// The areas asked for, or the top one; none where all of them are.
fn areas(
    options: &Options,
    definitions: &Path,
    data: &Path,
    findings: &mut Findings,
) -> Vec<String> {
    let project = Project::within(definitions.to_owned(), data.to_owned(), Keep::Nothing);
    let Some(definition) = project.definition(&mut Findings::default()) else { return Vec::new() };
    if options.areas.is_empty() {
        return vec![definition.area(definition.top).name.clone()];
    }
    chosen_areas(options, &definition, findings).unwrap_or_default()
}

/// One of the two that are compared.
enum Side {
    /// A month, as the data folder has it.
    Month(Month),
    /// A publication of a month; without a number the latest.
    Published(Month, Option<u32>),
    /// A project, by its definitions and its data folder.
    Project { definitions: PathBuf, data: PathBuf },
}

impl Side {
    /// `2016-01`, `published/2016-01`, `published/2016-01/2`, or a folder with definitions in it.
    fn of(options: &Options, text: &str) -> Self {
        if let Ok(month) = text.parse() {
            return Self::Month(month);
        }
        let published =
            text.trim_end_matches('/').strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
        if let Some(publication) = published.and_then(|rest| {
            let (month, number) =
                rest.split_once('/').map_or((rest, None), |(month, number)| (month, Some(number)));
            Some(Self::Published(month.parse().ok()?, number.map(str::parse).transpose().ok()?))
        }) {
            return publication;
        }
        let path = Path::new(text);
        let name = options
            .definitions
            .file_name()
            .map_or_else(|| PathBuf::from("indicators.toml"), PathBuf::from);
        let definitions = if path.is_file() { path.to_owned() } else { path.join(name) };
        let data = definitions.with_file_name("data");
        Self::Project { definitions, data }
    }

    fn label(&self, snapshot: &Snapshot) -> String {
        match self {
            Self::Month(month) => month.long(),
            Self::Published(month, None) => format!("{} as published", month.long()),
            Self::Published(month, Some(number)) => {
                format!("{} as published, publication {number}", month.long())
            }
            Self::Project { definitions, .. } => {
                format!(
                    "{} in {}",
                    snapshot.month.long(),
                    definitions.parent().unwrap_or(definitions).display()
                )
            }
        }
    }

    fn snapshot(&self, options: &Options, findings: &mut Findings) -> Result<Option<Snapshot>> {
        match self {
            Self::Month(month) => {
                made(options.definitions.clone(), options.data(), Some(*month), findings)
            }
            Self::Published(month, number) => published(options, *month, *number, findings),
            Self::Project { definitions, data } => {
                if !definitions.is_file() {
                    bail!(
                        "{} is not there: compare months (2016-01), publications (published/2016-01, published/2016-01/2) or folders of projects",
                        definitions.display()
                    );
                }
                made(definitions.clone(), data.clone(), options.month, findings)
            }
        }
    }
}

/// What a project makes of a month today.
fn made(
    definitions: PathBuf,
    data: PathBuf,
    month: Option<Month>,
    findings: &mut Findings,
) -> Result<Option<Snapshot>> {
    let project = Project::new(definitions, data, Keep::Nothing);
    let Some(definition) = project.definition(findings) else { return Ok(None) };
    let archive = project.archive(&definition, findings);
    let Some(month) = archive.choose(month, findings).filter(|_| !findings.has_errors()) else {
        return Ok(None);
    };
    let results = results_today(&archive, month)?;
    findings.append(archive.take_findings());
    Ok(Some(results).filter(|_| !findings.has_errors()))
}

fn published(
    options: &Options,
    month: Month,
    number: Option<u32>,
    findings: &mut Findings,
) -> Result<Option<Snapshot>> {
    let project = Project::new(options.definitions.clone(), options.data(), Keep::Nothing);
    let record: Record = project.record(findings);
    let publication: &Publication = record.find(month, number).map_err(|there| anyhow!(there))?;
    let snapshot = record.snapshot(publication).cloned();
    findings.append(record.take_findings());
    Ok(snapshot)
}

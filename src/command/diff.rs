//! `scorecard diff A B`: what is different between two months, publications or projects.

use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::inputs::{ReportInputs, ReportRequest, chosen_areas, find_product};
use super::outputs::{refuse, tell_warnings, write_listing};
use super::safe::{keep_inputs_safe, keep_project_safe_from};
use crate::assess::Assessor;
use crate::cli::{
    AreaOptions, FileOptions, ListingFormat, Mistake, OutputOptions, ProductOptions,
    ProjectOptions, spelling,
};
use crate::definition::Definition;
use crate::diagnostic::Findings;
use crate::history::{Project, Reach};
use crate::input::Keep;
use crate::layout::diff;
use crate::month::{Month, NamedMonth};
use crate::population::Population;
use crate::record::results::Results;
use crate::record::{Changes, FOLDER, SuppressedFigures};
use crate::render;

/// The options of `diff`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard diff 2015-12 2016-01            two months
  scorecard diff published/2016-01 2016-01  as published, and as today
  scorecard diff 2015/16-Q2 2015/16-Q3 --product quarterly
  scorecard diff ../last-year . -m 2016-01  a month of two projects")]
pub struct DiffOptions {
    /// A month (2016-01) or quarter (2015/16-Q3), a publication (published/2016-01,
    /// published/2016-01/2) or the folder of a project
    from: String,

    /// The same of what it is compared with
    to: String,

    #[command(flatten)]
    project: ProjectOptions,

    /// With the folder of a project: its month, or the quarter that it ends
    /// [default: the latest there is]
    #[arg(short, long, value_name = "YYYY-MM", value_parser = spelling::month)]
    month: Option<NamedMonth>,

    #[command(flatten)]
    areas: AreaOptions,

    #[command(flatten)]
    product: ProductOptions,

    #[command(flatten)]
    output: OutputOptions<ListingFormat>,
}

pub(super) fn run(options: &DiffOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    let mut findings = Findings::default();
    let (before, after) =
        (Compared::of(options, &options.from)?, Compared::of(options, &options.to)?);
    let is_project = |side: &Compared| matches!(side, Compared::Project { .. });
    if options.month.is_some() && !is_project(&before) && !is_project(&after) {
        return Err(Mistake(
            "--month is for the folder of a project; months and publications are named as they are"
                .to_owned(),
        )
        .into());
    }
    keep_inputs_safe(&options.project, &options.output.file)?;
    for side in [&before, &after] {
        side.keep_safe(&options.output.file)?;
    }
    let (was, now) =
        (before.results(options, &mut findings)?, after.results(options, &mut findings)?);
    let (Some(mut was), Some(mut now)) = (was, now) else { return refuse(&findings) };
    // Areas and products are those of the second, as that is what is there now.
    let (definitions, data) = match &after {
        Compared::Project { definitions, data } => (definitions.clone(), data.clone()),
        Compared::Month(_) | Compared::Published(..) => {
            (options.project.definitions.clone(), options.project.data())
        }
    };
    let sides = [&mut was, &mut now];
    let (areas, definition) = match shown(options, &definitions, &data, sides, &mut findings) {
        Some(shown) if !findings.has_errors() => shown,
        _ => return refuse(&findings),
    };
    // Where the areas are all others, everything is different: the top areas are compared by being
    // first.
    let mut changes = Changes::between(&was, &now, |area| {
        areas.is_empty() || areas.iter().any(|wanted| wanted == area)
    });
    let mut suppressed = SuppressedFigures::default();
    before.suppressed_today(&options.project, &was, &mut suppressed);
    after.suppressed_today(&options.project, &now, &mut suppressed);
    changes.hide(&suppressed);
    let (from, to) = (before.label(&was), after.label(&now));
    let mut document = diff(&now.title, &from, &to, &changes);
    if let Some(definition) = &definition {
        document = document.for_directors(definition);
    }
    write_listing(&document, format, &options.output)?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}

/// Leaves what the product shows, if one is asked for, and says of which areas: those asked for, or
/// else the product's, or else the top one; none where all of them are. With the definitions, where
/// there are any. `None`, with a finding, if there is no such product.
fn shown(
    options: &DiffOptions,
    definitions: &Path,
    data: &Path,
    both: [&mut Results; 2],
    findings: &mut Findings,
) -> Option<(Vec<String>, Option<Definition>)> {
    let project = Project::within(definitions.to_owned(), data.to_owned(), Keep::Nothing);
    let found = &mut Findings::default();
    let Some(definition) = project.definition(found) else {
        // What has been published can be compared without definitions.
        if options.product.product.is_none() {
            return Some((Vec::new(), None));
        }
        findings.append(mem::take(found));
        return None;
    };
    let product = match &options.product.product {
        Some(id) => Some(&definition.products[find_product(&definition, id, findings)?]),
        None => None,
    };
    for results in both {
        if let Some(product) = product {
            results.show(&definition, product);
        }
    }
    let asked = &options.areas.areas;
    let areas =
        product.map_or(asked, |product| if asked.is_empty() { &product.areas } else { asked });
    let areas = if areas.is_empty() {
        vec![definition.area(definition.top).name.clone()]
    } else {
        chosen_areas(areas, &definition, findings).unwrap_or_default()
    };
    Some((areas, Some(definition)))
}

/// One of the two that are compared.
enum Compared {
    /// A month, or the quarter that it ends, as the data folder has it.
    Month(NamedMonth),
    /// A publication of a month; without a number the latest.
    Published(Month, Option<u32>),
    /// A project, by its definitions and its data folder.
    Project { definitions: PathBuf, data: PathBuf },
}

impl Compared {
    /// `2016-01`, `2015/16-Q3`, `published/2016-01`, `published/2016-01/2`, or a folder with definitions
    /// in it. What is there goes before a month in other words, such as `01/2016`.
    fn of(options: &DiffOptions, text: &str) -> Result<Self, Mistake> {
        if let Ok(month) = text.parse() {
            return Ok(Self::Month(month));
        }
        let published =
            text.trim_end_matches('/').strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
        if let Some(publication) = published.and_then(|rest| {
            let (month, number) =
                rest.split_once('/').map_or((rest, None), |(month, number)| (month, Some(number)));
            Some(Self::Published(month.parse().ok()?, number.map(str::parse).transpose().ok()?))
        }) {
            return Ok(publication);
        }
        let path = Path::new(text);
        if !path.exists() {
            let no_month = |why| {
                Mistake(format!(
                    "{text} is not there: compare months, publications (published/2016-01, \
                     published/2016-01/2) or folders of projects; {why}"
                ))
            };
            return spelling::month(text).map(Self::Month).map_err(no_month);
        }
        let name = options
            .project
            .definitions
            .file_name()
            .map_or_else(|| PathBuf::from("indicators.toml"), PathBuf::from);
        let definitions = if path.is_file() { path.to_owned() } else { path.join(name) };
        let data = definitions.with_file_name("data");
        Ok(Self::Project { definitions, data })
    }

    fn label(&self, results: &Results) -> String {
        match self {
            Self::Month(_) => results.month.long(),
            Self::Published(month, None) => format!("{} as published", month.long()),
            Self::Published(month, Some(number)) => {
                format!("{} as published, publication {number}", month.long())
            }
            Self::Project { definitions, .. } => {
                format!(
                    "{} in {}",
                    results.month.long(),
                    definitions.parent().unwrap_or(definitions).display()
                )
            }
        }
    }

    fn results(
        &self,
        options: &DiffOptions,
        findings: &mut Findings,
    ) -> Result<Option<Results>, Mistake> {
        Ok(match self {
            Self::Month(month) => {
                let (definitions, data) =
                    (options.project.definitions.clone(), options.project.data());
                made(definitions, data, Some(month), findings)
            }
            Self::Published(month, number) => {
                published(&options.project, *month, *number, findings)
            }
            Self::Project { definitions, data } => {
                if !definitions.is_file() {
                    return Err(Mistake(format!(
                        "{} is not there: compare months (2016-01), publications \
                            (published/2016-01, published/2016-01/2) or folders of projects",
                        definitions.display()
                    )));
                }
                made(definitions.clone(), data.clone(), options.month.as_ref(), findings)
            }
        })
    }
}

impl Compared {
    /// Refuses to write over a project that is compared.
    fn keep_safe(&self, file: &FileOptions) -> Result<()> {
        match (self, file.path()) {
            (Self::Project { definitions, data }, Some(output)) if !output.is_dir() => {
                keep_project_safe_from(definitions, data, output, "--output")
            }
            _ => Ok(()),
        }
    }

    /// Adds the figures of this side that may not be shown today: what was published may have been
    /// suppressed since, in the data folder or in a later publication.
    fn suppressed_today(
        &self,
        project: &ProjectOptions,
        results: &Results,
        suppressed: &mut SuppressedFigures,
    ) {
        let Self::Published(month, _) = self else { return suppressed.add(results) };
        // What is wrong with the data folder today is not in what is compared.
        let found = &mut Findings::default();
        let named = NamedMonth::Month(*month);
        let today = made(project.definitions.clone(), project.data(), Some(&named), found);
        let latest = published(project, *month, None, found);
        for results in today.iter().chain(&latest) {
            suppressed.add(results);
        }
    }
}

/// What a project makes of a month today.
fn made(
    definitions: PathBuf,
    data: PathBuf,
    month: Option<&NamedMonth>,
    findings: &mut Findings,
) -> Option<Results> {
    let project = Project::new(definitions, data, Keep::Nothing);
    let definition = project.definition(findings)?;
    let everywhere = &[Population::ALL.to_owned()];
    let request = ReportRequest { month, areas: everywhere, reach: Reach::Trends };
    let report = ReportInputs::read(&project, &definition, request, findings)?;
    let assessor = Assessor::new(&report.history, report.month);
    Some(render::json::results(&assessor, &report.scope))
}

fn published(
    project: &ProjectOptions,
    month: Month,
    number: Option<u32>,
    findings: &mut Findings,
) -> Option<Results> {
    let project = project.open(Keep::Nothing);
    let record = project.record(findings);
    let publication = record.find(month, number, findings)?;
    let manifest = record.manifest(publication, findings)?;
    record.results(publication, &manifest, findings)
}

//! `scorecard explain ID`: the working behind one figure.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::safe::keep_inputs_safe;
use super::{
    ReportInputs, assessor, print, read_definition, refuse, render_pages, tell, text_style,
};
use crate::cli::{
    AreaOptions, EditionOptions, Format, MonthOptions, OutputOptions, ProductOptions,
    ProjectOptions,
};
use crate::definition::{Definition, IndicatorId, Lookup};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::history::{Project, Reach};
use crate::input::Keep;
use crate::layout::{explain, why_hidden};
use crate::scorecard::Scorecard;
use crate::text::{did_you_mean, quote};

/// The options of `explain`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard explain 19                       the latest month, the top area
  scorecard explain 19 -m 2015-12 -a Thanet  another month and area
  scorecard explain \"placement stability\"    by words of its name
  scorecard explain 20 --edition public      why the public is not shown it, and why that is enough

The report has the same evidence for every figure: scorecard --format json")]
pub struct ExplainOptions {
    /// The indicator's id or reference, or words of its name
    id: String,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    month: MonthOptions,

    #[command(flatten)]
    areas: AreaOptions,

    #[command(flatten)]
    product: ProductOptions,

    #[command(flatten)]
    edition: EditionOptions,

    #[command(flatten)]
    output: OutputOptions<ExplainFormat>,
}

/// A format of the working.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ExplainFormat {
    /// For the terminal
    #[default]
    Text,
    /// For a wiki or an issue
    Markdown,
}

impl From<ExplainFormat> for Format {
    fn from(format: ExplainFormat) -> Self {
        match format {
            ExplainFormat::Text => Self::Text,
            ExplainFormat::Markdown => Self::Markdown,
        }
    }
}

pub(super) fn run(options: &ExplainOptions) -> Result<ExitCode> {
    let format = options.output.format()?.into();
    keep_inputs_safe(&options.project, &options.output.file)?;
    let project =
        Project::new(options.project.definitions.clone(), options.project.data(), Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition(&project, &options.product, &options.edition, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    let indicator = shown(&definition, &options.id, &mut findings);
    let (month, areas) = (options.month.month.as_ref(), &options.areas.areas);
    let report =
        ReportInputs::read(&project, &definition, month, areas, Reach::Trends, &mut findings);
    let (Some(ReportInputs { history, month, scope }), Some(indicator)) = (report, indicator)
    else {
        return refuse(&findings);
    };
    let document = match assessor(&history, month, &mut findings) {
        // Why it hides what it hides is for the officer alone.
        (_, Some(edition)) => why_hidden(&definition, &edition, month, &scope, indicator),
        (assessor, None) => {
            let scorecard = Scorecard::with_parts_of(&assessor, scope, indicator);
            explain(&scorecard, indicator)
        }
    };
    let mut output = options.output.file.open()?;
    render_pages(&document, format, text_style(&output), &mut output)?;
    print(output, options.output.no_pager)?;
    tell(&findings, |finding| finding.severity == Severity::Warning);
    Ok(ExitCode::SUCCESS)
}

/// The indicator that is asked for, if the product that is shown has it.
fn shown(definition: &Definition, id: &str, findings: &mut Findings) -> Option<IndicatorId> {
    let found = find(definition, id, findings)?;
    let Some(product) = definition.product().filter(|_| !definition.shows(found)) else {
        return Some(found);
    };
    let indicator = definition.indicator(found).shown_id();
    findings.push(Finding::nowhere(
        Code::UnknownIndicator,
        format!("the product {} does not show {}", quote(&product.id), quote(indicator)),
        "leave out --product, or name an indicator that it shows",
    ));
    None
}

/// The most indicators that are listed where a text can mean several.
const MOST_LISTED: usize = 12;

/// The indicator that goes by `id`, or is shown as it.
fn find(definition: &Definition, id: &str, findings: &mut Findings) -> Option<IndicatorId> {
    let id = id.trim();
    let by_reference = || {
        definition
            .indicator_ids()
            .find(|indicator| definition.indicator(*indicator).reference.as_deref() == Some(id))
    };
    let alike = definition.look_up_indicator(id);
    let found = definition.find_indicator(id).or_else(by_reference);
    if let (None, Lookup::Several(names)) = (found, &alike) {
        let names: Vec<_> = names.iter().map(|name| quote(name)).collect();
        findings.push(Finding::nowhere(
            Code::UnknownIndicator,
            format!("{} can mean {}", quote(id), names.join(" or ")),
            format!("write it exactly as in {}", definition.path),
        ));
        return None;
    }
    let found = found.or_else(|| alike.one());
    let by_words = if found.is_none() { by_words(definition, id) } else { Vec::new() };
    if by_words.len() > 1 {
        findings.push(several(definition, id, &by_words));
        return None;
    }
    let found = found.or_else(|| by_words.first().copied());
    if found.is_none() {
        let guess = did_you_mean(
            id,
            definition
                .indicators
                .iter()
                .flat_map(|indicator| [indicator.id.as_str(), indicator.shown_id()]),
        );
        let ids: Vec<_> =
            definition.indicators.iter().take(20).map(|indicator| indicator.id.as_str()).collect();
        let more = if definition.indicators.len() > ids.len() { ", and more" } else { "" };
        findings.push(Finding::nowhere(
            Code::UnknownIndicator,
            format!("there is no indicator {}", quote(id)),
            format!("{guess}the ids are {}{more}; words of its name will do too", ids.join(", ")),
        ));
    }
    found
}

/// The indicators whose names have every word of a text, or words that begin with them.
fn by_words(definition: &Definition, text: &str) -> Vec<IndicatorId> {
    let wanted = words(text);
    let has_all = |id: &IndicatorId| {
        let name = words(&definition.indicator(*id).name);
        wanted.iter().all(|word| name.iter().any(|known| known.starts_with(word.as_str())))
    };
    if wanted.is_empty() {
        Vec::new()
    } else {
        definition.indicator_ids().filter(has_all).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// That a text can mean several indicators: which.
fn several(definition: &Definition, text: &str, found: &[IndicatorId]) -> Finding {
    let shown = found.iter().take(MOST_LISTED).map(|id| {
        let indicator = definition.indicator(*id);
        format!("{} ({})", indicator.shown_id(), indicator.name)
    });
    let more = found.len().saturating_sub(MOST_LISTED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let shown: Vec<_> = shown.collect();
    Finding::nowhere(
        Code::UnknownIndicator,
        format!("{} indicators have {} in their name", found.len(), quote(text)),
        format!("name one by its id: {}{more}", shown.join(", ")),
    )
}

//! `scorecard explain ID`: the working behind one figure.

use std::process::ExitCode;

use anyhow::Result;

use super::{keep_inputs_safe, refuse, render_pages, tell, text_style, usage, with_project};
use crate::cli::{Format, Options};
use crate::definition::{Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::input::Keep;
use crate::layout::explain;
use crate::output::Output;
use crate::scorecard::Scorecard;
use crate::text::{did_you_mean, quote};

pub(super) fn run(options: &Options, id: &str) -> Result<ExitCode> {
    let format = options.format().unwrap_or_else(|wrong| usage(&wrong));
    if !matches!(format, Format::Text | Format::Markdown) {
        usage(
            "explain writes text or markdown; --format json of the report has the same evidence for every figure",
        );
    }
    if !options.tables.is_empty() {
        usage("--table cannot be used with explain, which has no tables to choose from");
    }
    keep_inputs_safe(options)?;
    with_project(options, Keep::Nothing, |archive, month, mut findings| {
        let indicator = find(archive.definition(), id, &mut findings);
        let scorecard = Scorecard::new(&archive, month, &options.areas, &mut findings);
        let document = indicator.map(|indicator| explain(&scorecard, indicator));
        findings.append(archive.take_findings());
        let Some(document) = document.filter(|_| !findings.has_errors()) else {
            return refuse(&findings);
        };
        let mut output = Output::open(options.output.as_deref())?;
        render_pages(&document, format, text_style(&output), &mut output)?;
        output.finish()?;
        tell(&findings, |finding| finding.severity == Severity::Warning)?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The indicator that goes by `id`, or is shown as it.
fn find(definition: &Definition, id: &str, findings: &mut Findings) -> Option<IndicatorId> {
    let id = id.trim();
    let by_reference = || {
        definition
            .indicator_ids()
            .find(|indicator| definition.indicator(*indicator).reference.as_deref() == Some(id))
    };
    let found = definition.find_indicator(id).or_else(by_reference);
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
            format!("{guess}the ids are {}{more}", ids.join(", ")),
        ));
    }
    found
}

//! `scorecard report`: print or write the dashboard.

use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{keep_inputs_safe, refuse, render_pages, tell, usage, with_project};
use crate::check::{self, Depth};
use crate::cli::{Format, Options};
use crate::diagnostic::Severity;
use crate::input::Keep;
use crate::layout::lay_out;
use crate::output::Output;
use crate::render;
use crate::scorecard::Scorecard;

pub(super) fn run(options: &Options) -> Result<ExitCode> {
    let format = options.format().unwrap_or_else(|wrong| usage(&wrong));
    let tables = options.tables(format).unwrap_or_else(|wrong| usage(&wrong));
    keep_inputs_safe(options)?;
    // Only JSON says what it was made from.
    let keep = if format == Format::Json { Keep::Digests } else { Keep::Nothing };
    with_project(options, keep, |archive, month, mut findings| {
        let scorecard = Scorecard::new(archive, month, &options.areas, &mut findings);
        // A month that cannot be read is known before anything is made of it.
        scorecard.extract();
        // So is a record of it that cannot be trusted.
        archive.record().figures(scorecard.definition, month);
        findings.append(archive.take_findings());
        if findings.has_errors() {
            return refuse(&findings);
        }
        let mut output = Output::open(options.output.as_deref())?;
        let written = match format {
            Format::Tidy if options.marks => render::tidy::write_marked(&scorecard, &mut output),
            Format::Tidy => render::tidy::write(&scorecard, &mut output),
            Format::Json => render::json::write(&scorecard, &mut output),
            Format::Text | Format::Csv | Format::Markdown => render_pages(&lay_out(&scorecard, &tables), format, &mut output),
        };
        written.with_context(|| output.cannot_write())?;
        check::run(&scorecard, Depth::Report, &mut findings);
        // Months that turned out to be needed on the way may have errors too: then the output is dropped unseen.
        findings.append(archive.take_findings());
        findings.change_severities(&scorecard.definition.severities);
        if findings.has_errors() {
            return refuse(&findings);
        }
        output.finish()?;
        tell(&findings, |finding| finding.severity == Severity::Warning)?;
        Ok(ExitCode::SUCCESS)
    })
}

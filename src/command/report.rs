//! `scorecard report`: print or write the dashboard.

use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{keep_inputs_safe, refuse, render_pages, tell, usage, with_project};
use crate::check::{self, Depth};
use crate::cli::{Format, Options};
use crate::diagnostic::{Findings, Severity};
use crate::layout::{add_workings, lay_out};
use crate::output::Output;
use crate::render;
use crate::scorecard::Scorecard;

pub(super) fn run(options: &Options) -> Result<ExitCode> {
    let format = options.format().unwrap_or_else(|wrong| usage(&wrong));
    let tables = options.tables(format).unwrap_or_else(|wrong| usage(&wrong));
    keep_inputs_safe(options)?;
    with_project(options, |archive, month, mut findings| {
        let scorecard = Scorecard::new(archive, month, &options.areas, &mut findings);
        // A month that cannot be read is known before anything is made of it.
        scorecard.extract();
        findings.append(archive.take_findings());
        if findings.has_errors() {
            return refuse(&findings);
        }
        let mut output = Output::open(options.output.as_deref())?;
        let write = |output: &mut Output| match format {
            Format::Tidy => render::tidy::write(&scorecard, output),
            Format::Json => render::json::write(&scorecard, output),
            Format::Text | Format::Csv | Format::Markdown => render_pages(&lay_out(&scorecard, &tables), format, output),
            Format::Html => {
                let mut document = lay_out(&scorecard, &tables);
                add_workings(&scorecard, &mut document);
                render_pages(&document, format, output)
            }
        };
        // The figures are checked while they are written.
        let (written, checked) = std::thread::scope(|scope| {
            let checks = scope.spawn(|| {
                let mut found = Findings::default();
                check::run(&scorecard, Depth::Report, &mut found);
                found
            });
            let written = write(&mut output);
            (written, checks.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        written.with_context(|| output.cannot_write())?;
        // Months that turned out to be needed on the way may have errors too: then the output is dropped unseen, and so is
        // what was found in figures that could not all be read.
        let of_months = archive.take_findings();
        if !of_months.has_errors() {
            findings.append(checked);
        }
        findings.append(of_months);
        findings.change_severities(&scorecard.definition.severities);
        if findings.has_errors() {
            return refuse(&findings);
        }
        output.finish()?;
        tell(&findings, |finding| finding.severity == Severity::Warning)?;
        Ok(ExitCode::SUCCESS)
    })
}

//! `scorecard report`: print or write the dashboard.

use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{
    format, is_readable, keep_inputs_safe, refuse, render_pages, tell, text_style, usage,
    while_checking, with_project,
};
use crate::cli::{Format, Options};
use crate::diagnostic::Severity;
use crate::input::Keep;
use crate::layout::{add_workings, lay_out, pack};
use crate::output::Output;
use crate::render;
use crate::scorecard::Scorecard;

pub(super) fn run(options: &Options) -> Result<ExitCode> {
    let format = format(options);
    let tables = options.tables(format).unwrap_or_else(|wrong| usage(&wrong));
    keep_inputs_safe(options)?;
    // Only JSON says what it was made from.
    let keep = if format == Format::Json { Keep::Digests } else { Keep::Nothing };
    with_project(options, keep, |archive, month, mut findings| {
        let scorecard = Scorecard::new(&archive, month, &options.areas, &mut findings);
        if !is_readable(&scorecard, &mut findings) {
            return refuse(&findings);
        }
        let mut output = Output::open(options.output.as_deref())?;
        let lay_out = || {
            let whole = format.is_document() && options.tables.is_empty();
            let mut document = if whole { pack(&scorecard) } else { lay_out(&scorecard, &tables) };
            if format == Format::Html {
                add_workings(&scorecard, &mut document);
            }
            document
        };
        let written = while_checking(&scorecard, keep, &mut findings, || match format {
            Format::Tidy if options.marks => {
                render::tidy::write_marked(&scorecard, &mut output).map(|()| None)
            }
            Format::Tidy => render::tidy::write(&scorecard, &mut output).map(|()| None),
            Format::Json => render::json::write(&scorecard, &mut output).map(|()| None),
            _ => Ok(Some(lay_out())),
        });
        let mut document = written.with_context(|| output.cannot_write())?;
        if findings.has_errors() {
            return refuse(&findings);
        }
        if let Some(document) = &mut document {
            document.tell(&findings);
            render_pages(document, format, text_style(&output), &mut output)
                .with_context(|| output.cannot_write())?;
        }
        drop(scorecard);
        output.finish_beside(move || {
            tell(&findings, |finding| finding.severity == Severity::Warning)?;
            // A nation's months take a while to be given back.
            drop(archive);
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    })
}

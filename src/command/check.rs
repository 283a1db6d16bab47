//! `scorecard check`: every finding, with place and remedy; the findings are the report.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::edition::Assessors;
use super::inputs::{ReportInputs, ReportRequest, read_definition_about};
use super::outputs::{exit_code, has_colour, print, render_pages, terminal_width, text_style};
use super::safe::keep_inputs_safe;
use crate::check::{self, Depth};
use crate::cli::{AboutOptions, Format, ListingFormat, OutputOptions};
use crate::definition::Definition;
use crate::diagnostic::{Findings, Severity};
use crate::history::{Project, Reach};
use crate::input::Keep;
use crate::layout::{Document, sign_off, to_do};
use crate::output::Output;
use crate::render;
use crate::text;

/// The options of `check`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard check                      the latest month, and those before it
  scorecard check -m 2016-01 --strict  another month; warnings are errors
  scorecard check -o to-do.xlsx        a list to be worked through
  scorecard check --format json        for a pipeline
  scorecard check --edition public     what the public is not shown and why")]
pub struct CheckOptions {
    #[command(flatten)]
    about: AboutOptions,

    /// Fail on warnings too
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    output: OutputOptions<ListingFormat>,
}

pub(super) fn run(options: &CheckOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    let mut findings = Findings::default();
    let project = options.about.project.open(Keep::Nothing);
    let definition = read_definition_about(&project, &options.about, &mut findings);
    let looked = definition
        .as_ref()
        .and_then(|definition| look(options, &project, definition, &mut findings))
        .unwrap_or_default();
    let is_strict = options.strict && !findings.has_errors();
    let warned = is_strict && findings.count(Severity::Warning) > 0;
    let mut output = options.output.file.open()?;
    match format.into() {
        Format::Text => {
            let is_stdout = matches!(output, Output::Stdout(_));
            let colour = is_stdout && has_colour(&std::io::stdout());
            let width = terminal_width(&std::io::stdout()).filter(|_| is_stdout);
            output.write_all(report(&findings, &looked, colour, width).as_bytes())?;
            if let Some(public) = &looked.public {
                render_pages(public, Format::Text, text_style(&output), &mut output)?;
            }
            if warned {
                writeln!(output, "--strict: warnings count as errors")?;
            }
        }
        Format::Json => render::diagnostics::write_json(&findings, &mut output)?,
        format => {
            let sorted = findings.sorted();
            let mut document = to_do(definition.as_ref(), &sorted);
            document.pages.extend(looked.public.into_iter().flat_map(|public| public.pages));
            render_pages(&document, format, text_style(&output), &mut output)
                .with_context(|| output.cannot_write())?;
        }
    }
    print(output, options.output.no_pager)?;
    let fails = findings.has_errors() || warned;
    Ok(if fails { exit_code(&findings) } else { ExitCode::SUCCESS })
}

/// What was looked at.
#[derive(Default)]
struct LookedAt {
    /// The months and the definitions, in words.
    words: String,
    /// The `month.toml` of the month.
    month_file: Option<String>,
    /// The page to sign of a public edition.
    public: Option<Document>,
}

/// The findings as text, how many there are, and how those that are right as they are can be
/// settled.
fn report(findings: &Findings, looked: &LookedAt, colour: bool, width: Option<usize>) -> String {
    let sorted = findings.sorted();
    let mut text = render::diagnostics::findings(&sorted, colour, width);
    text += &render::diagnostics::settled(findings.settled());
    if let (Some(file), false) = (&looked.month_file, findings.has_errors()) {
        text += &render::diagnostics::entries(&sorted, file, width);
    }
    let counts = render::diagnostics::count(findings, &Severity::ALL);
    text + &format!("{counts}{}\n", text::escaped(&looked.words))
}

/// Finds everything, and says what was looked at.
fn look(
    options: &CheckOptions,
    project: &Project,
    definition: &Definition,
    findings: &mut Findings,
) -> Option<LookedAt> {
    let request = ReportRequest::of(&options.about, Reach::Checks);
    let report = ReportInputs::read_with_errors(project, definition, request, findings);
    let ReportInputs { history, month, scope } = report?;
    let assessors = Assessors::of(&history, month, findings);
    check::run(&assessors.whole, &scope, Depth::Check, findings);
    check::settle_all(&history, month, &scope, findings);
    let months = check::looked_at(&history, month).count();
    let words = format!(
        " in {} and {months} {} up to {}",
        definition.path,
        text::plural(months, "month", "months"),
        month.long()
    );
    let month_file =
        history.folder(month).map(|folder| folder.join("month.toml").display().to_string());
    let public = assessors.public.as_ref().map(|public| sign_off(definition, public, month));
    Some(LookedAt { words, month_file, public })
}

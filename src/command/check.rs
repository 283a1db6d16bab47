//! `scorecard check`: every finding, with place and remedy; the findings are the report.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;

use super::{DATA_ERRORS, has_colour, keep_inputs_safe, usage};
use crate::check;
use crate::cli::{Format, Options};
use crate::diagnostic::{Findings, Severity};
use crate::input::Keep;
use crate::output::Output;
use crate::project::Project;
use crate::render;
use crate::scorecard::Scorecard;
use crate::text;

pub(super) fn run(options: &Options, strict: bool) -> Result<ExitCode> {
    let format = options.format().unwrap_or_else(|wrong| usage(&wrong));
    if !matches!(format, Format::Text | Format::Json) {
        usage("check writes text or json");
    }
    if !options.tables.is_empty() {
        usage("--table cannot be used with check, which looks at all of them");
    }
    keep_inputs_safe(options)?;
    let mut findings = Findings::default();
    let looked_at = look(options, &mut findings);
    let mut output = Output::open(options.output.as_deref())?;
    let colour = matches!(output, Output::Stdout(_)) && has_colour(&std::io::stdout());
    if format == Format::Json {
        render::diagnostics::write_json(&findings, &mut output)?;
    } else {
        output.write_all(render::diagnostics::findings(&findings.sorted(), colour).as_bytes())?;
        writeln!(output, "{}{looked_at}", render::diagnostics::count(&findings, &Severity::ALL))?;
    }
    let warned = strict && !findings.has_errors() && findings.count(Severity::Warning) > 0;
    if warned && format == Format::Text {
        writeln!(output, "--strict: warnings count as errors")?;
    }
    output.finish()?;
    let fails = findings.has_errors() || warned;
    Ok(if fails { ExitCode::from(DATA_ERRORS) } else { ExitCode::SUCCESS })
}

/// Finds everything, and says what was looked at.
fn look(options: &Options, findings: &mut Findings) -> String {
    let project = Project::new(options.definitions.clone(), options.data(), Keep::Nothing);
    let Some(definition) = project.definition(findings) else { return String::new() };
    let archive = project.archive(&definition, findings);
    let Some(month) = archive.choose(options.month, findings) else { return String::new() };
    let scorecard = Scorecard::new(&archive, month, &options.areas, findings);
    check::everything(&scorecard, findings);
    let months = check::looked_at(&scorecard).count();
    format!(
        " in {} and {months} {} up to {}",
        definition.path,
        text::plural(months, "month", "months"),
        month.long()
    )
}

//! `scorecard email`: the summary, to be pasted into an e-mail.

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use super::edition::Assessors;
use super::inputs::{ReportInputs, ReportRequest, read_definition_about};
use super::outputs::{print, refuse, tell_warnings};
use super::safe::keep_inputs_safe;
use crate::check;
use crate::cli::{AboutOptions, Format, Mistake, OutputOptions};
use crate::diagnostic::Findings;
use crate::history::Reach;
use crate::input::Keep;
use crate::layout::{TableName, email, email_without_tables};
use crate::render;
use crate::scorecard::{Depth, Scorecard};

/// The options of `email`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard email -o summary.html             to be pasted into Outlook
  scorecard email                             as plain text
  scorecard email -m 2016-01 -a \"North Kent\"  another month and area

It is one page: how many are green, amber and red, what is red and what it would take, what is rated \
worse and better, and what has no figure.")]
pub struct EmailOptions {
    #[command(flatten)]
    about: AboutOptions,

    #[command(flatten)]
    output: OutputOptions<EmailFormat>,
}

/// A format of the e-mail.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum EmailFormat {
    /// Plain text
    #[default]
    Text,
    /// With tables and colours, for Outlook
    Html,
}

impl From<EmailFormat> for Format {
    fn from(format: EmailFormat) -> Self {
        match format {
            EmailFormat::Text => Self::Text,
            EmailFormat::Html => Self::Html,
        }
    }
}

/// The width of a line of plain text, which programs for e-mail break at 76 or so.
const WIDTH: usize = 72;

pub(super) fn run(options: &EmailOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.about.project, &options.output.file)?;
    let project = options.about.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let definition = read_definition_about(&project, &options.about, &mut findings);
    let Some(definition) = definition else { return refuse(&findings) };
    if !definition.has_table(TableName::Summary) {
        let mistake = "an e-mail is the summary, which is not in the public edition: \
            `public_tables` of [disclosure] says which tables are";
        return Err(Mistake(mistake.to_owned()).into());
    }
    let request = ReportRequest::of(&options.about, Reach::Trends);
    let report = ReportInputs::read(&project, &definition, request, &mut findings);
    let Some(ReportInputs { history, month, scope }) = report else { return refuse(&findings) };

    let assessors = Assessors::of(&history, month, &mut findings);
    if findings.has_errors() {
        return refuse(&findings);
    }
    let scorecard = Scorecard::assess(&assessors.shown, scope, Depth::WithParts);
    check::run(&assessors.whole, &scorecard.scope, check::Depth::Report, &mut findings);
    check::settle(&history, month, &mut findings);
    let mut output = options.output.file.open()?;
    match format {
        EmailFormat::Html => render::email::write(&email(&scorecard), &mut output),
        EmailFormat::Text => {
            let style = render::text::Style { width: WIDTH, colour: false };
            render::text::write(&email_without_tables(&scorecard), style, &mut output)
        }
    }
    .with_context(|| output.cannot_write())?;
    print(output, options.output.no_pager)?;
    tell_warnings(&findings);
    Ok(ExitCode::SUCCESS)
}

//! What commands print, write and tell.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};

use super::{DATA_ERRORS, MISTAKE, pager};
use crate::cli::{CommandFormat, Format, ListingFormat, OutputOptions};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::layout::Document;
use crate::output::Output;
use crate::render;
use crate::stderr::{self, say};

/// Says on stderr what stops the report; nothing has been written.
#[expect(clippy::unnecessary_wraps, reason = "it is what a command that it stops returns")]
pub(super) fn refuse(findings: &Findings) -> Result<ExitCode> {
    tell(findings, |finding| finding.severity < Severity::Note);
    let counts = render::diagnostics::count(findings, &[Severity::Error, Severity::Warning]);
    say(&format!("{counts}: nothing was written"));
    Ok(exit_code(findings))
}

/// The exit code of a command that findings have stopped.
pub(super) fn exit_code(findings: &Findings) -> ExitCode {
    ExitCode::from(if findings.has_mistakes() { MISTAKE } else { DATA_ERRORS })
}

/// Tells the warnings on stderr, after what a command has written.
pub(super) fn tell_warnings(findings: &Findings) {
    tell(findings, |finding| finding.severity == Severity::Warning);
}

/// Tells the findings on stderr that `which` picks.
pub(super) fn tell(findings: &Findings, which: impl Fn(&Finding) -> bool) {
    let colour = has_colour(&std::io::stderr());
    let told: Vec<_> = findings.sorted().into_iter().filter(|finding| which(finding)).collect();
    let width = terminal_width(&std::io::stderr());
    stderr::say_styled(&render::diagnostics::findings(&told, colour, width));
}

/// The width of the terminal that a stream is. `None` if it is none.
pub(super) fn terminal_width(stream: &impl IsTerminal) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let of_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    width_of_environment().or_else(of_terminal)
}

fn width_of_environment() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

pub(super) fn has_colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

/// The style of text on its way to `output`.
pub(super) fn text_style(output: &Output) -> render::text::Style {
    // A pager behind a pipe shows the report in the terminal that stderr is still on.
    let from_terminal = || {
        terminal_size::terminal_size_of(std::io::stdout())
            .or_else(|| terminal_size::terminal_size_of(std::io::stderr()))
    };
    let is_stdout = matches!(output, Output::Stdout(_));
    let of_stdout = || from_terminal().filter(|_| is_stdout).map(|(width, _)| usize::from(width.0));
    let width =
        width_of_environment().or_else(of_stdout).unwrap_or(render::text::Style::default().width);
    render::text::Style {
        width: width.clamp(40, 1000),
        colour: is_stdout && has_colour(&std::io::stdout()),
    }
}

/// Renders pages in a format that has pages; `style` is that of text.
pub(super) fn render_pages(
    document: &Document,
    format: Format,
    style: render::text::Style,
    out: &mut impl Write,
) -> io::Result<()> {
    match format {
        Format::Text => render::text::write(document, style, out),
        Format::Csv => render::csv::write(document, out),
        Format::Markdown => render::markdown::write(document, out),
        Format::Html => render::html::write(document, out),
        Format::Xlsx => render::xlsx::write(document, out),
        Format::Ods => render::ods::write(document, out),
        Format::Docx => render::docx::write(document, out),
        #[cfg(feature = "pdf")]
        Format::Pdf => render::pdf::write(document, out),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => unreachable!("a format that was not built has been refused"),
        Format::Tidy | Format::Json => {
            unreachable!("complete formats are written from the scorecard")
        }
    }
}

/// Prints or writes a list, which may be JSON.
pub(super) fn write_listing(
    document: &Document,
    format: ListingFormat,
    options: &OutputOptions<ListingFormat>,
) -> Result<()> {
    print(written_listing(document, format, options)?, options.no_pager)
}

/// A list that is complete and does not show yet.
pub(super) fn written_listing(
    document: &Document,
    format: ListingFormat,
    options: &OutputOptions<ListingFormat>,
) -> Result<Output> {
    let Format::Json = format.into() else { return written_pages(document, format, options) };
    let mut output = options.file.open()?;
    render::listing::write(document, &mut output).with_context(|| output.cannot_write())?;
    Ok(output)
}

/// Prints or writes pages, in a format that has pages.
pub(super) fn write_pages<F: CommandFormat>(
    document: &Document,
    format: F,
    options: &OutputOptions<F>,
) -> Result<()> {
    print(written_pages(document, format, options)?, options.no_pager)
}

/// Pages that are complete and do not show yet.
fn written_pages<F: CommandFormat>(
    document: &Document,
    format: F,
    options: &OutputOptions<F>,
) -> Result<Output> {
    let mut output = options.file.open()?;
    render_pages(document, format.into(), text_style(&output), &mut output)
        .with_context(|| output.cannot_write())?;
    Ok(output)
}

/// Prints what is for the terminal, through a pager where it is longer than the screen and one is
/// wanted; makes a file appear, and says so.
pub(super) fn print(output: Output, no_pager: bool) -> Result<()> {
    match &output {
        Output::Stdout(text)
            if !no_pager && pager::show(text).context("cannot use the pager")? =>
        {
            Ok(())
        }
        _ => finish(output),
    }
}

/// Makes an output appear, and says which file has been written.
pub(super) fn finish(output: Output) -> Result<()> {
    let written = output.name();
    output.finish()?;
    if let Some(written) = written {
        say(&format!("wrote {written}"));
    }
    Ok(())
}

//! Findings as text: the place, an excerpt, what was found, and what to do.
//!
//! Nothing in a name, a path or a line can control the terminal.

use std::collections::HashSet;
use std::fmt::Write;
use std::io;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::json_text::write_pretty;
use crate::check::entry;
use crate::diagnostic::cause::{FindingGroup, groups};
use crate::diagnostic::{Excerpt, Finding, Findings, Place, Settled, Severity, Subject};
use crate::text::{escaped, escaped_line, plural};

/// How many findings of each code are shown in full.
const EXAMPLES: usize = 5;
/// How many more are listed, one line each.
const LISTED: usize = 45;

/// The findings as text, in the given order. The first few of each code have their place, excerpt
/// and remedy, some more only their place, and the rest are counted. Lines are broken to fit `width`
/// if there is one.
#[must_use]
pub fn findings(findings: &[&Finding], colour: bool, width: Option<usize>) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for FindingGroup { cause, findings } in groups(findings) {
        let code = findings[0].code.as_str();
        if let Some(cause) = &cause {
            let cause = escaped_line(cause);
            let _ = writeln!(text, "{} of [{code}] {cause}:\n", findings.len());
        }
        // Those with one cause are all alike.
        let examples = if cause.is_some() { 1 } else { EXAMPLES };
        for finding in findings.iter().take(examples) {
            let printable = fitted(printable(finding), width);
            text.push_str(&renderer.render(&[annotated(&printable)]));
            text.push_str("\n\n");
        }
        let Some(more) = findings.get(examples..).filter(|more| !more.is_empty()) else {
            continue;
        };
        let _ = writeln!(text, "... and {} more of [{code}]:", more.len());
        for finding in more.iter().take(LISTED) {
            let Finding { place, found, .. } = printable(finding);
            let place = place.map_or_else(String::new, |place| format!("{place}: "));
            let _ = writeln!(text, "  {}", within(&format!("{place}{found}"), 4, width, "    "));
        }
        if more.len() > LISTED {
            let _ = writeln!(
                text,
                "  and {} that `scorecard check --format json` lists",
                more.len() - LISTED
            );
        }
        text.push('\n');
    }
    text
}

/// How many entries are printed, ready to be pasted.
const ENTRIES: usize = 20;

/// What settles the warnings, ready to be pasted into the file that the month's is; nothing, where
/// there is nothing to settle. The sentence before it fits `width` if there is one.
#[must_use]
pub fn entries(findings: &[&Finding], file: &str, width: Option<usize>) -> String {
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
    let mut entries: Vec<_> = warnings.filter_map(|finding| entry(finding)).collect();
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(entry.clone()));
    if entries.is_empty() {
        return String::new();
    }
    let file = escaped_line(file);
    let what_for = format!(
        "A warning that has been looked into and is right as it is can be settled for the month, \
         with a reason, in {file}:"
    );
    let mut text = within(&what_for, 0, width, "") + "\n\n";
    for entry in entries.iter().take(ENTRIES) {
        text += &escaped(entry);
        text.push('\n');
    }
    if entries.len() > ENTRIES {
        let more = entries.len() - ENTRIES;
        let _ = writeln!(text, "... and {more} more that `scorecard check --format json` has\n");
    }
    text
}

/// The findings that somebody has looked into, a line each.
#[must_use]
pub fn settled(settled: &[Settled]) -> String {
    let mut text = String::new();
    for Settled { finding, reason, place } in settled {
        let code = finding.code.as_str();
        let found = escaped_line(&finding.found);
        let (place, reason) = (place.to_string(), escaped_line(reason));
        let place = escaped_line(&place);
        let _ = writeln!(text, "settled[{code}]: {found}\n  {place}: {reason}");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Writes all findings as JSON for other programs, with the count of each severity.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write_json(findings: &Findings, out: impl io::Write) -> io::Result<()> {
    let counts = Severity::ALL.map(|severity| findings.count(severity));
    let [errors, warnings, notes] = counts;
    let sorted = findings.sorted();
    let groups = groups(&sorted);
    let found = groups.iter().flat_map(|group| {
        group.findings.iter().map(|finding| ListedFinding::of(finding, group.cause.as_deref()))
    });
    let settled = findings.settled().iter().map(ListedSettled::of).collect();
    let findings = found.collect();
    write_pretty(&FindingsReport { errors, warnings, notes, findings, settled }, out)
}

#[derive(Serialize)]
struct FindingsReport<'f> {
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<ListedFinding<'f>>,
    settled: Vec<ListedSettled<'f>>,
}

#[derive(Serialize)]
struct ListedFinding<'f> {
    code: &'static str,
    severity: &'static str,
    indicator: Option<&'f str>,
    activity: Option<&'f str>,
    area: Option<&'f str>,
    path: Option<&'f str>,
    line: Option<u32>,
    column: Option<u32>,
    cell: Option<&'f str>,
    found: &'f str,
    remedy: &'f str,
    related: Vec<Related<'f>>,
    cause: Option<&'f str>,
    entry: Option<String>,
}

#[derive(Serialize)]
struct ListedSettled<'f> {
    code: &'static str,
    indicator: Option<&'f str>,
    activity: Option<&'f str>,
    area: Option<&'f str>,
    found: &'f str,
    reason: &'f str,
    place: String,
}

impl<'f> ListedSettled<'f> {
    fn of(settled: &'f Settled) -> Self {
        let Settled { finding, reason, place } = settled;
        let Subject { indicator, activity, area } = &finding.subject;
        Self {
            code: finding.code.as_str(),
            indicator: indicator.as_deref(),
            activity: activity.as_deref(),
            area: area.as_deref(),
            found: &finding.found,
            reason,
            place: place.to_string(),
        }
    }
}

#[derive(Serialize)]
struct Related<'f> {
    place: String,
    what: &'f str,
}

impl<'f> ListedFinding<'f> {
    fn of(finding: &'f Finding, cause: Option<&'f str>) -> Self {
        let Subject { indicator, activity, area } = &finding.subject;
        let place = finding.place.as_ref();
        Self {
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            indicator: indicator.as_deref(),
            activity: activity.as_deref(),
            area: area.as_deref(),
            path: place.map(|place| place.path.as_ref()),
            line: place.and_then(|place| place.line),
            column: place.and_then(|place| place.column),
            cell: place.and_then(|place| place.cell.as_deref()),
            found: &finding.found,
            remedy: &finding.remedy,
            related: finding
                .related
                .iter()
                .map(|(place, what)| Related { place: place.to_string(), what })
                .collect(),
            cause,
            entry: entry(finding),
        }
    }
}

/// `2 errors, 1 warning`, for the given severities, or a text that there are none.
#[must_use]
pub fn count(findings: &Findings, severities: &[Severity]) -> String {
    let mut text = String::new();
    for &severity in severities {
        let count = findings.count(severity);
        if count > 0 {
            let comma = if text.is_empty() { "" } else { ", " };
            let word = severity.as_str();
            let words = format!("{word}s");
            // Writing to a string cannot fail.
            let _ = write!(text, "{comma}{count} {}", plural(count, word, &words));
        }
    }
    if text.is_empty() { "no errors, warnings or notes".to_owned() } else { text }
}

/// The finding with unprintable characters replaced with their numbers.
fn printable(finding: &Finding) -> Finding {
    let place = |place: &Place| Place {
        path: escaped_line(&place.path).into(),
        cell: place.cell.as_deref().map(|cell| escaped_line(cell).into_owned()),
        ..*place
    };
    let excerpt = |excerpt: &Excerpt| {
        // Tabs are kept, but other characters get longer, so the span is recalculated.
        let [start, end] = [excerpt.span.start, excerpt.span.end]
            .map(|end| excerpt.text.get(..end).map_or(end, |before| escaped(before).len()));
        Excerpt { text: escaped(&excerpt.text).into_owned(), span: start..end }
    };
    Finding {
        place: finding.place.as_ref().map(place),
        excerpt: finding.excerpt.as_ref().map(excerpt),
        found: escaped(&finding.found).into_owned(),
        remedy: escaped(&finding.remedy).into_owned(),
        related: finding
            .related
            .iter()
            .map(|(at, what)| (place(at), escaped(what).into_owned()))
            .collect(),
        subject: finding.subject.clone(),
        ..*finding
    }
}

/// The finding with lines that fit a width.
fn fitted(mut finding: Finding, width: Option<usize>) -> Finding {
    // What stands in front of it, on further lines as room.
    let title = finding.severity.as_str().len() + finding.code.as_str().len() + "[]: ".len();
    let line = finding.place.as_ref().and_then(|place| place.line).map(|line| line.to_string());
    let note = line.map_or(0, |line| line.len()) + " = help: ".len();
    finding.found = within(&finding.found, title, width, "");
    finding.remedy = within(&finding.remedy, note, width, "");
    for (_, what) in &mut finding.related {
        *what = within(what, note, width, "");
    }
    finding
}

/// The least room that a text has, however narrow the terminal is.
const LEAST_ROOM: usize = 30;

/// A text whose lines fit a width less what stands beside them, and which `indent` begins on further
/// lines. Lines of a list, which are indented, stay as they are, and so does what is in backticks.
fn within(text: &str, beside: usize, width: Option<usize>, indent: &str) -> String {
    let Some(width) = width else { return text.to_owned() };
    let room = width.saturating_sub(beside).max(LEAST_ROOM);
    let mut fitted = String::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            fitted.push('\n');
        }
        if line.starts_with(' ') || line.width() <= room {
            fitted += line;
            continue;
        }
        let mut filled = 0;
        for (index, piece) in pieces(line).iter().enumerate() {
            if index > 0 && filled + 1 + piece.width() > room {
                fitted += &format!("\n{indent}");
                filled = 0;
            } else if index > 0 {
                fitted.push(' ');
                filled += 1;
            }
            fitted += piece;
            filled += piece.width();
        }
    }
    fitted
}

/// The words of a line; what is in backticks is one.
fn pieces(line: &str) -> Vec<String> {
    let (mut pieces, mut is_open) = (Vec::<String>::new(), false);
    for word in line.split(' ') {
        match pieces.last_mut() {
            Some(piece) if is_open => *piece += &format!(" {word}"),
            _ => pieces.push(word.to_owned()),
        }
        is_open ^= word.matches('`').count() % 2 == 1;
    }
    pieces
}

fn annotated(finding: &Finding) -> Group<'_> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(finding.found.as_str()).id(finding.code.as_str());
    let remedy: Element<'_> = Level::HELP.message(finding.remedy.as_str()).into();
    let place: Option<Element<'_>> = finding.place.as_ref().map(|place| {
        let path = place
            .cell
            .as_ref()
            .map_or_else(|| place.path.to_string(), |cell| format!("{}:{cell}", place.path));
        // The address of a cell already contains its row.
        let line = place.line.filter(|_| place.cell.is_none()).map(|line| line as usize);
        match (&finding.excerpt, line) {
            (Some(excerpt), Some(line)) => {
                let mark = AnnotationKind::Primary.span(excerpt.span.clone());
                Snippet::source(excerpt.text.as_str())
                    .line_start(line)
                    .path(path)
                    .annotation(mark)
                    .into()
            }
            (_, Some(line)) => Origin::path(path).line(line).into(),
            (_, None) => Origin::path(path).into(),
        }
    });
    let related = finding
        .related
        .iter()
        .map(|(place, what)| Level::NOTE.message(format!("{what}: {place}")).into());
    let elements: Vec<Element<'_>> = place.into_iter().chain(related).chain([remedy]).collect();
    title.elements(elements)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn lines_fit_the_terminal_and_lists_and_commands_stay_as_they_are() {
        let text = "one two three four `scorecard new 2016-01` five six seven eight nine ten";
        assert_eq!(within(text, 0, None, ""), text);
        assert_eq!(within(text, 0, Some(80), ""), text);
        assert_eq!(
            within(text, 10, Some(40), "> "),
            "one two three four\n> `scorecard new 2016-01` five\n> six seven eight nine ten"
        );
        let list = "the only ones:\n  1  a name that is long and stands in a list of names";
        assert_eq!(within(list, 10, Some(40), ""), list);
        // Two spaces in a name are what is wrong with it.
        let name = "there is no area \"North  Kent\" in the file of areas";
        assert!(
            within(name, 0, Some(40), "").starts_with("there is no area \"North  Kent\" in the")
        );
    }

    #[test]
    fn findings_fit_the_terminal() {
        let long = "a word ".repeat(40);
        let place = Place::line(&"data/2016-01/results.csv".into(), 12_345);
        let finding = Finding::new(Code::PartsDiffer, place, long.clone(), long.clone());
        for width in [80, 160] {
            let text = findings(&[&finding], false, Some(width));
            let widest = text.lines().map(UnicodeWidthStr::width).max();
            assert!(widest.is_some_and(|widest| (width - 10..=width).contains(&widest)), "{text}");
            assert_eq!(text.matches("word").count(), 80, "{text}");
        }
        let unbroken = findings(&[&finding], false, None);
        assert!(unbroken.contains(long.trim_end()), "{unbroken}");
    }
}

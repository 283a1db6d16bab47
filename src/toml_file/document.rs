//! The text of a file in a form that the parser accepts, even if parts of it are not TOML.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use toml::de::{DeTable, Error};

use super::shape::{KeyKind, TableShape};
use super::slip;
use crate::diagnostic::{Code, Findings, Source};

/// The text without what is not TOML in it, where parsing it gave errors.
///
/// Every line that is not TOML becomes a finding. The parser can stop at such a line, so it is
/// blanked and the file is parsed again, until the rest is TOML. In this way everything else that
/// is wrong with the file is reported too.
pub(super) fn blanked(
    source: &Source,
    mut text: String,
    inserted: &[usize],
    mut errors: Vec<Error>,
    findings: &mut Findings,
) -> String {
    let mut lines = BTreeSet::new();
    // Every round but the last blanks at least one more line.
    while !errors.is_empty() {
        let mut is_news = false;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let start = span.start.min(text.len());
            let line_start = text[..start].rfind('\n').map_or(0, |index| index + 1);
            if lines.insert(line_start) {
                is_news = true;
                let in_file = in_file(line_start..line_start, inserted);
                let line = source.text()[in_file.start..].lines().next().unwrap_or_default();
                let (found, remedy) = slip::of(line, error.message());
                let span = self::in_file(span, inserted);
                findings.push(source.finding(Code::Syntax, span, found, remedy));
            }
            blank(&mut text, line_start);
        }
        errors = if is_news && lines.len() < MOST_BLANKED {
            DeTable::parse_recoverable(&text).1
        } else {
            Vec::new()
        };
    }
    text
}

/// The position in the file of a span of the parsed text.
pub(super) fn in_file(span: Range<usize>, inserted: &[usize]) -> Range<usize> {
    let place = |at: usize| at - inserted.partition_point(|inserted| *inserted < at);
    place(span.start)..place(span.end)
}

/// How many bad lines are blanked before the rest is parsed as it is.
const MOST_BLANKED: usize = 200;

/// Replaces the line that starts at `start` with spaces, so that everything after it keeps its
/// position. If the line is a header, the lines below it go too, because they would become part of
/// the table above.
fn blank(text: &mut String, start: usize) {
    let ends = |from: usize| text[from..].find('\n').map_or(text.len(), |index| from + index);
    let mut end = ends(start);
    if text[start..end].trim_start().starts_with('[') {
        while end < text.len() && !text[end + 1..].starts_with('[') {
            end = ends(end + 1);
        }
    }
    let blank: String = text[start..end]
        .chars()
        .map(|letter| if letter == '\n' { "\n".to_owned() } else { " ".repeat(letter.len_utf8()) })
        .collect();
    text.replace_range(start..end, &blank);
}

/// The text with `[[indicator]]` for each `[indicator]` where that is a list of tables, and the
/// positions in it of the inserted brackets. A list is reported once, however many headers of it are
/// wrong: TOML would call all but the first a duplicate, and read none of them.
pub(super) fn with_double_brackets<'s>(
    source: &'s Source,
    shape: &'static TableShape,
    findings: &mut Findings,
) -> (Cow<'s, str>, Vec<usize>) {
    let mut text = String::new();
    let (mut copied, mut inserted) = (0, Vec::new());
    let mut reported: Vec<(&str, Range<usize>, usize)> = Vec::new();
    for header in single_brackets(source.text()) {
        let name = source.text()[header.clone()].trim_matches(['[', ']', ' ']);
        if !is_list(shape, name) {
            continue;
        }
        text.push_str(&source.text()[copied..header.start]);
        inserted.push(text.len());
        text.push('[');
        text.push_str(&source.text()[header.clone()]);
        inserted.push(text.len());
        text.push(']');
        copied = header.end;
        match reported.iter_mut().find(|(reported, ..)| *reported == name) {
            Some((_, _, times)) => *times += 1,
            None => reported.push((name, header, 1)),
        }
    }
    if reported.is_empty() {
        return (Cow::Borrowed(source.text()), inserted);
    }
    text.push_str(&source.text()[copied..]);
    for (list, header, times) in reported {
        let times = if times > 1 { format!(", {times} times") } else { String::new() };
        let found = format!("[{list}] has single brackets here{times}");
        let remedy = format!("write [[{list}]], in double brackets, for each of them");
        findings.push(source.finding(Code::WrongType, header, found, remedy));
    }
    (Cow::Owned(text), inserted)
}

/// Whether a header, such as `cohort.group`, is that of a list of tables.
fn is_list(mut shape: &'static TableShape, header: &str) -> bool {
    let mut is_list = false;
    for name in header.split('.') {
        let Some(kind) = shape.key(name).map(|key| key.kind) else { return false };
        let Some(below) = kind.below() else { return false };
        is_list = matches!(kind, KeyKind::Tables(_));
        shape = below;
    }
    is_list
}

/// The positions of headers in single brackets that are alone on their line, apart from a comment.
fn single_brackets(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut start, mut is_within_text) = (0, false);
    let long_texts = ["\"\"\"", "'''"];
    let has_long_texts =
        long_texts.iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some());
    text.split_inclusive('\n').filter_map(move |line| {
        let (line_start, was_within_text) = (start, is_within_text);
        start += line.len();
        // A line inside a multi-line text is no header.
        if has_long_texts {
            let marks: usize = long_texts.iter().map(|mark| line.matches(mark).count()).sum();
            is_within_text ^= marks % 2 == 1;
        }
        let header = line.trim_start();
        if was_within_text || !header.starts_with('[') || header.starts_with("[[") {
            return None;
        }
        let end = header.find(']')? + 1;
        let rest = header[end..].trim_start();
        let is_alone = rest.is_empty() || rest.starts_with('#');
        let from = line_start + line.len() - header.len();
        is_alone.then(|| from..from + end)
    })
}

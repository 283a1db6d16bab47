//! Findings as text: place, excerpt, what was found, what to do.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Finding, Findings, Severity};
use crate::wording::plural;

/// The findings as text, the most serious first, each with its place, excerpt and remedy.
#[must_use]
pub fn findings<'f>(findings: impl IntoIterator<Item = &'f Finding>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for finding in findings {
        text.push_str(&renderer.render(&[group(finding)]));
        text.push_str("\n\n");
    }
    text
}

/// `2 errors, 1 warning`, of the severities given, or that there is nothing.
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
    if text.is_empty() { "nothing found".to_owned() } else { text }
}

fn group(finding: &Finding) -> Group<'_> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(finding.found.as_str()).id(finding.code.as_str());
    let remedy: Element<'_> = Level::HELP.message(finding.remedy.as_str()).into();
    let place: Option<Element<'_>> = finding.place.as_ref().map(|place| {
        let path: &str = &place.path;
        let line = place.line.map(|line| line as usize);
        match (&finding.excerpt, line) {
            (Some(excerpt), Some(line)) => {
                let mark = AnnotationKind::Primary.span(excerpt.span.clone());
                Snippet::source(excerpt.text.as_str()).line_start(line).path(path).annotation(mark).into()
            }
            (_, Some(line)) => Origin::path(path).line(line).into(),
            (_, None) => Origin::path(path).into(),
        }
    });
    let related = finding.related.iter().map(|(place, what)| Level::NOTE.message(format!("{what}: {place}")).into());
    let elements: Vec<Element<'_>> = place.into_iter().chain(related).chain([remedy]).collect();
    title.elements(elements)
}

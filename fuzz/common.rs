//! A project in a folder, made of whatever the fuzzer thinks of.

use std::path::Path;

use scorecard::check::{self, Depth};
use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::layout::{TableName, lay_out};
use scorecard::months::Archive;
use scorecard::render;
use scorecard::scorecard::Scorecard;

/// Reads the project and makes everything of it that can be made.
pub fn run(project: &Path) {
    let mut findings = Findings::default();
    let Some(definition) = Definition::load(&project.join("indicators.toml"), &mut findings) else { return };
    let archive = Archive::open(&definition, &project.join("data"), &mut findings);
    let Some(month) = archive.choose(None, &mut findings) else { return };
    let scorecard = Scorecard::new(&archive, month, &["all".to_owned()], &mut findings);
    let tables = [TableName::Summary, TableName::Scorecard, TableName::Areas, TableName::Activity, TableName::Impact, TableName::Exceptions];
    let document = lay_out(&scorecard, &tables);
    let mut out = Vec::new();
    let style = render::text::Style { width: 80, colour: false };
    render::text::write(&document, style, &mut out).expect("memory can be written");
    render::markdown::write(&document, &mut out).expect("memory can be written");
    for table in tables {
        render::csv::write(&lay_out(&scorecard, &[table]), &mut out).expect("memory can be written");
    }
    render::tidy::write(&scorecard, &mut out).expect("memory can be written");
    render::json::write(&scorecard, &mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("what is written is text");
    assert!(!text.contains('\u{1b}'), "an escape has reached the terminal");
    check::run(&scorecard, Depth::Check, &mut findings);
    findings.append(archive.take_findings());
    let _ = render::diagnostics::findings(&findings.sorted(), false);
}

/// The files that the fuzzer's bytes stand for: what is between record separators, which no text
/// that people write has.
#[allow(dead_code)]
pub fn files<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut files = bytes.splitn(N, |byte| *byte == 0x1e);
    std::array::from_fn(|_| files.next().unwrap_or_default())
}

//! A project in a folder, made of whatever the fuzzer thinks of.

use std::path::Path;

use scorecard::assess::Assessor;
use scorecard::check;
use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::history::{Plan, Project, Reach};
use scorecard::input::Keep;
use scorecard::layout::{TableName, lay_out};
use scorecard::render;
use scorecard::scope::Scope;
use scorecard::scorecard::{Depth, Scorecard};

/// Reads the project and makes everything of it that can be made.
pub fn run(project: &Path) {
    let mut findings = Findings::default();
    let definitions = project.join("indicators.toml");
    let Some(definition) = Definition::load(&definitions, &mut findings) else { return };
    let project = Project::in_folder(project, Keep::Nothing);
    let calendar = project.calendar(&definition, &mut findings);
    let Some(month) = calendar.choose(None, &mut findings) else { return };
    let scope = Scope::everywhere(&definition, month);
    let plan = Plan::report(&definition, month, &scope, Reach::Checks);
    let history = project.read(&definition, calendar, plan, &mut findings);
    let assessor = Assessor::new(&history, month);
    let scorecard = Scorecard::assess(&assessor, scope.clone(), Depth::WithParts);
    let document = lay_out(&scorecard, TableName::REPORT);
    let mut out = Vec::new();
    let style = render::text::Style { width: 80, colour: false };
    render::text::write(&document, style, &mut out).expect("memory can be written");
    render::markdown::write(&document, &mut out).expect("memory can be written");
    for table in TableName::REPORT {
        render::csv::write(&lay_out(&scorecard, &[*table]), &mut out)
            .expect("memory can be written");
    }
    render::tidy::write(&assessor, &scope, &mut out).expect("memory can be written");
    render::json::write(&assessor, &scope, &mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("what is written is text");
    assert!(!text.contains('\u{1b}'), "an escape has reached the terminal");
    check::run(&assessor, &scope, check::Depth::Check, &mut findings);
    let _ = render::diagnostics::findings(&findings.sorted(), false, None);
}

/// The files that the fuzzer's bytes stand for: what is between record separators, which no text
/// that people write has.
#[allow(dead_code)]
pub fn files<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut files = bytes.splitn(N, |byte| *byte == 0x1e);
    std::array::from_fn(|_| files.next().unwrap_or_default())
}

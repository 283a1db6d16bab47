//! Any text at all as indicators.toml: it is read or refused, and never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorecard::definition::Definition;
use scorecard::diagnostic::{Findings, Source};

fuzz_target!(|text: &str| {
    let mut findings = Findings::default();
    let definition = Definition::parse(&Source::new("indicators.toml".into(), text.to_owned()), &mut findings);
    assert_eq!(definition.is_some(), !findings.has_errors());
    let _ = scorecard::render::diagnostics::findings(&findings.sorted(), false, None);
});

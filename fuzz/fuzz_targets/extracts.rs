//! Any bytes at all as the month's extracts, with sound definitions.
#![no_main]

#[path = "../common.rs"]
mod common;

use std::fs;

use libfuzzer_sys::fuzz_target;

const DEFINITIONS: &str = include_str!("../../template/indicators.toml");

fuzz_target!(|files: (&[u8], &[u8], &[u8])| {
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), DEFINITIONS).expect("written");
    let month = project.path().join("data/2026-10");
    fs::create_dir_all(month.join("commentary")).expect("made");
    fs::write(month.join("results.csv"), files.0).expect("written");
    fs::write(month.join("activity.csv"), files.1).expect("written");
    fs::write(month.join("month.toml"), files.2).expect("written");
    fs::write(month.join("commentary/1.md"), files.2).expect("written");
    common::run(project.path());
});

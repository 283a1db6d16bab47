//! Any bytes at all as the month's extracts, with sound definitions.
#![no_main]

#[path = "../common.rs"]
mod common;

use std::fs;

use libfuzzer_sys::fuzz_target;

const DEFINITIONS: &str = include_str!("../../template/indicators.toml");

fuzz_target!(|bytes: &[u8]| {
    let [results, activity, about, commentary] = common::files(bytes);
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), DEFINITIONS).expect("written");
    for month in ["2026-09", "2026-10"] {
        let month = project.path().join("data").join(month);
        fs::create_dir_all(month.join("commentary")).expect("made");
        fs::write(month.join("results.csv"), results).expect("written");
        fs::write(month.join("activity.csv"), activity).expect("written");
        fs::write(month.join("month.toml"), about).expect("written");
        fs::write(month.join("commentary/1.md"), commentary).expect("written");
    }
    common::run(project.path());
});

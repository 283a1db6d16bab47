//! Any definitions with any extracts: the whole program in one go.
#![no_main]

#[path = "../common.rs"]
mod common;

use std::fs;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [definitions, results, activity] = common::files(bytes);
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), definitions).expect("written");
    for month in ["2015-12", "2016-01"] {
        let month = project.path().join("data").join(month);
        fs::create_dir_all(&month).expect("made");
        fs::write(month.join("results.csv"), results).expect("written");
        fs::write(month.join("activity.csv"), activity).expect("written");
    }
    common::run(project.path());
});

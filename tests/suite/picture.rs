//! The picture in the README is what the program prints.
//!
//! To draw it anew, run with `SNAPSHOTS=overwrite` and look at it.

use std::path::Path;

use snapbox::Data;
use snapbox::cmd::Command;
use snapbox::data::DataFormat;

use crate::common::Snapshots;

#[test]
fn the_picture_in_the_readme_is_what_the_program_prints() {
    let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--month", "2016-01", "--table", "scorecard"])
        .env("COLUMNS", "120")
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .expect("the program runs");
    assert!(run.status.success());
    let printed = String::from_utf8(run.stdout).expect("text");
    // As much as a screen has.
    let screen: Vec<_> = printed.lines().take(45).collect();
    // The renderer counts an ampersand as the letters that SVG writes it with, and would colour the
    // wrong cells.
    let picture = anstyle_svg::Term::new()
        .render_svg(&screen.join("\n").replace('&', "\u{e000}"))
        .replace('\u{e000}', "&amp;");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/scorecard.svg");
    let snapshots = Snapshots::new();
    snapshots.assert.eq(Data::text(picture), Data::read_from(&path, Some(DataFormat::Text)));
    snapshots.finish();
}

//! The record of what was published: that it is whole, that it can be made again, and that it is
//! never taken for what it is not.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::common::{copy_of_sample, files_below, printed, scorecard};
use snapbox::dir::copy_template;

/// A copy of the sample that may be published.
struct Project(tempfile::TempDir);

impl Project {
    fn sample() -> Self {
        Self(copy_of_sample())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = scorecard(self.path());
        command.env("SOURCE_DATE_EPOCH", "1456825800").args(args);
        command.output().expect("the program runs")
    }

    /// What a command that is fine prints.
    fn printed(&self, args: &[&str]) -> String {
        printed(args, self.run(args))
    }

    /// What a command says that is refused because of what is in the project.
    fn refused(&self, args: &[&str]) -> String {
        self.fails(1, args)
    }

    /// What is said of a mistake on the command line.
    fn mistaken(&self, args: &[&str]) -> String {
        self.fails(2, args)
    }

    /// What a command says that ends with this exit code.
    fn fails(&self, code: i32, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(
            run.status.code(),
            Some(code),
            "{args:?}: {}",
            String::from_utf8_lossy(&run.stdout)
        );
        String::from_utf8(run.stderr).expect("text")
    }

    fn publish(&self, month: &str, more: &[&str]) {
        let args = [&["publish", "--month", month, "--meeting", "2016-03-22"], more].concat();
        assert_eq!(self.printed(&args), "", "what it says is on stderr");
    }

    /// Changes a text in a file of the project.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path().join(path);
        let text = fs::read_to_string(&path).expect("it is there");
        assert!(text.contains(from), "{from} is not in {}", path.display());
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    }

    fn rename(&self, from: &str, to: &str) {
        let at = |path: &str| self.path().join("published").join(path);
        fs::rename(at(from), at(to)).expect("renamed");
    }

    /// Makes the seal of a manifest that was changed that of what is in it now.
    fn seal(&self, path: &str) {
        let path = self.path().join(path);
        let text = fs::read_to_string(&path).expect("it is there");
        let seal = format!("seal = \"{}\"", scorecard::record::seal(&text));
        let line =
            |line: &str| if line.starts_with("seal = ") { seal.clone() } else { line.to_owned() };
        let lines: Vec<_> = text.lines().map(line).collect();
        fs::write(path, lines.join("\n") + "\n").expect("written");
    }

    /// Every file below a folder, which need not be there, with what is in it.
    fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let folder = self.path().join(folder);
        if folder.exists() { files_below(&folder) } else { Vec::new() }
    }
}

#[test]
fn what_is_published_is_plain_files_and_can_be_made_again() {
    let project = Project::sample();
    let tidy = project.printed(&["-m", "2016-01", "-a", "all", "-f", "tidy"]);
    project.publish("2016-01", &[]);
    let read = |path: &str| {
        fs::read_to_string(project.path().join("published/2016-01/1").join(path))
            .expect("it is there")
    };
    assert_eq!(read("results.csv"), tidy);
    let json: serde_json::Value = serde_json::from_str(&read("results.json")).expect("JSON");
    assert_eq!(json["areas"].as_array().expect("areas").len(), 6, "every area");
    for path in [
        "indicators.toml",
        "data/2016-01/results.csv",
        "data/2015-03/results.csv",
        "data/2016-01/commentary/9.md",
    ] {
        assert_eq!(
            read(&format!("inputs/{path}")),
            fs::read_to_string(project.path().join(path)).expect("there"),
            "{path}"
        );
    }
    // The manifest lists every other file, and sha256sum would agree.
    let manifest: toml::Table = read("manifest.toml").parse().expect("TOML");
    assert_eq!(manifest["published"].as_str(), Some("2016-03-01T09:50:00Z"));
    assert_eq!(
        (manifest["revision"].as_integer(), manifest["month"].as_str()),
        (Some(1), Some("2016-01"))
    );
    let listed = manifest["file"].as_array().expect("files");
    assert_eq!(listed.len() + 1, project.files("published").len());
    for file in listed {
        let bytes = fs::read(
            project.path().join("published/2016-01/1").join(file["path"].as_str().expect("a path")),
        )
        .expect("there");
        assert_eq!(
            file["sha256"].as_str(),
            Some(scorecard::input::Digest::of(&bytes).to_string().as_str()),
            "{file:?}"
        );
    }
    assert!(project.printed(&["reproduce", "2016-01"]).contains("byte for byte"));
    // The frozen inputs are a project.
    let frozen = project.printed(&[
        "-d",
        "published/2016-01/1/inputs/indicators.toml",
        "-m",
        "2016-01",
        "-a",
        "all",
        "-f",
        "tidy",
    ]);
    assert_eq!(frozen, tidy);
    // The same inputs at the same time are the same files, wherever they are.
    let again = Project::sample();
    again.publish("2016-01", &[]);
    assert_eq!(again.files("published"), project.files("published"));
}

#[test]
fn published_again_is_a_revision_with_a_reason_and_the_first_is_kept() {
    let project = Project::sample();
    project.publish("2016-01", &[]);
    let first = project.files("published");
    assert!(project.mistaken(&["publish", "-m", "2016-01"]).contains("needs a --reason"));
    assert_eq!(project.files("published"), first, "nothing was written");
    project.edit("data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,40,57,");
    project.publish("2016-01", &["--reason", "A visit was recorded late"]);
    let both = project.files("published");
    assert!(first.iter().all(|file| both.contains(file)), "the first is as it was");
    let manifest = fs::read_to_string(project.path().join("published/2016-01/2/manifest.toml"))
        .expect("the second");
    assert!(
        manifest.contains("revision = 2\n")
            && manifest.contains("reason = \"A visit was recorded late\"\n"),
        "{manifest}"
    );
    for revision in ["1", "2"] {
        assert!(
            project
                .printed(&["reproduce", "2016-01", "--revision", revision])
                .contains("byte for byte")
        );
    }
}

#[test]
fn nothing_is_published_while_there_are_errors() {
    let project = Project::sample();
    project.edit("data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,39,57x,");
    assert!(project.refused(&["publish", "-m", "2016-01"]).contains("[not-a-number]"));
    assert!(project.files("published").is_empty());
    let project = Project::sample();
    assert!(project.mistaken(&["publish", "-m", "2016-02"]).contains("[no-month]"));
    assert!(
        project
            .mistaken(&["publish", "-m", "2016-01", "--meeting", "2016-03-23"])
            .contains("month.toml of 2016-01 says 2016-03-22")
    );
    assert!(project.mistaken(&["publish", "-m", "2015-12"]).contains("which meeting"));
    assert_eq!(project.run(&["publish"]).status.code(), Some(2), "a month has to be named");
    assert!(project.files("published").is_empty());
}

#[test]
fn a_damaged_record_is_said_to_be() {
    let published = || {
        let project = Project::sample();
        project.publish("2016-01", &[]);
        project
    };
    let project = published();
    project.edit("published/2016-01/1/results.csv", "amber", "green");
    for args in [&["reproduce", "2016-01"][..], &["check", "-m", "2016-01"]] {
        let run = project.run(args);
        assert_eq!(run.status.code(), Some(1));
        let said = [run.stdout, run.stderr].concat();
        assert!(String::from_utf8_lossy(&said).contains("error[damaged-record]"), "{args:?}");
    }
    let project = published();
    for left_by_a_system in [
        "published/2016-01/.DS_Store",
        "published/2016-01/1/Thumbs.db",
        "published/2016-01/1/inputs/desktop.ini",
    ] {
        fs::write(project.path().join(left_by_a_system), "").expect("written");
    }
    assert_eq!(project.run(&["reproduce", "2016-01"]).status.code(), Some(0));
    fs::write(
        project.path().join("published/2016-01/1/inputs/data/2016-01/results-more.csv"),
        "indicator",
    )
    .expect("written");
    assert!(project.refused(&["reproduce", "2016-01"]).contains("the file is not in the manifest"));
    let project = published();
    fs::remove_file(project.path().join("published/2016-01/1/inputs/indicators.toml"))
        .expect("removed");
    assert!(project.refused(&["reproduce", "2016-01"]).contains("[cannot-read]"));
    assert!(project.mistaken(&["reproduce", "2015-12"]).contains(
        "the only published month is 2016-01; `scorecard publish --month 2015-12` publishes"
    ));
    assert!(
        project
            .refused(&["-o", "published/2016-01/scorecard.txt"])
            .contains("in the record of what was published")
    );
}

/// A month that is not ready is not published by accident; on purpose it is, and everybody who
/// reads of it is told.
#[test]
fn a_month_that_is_not_ready_is_published_only_by_force() {
    let publish = ["publish", "-m", "2016-02", "--meeting", "2016-04-19"];
    let forced = [&publish[..], &["--force"]].concat();
    let project = Project::sample();
    project.printed(&["new", "2016-02"]);
    let said = project.refused(&publish);
    for lacks in ["it has no figures", "400 figures are outstanding", "that it is a draft"] {
        assert!(said.contains(lacks), "{said}");
    }
    // One row is left; then none, but it is a draft.
    let january = fs::read_to_string(project.path().join("data/2016-01/results.csv"));
    let mut january = january.expect("it is there");
    january = january.replacen("9,Kent,all,39,57,", "9,Kent,all,,,", 1);
    fs::write(project.path().join("data/2016-02/results.csv"), &january).expect("written");
    for file in ["activity.csv", "results-uasc.csv"] {
        let from = project.path().join("data/2016-01").join(file);
        if from.exists() {
            fs::copy(from, project.path().join("data/2016-02").join(file)).expect("copied");
        }
    }
    let said = project.refused(&publish);
    assert!(said.contains("published: 1 figure is outstanding; month.toml says"), "{said}");
    project.edit("data/2016-02/results.csv", "9,Kent,all,,,", "9,Kent,all,-,-,");
    let said = project.refused(&publish);
    assert!(said.contains("published: month.toml says that it is a draft. "), "{said}");
    assert!(project.files("published").is_empty());
    let run = project.run(&forced);
    let said = String::from_utf8(run.stderr).expect("text");
    assert!(run.status.success() && said.contains("Forced, and recorded as such"), "{said}");
    let manifest = project.path().join("published/2016-02/1/manifest.toml");
    let manifest = fs::read_to_string(manifest).expect("published");
    assert!(manifest.contains("\nforced = \"month.toml says that it is a draft\"\n"), "{manifest}");
    let page = project.printed(&["-m", "2016-02", "-t", "summary"]);
    assert!(page.contains("Published 1 March 2016 (month.toml says that"), "{page}");
    assert!(project.printed(&["reproduce", "2016-02"]).contains("byte for byte"));
    // What is ready needs no force, and none is recorded.
    project.edit("data/2016-02/month.toml", "status = \"draft\"", "status = \"final\"");
    project.printed(&[&forced[..], &["--reason", "It is final"]].concat());
    let manifest = project.path().join("published/2016-02/2/manifest.toml");
    assert!(!fs::read_to_string(manifest).expect("published").contains("forced"));
}

/// The meeting that a month was published for is on its pages, named in month.toml or not.
#[test]
fn the_meeting_is_on_the_pages() {
    let project = Project::sample();
    project.edit("data/2016-01/month.toml", "meeting = 2016-03-22\n", "");
    project.publish("2016-01", &[]);
    let meeting = |path: &str| {
        let json = fs::read(project.path().join(path)).expect("it is there");
        let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        json["meeting"].as_str().map(str::to_owned)
    };
    assert_eq!(meeting("published/2016-01/1/results.json").as_deref(), Some("2016-03-22"));
    project.printed(&["pack", "-m", "2016-01", "pack"]);
    assert_eq!(meeting("pack/scorecard-2016-01.json").as_deref(), Some("2016-03-22"));
    let page = fs::read_to_string(project.path().join("pack/scorecard-2016-01.html"));
    assert!(page.expect("written").contains("22 March 2016"));
    // Published again it may be for another.
    let again = ["publish", "-m", "2016-01", "--reason", "Corrected"];
    assert!(project.mistaken(&again).contains("which meeting"));
    project.printed(&[&again[..], &["--meeting", "2016-04-19"]].concat());
    assert_eq!(meeting("published/2016-01/2/results.json").as_deref(), Some("2016-04-19"));
    for revision in ["1", "2"] {
        let made = project.printed(&["reproduce", "2016-01", "--revision", revision]);
        assert!(made.contains("byte for byte"), "{made}");
    }
}

/// Whatever files and folders are called, what is published can be read back; what could not be is
/// not published.
#[test]
#[cfg(unix)]
fn what_is_published_can_be_read_back_whatever_it_is_called() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let sample = crate::common::sample();
    let extract = "indicator,area,cohort,numerator,denominator,value\n";
    // Beside the definitions, above them, elsewhere, and odd names.
    for (definitions, data) in [
        ("indicators.toml", "."),
        ("inner/indicators.toml", "."),
        ("./inner/indicators.toml", "."),
        ("inner/../indicators.toml", "inner/../data"),
        (" odd  \u{7f}\t\u{85}\"'\\\u{202e} .toml", " odd  \u{7f}\t\u{85}\"'\\ "),
    ] {
        let project = Project(tempfile::tempdir().expect("a folder"));
        let at = |path: &str| project.path().join(path);
        for folder in ["inner", data] {
            fs::create_dir_all(at(folder)).expect("made");
        }
        copy_template(sample.join("data"), at(data)).expect("copied");
        fs::copy(sample.join("indicators.toml"), at(definitions)).expect("copied");
        for name in ["results  more.csv", "results\u{7f}\n:\u{9b}.csv", "results\\.csv"] {
            fs::write(at(data).join("2015-12").join(name), extract).expect("written");
        }
        let options = ["-d", definitions, "--data", data];
        for (month, meeting) in [("2015-12", "2016-02-22"), ("2016-01", "2016-03-22")] {
            let publish = ["publish", "-m", month, "--meeting", meeting];
            project.printed(&[&publish[..], &options].concat());
            let made = project.printed(&[&["reproduce", month], &options[..]].concat());
            assert!(made.contains("byte for byte"), "{definitions} {data}: {made}");
        }
        project.printed(&[&["check"], &options[..]].concat());
    }
    // Two names that are one in the record, or on another computer, are refused.
    for names in
        [["results-a.csv", "results-A.csv"], ["results-\u{fffd}.csv", "results-\u{fffd}.csv"]]
    {
        let project = Project::sample();
        for (name, byte) in names.into_iter().zip([b'\xff', b'\xfe']) {
            let name = name.as_bytes().to_vec();
            let is_text = !name.contains(&b'\xef');
            let name = if is_text { name } else { [b"results-", &[byte][..], b".csv"].concat() };
            let path = project.path().join("data/2015-12").join(OsStr::from_bytes(&name));
            fs::write(path, extract).expect("written");
        }
        let said = project.refused(&["publish", "-m", "2015-12", "--meeting", "2016-02-22"]);
        assert!(said.contains("2015-12 cannot be published: "), "{said}");
        assert!(project.files("published").is_empty());
    }
}

/// What somebody does to the record by hand.
type Change = fn(&Project);

/// Whatever is done to the record by hand is noticed: by `check`, by `revisions`, and by
/// `reproduce` of what it was done to.
#[test]
fn a_record_that_was_tampered_with_is_said_to_be() {
    const MANIFEST: &str = "published/2016-01/1/manifest.toml";

    let project = Project::sample();
    let publish = ["publish", "-m", "2015-12", "--meeting", "2016-02-22"];
    project.printed(&publish);
    project.printed(&[&publish[..], &["--reason", "Visits were recorded twice"]].concat());
    project.publish("2016-01", &[]);
    for args in [&["check"][..], &["revisions"], &["reproduce", "2015-12"]] {
        project.printed(args);
    }
    let changes: [(&str, Change); 8] = [
        ("[damaged-record]: the manifest is not what was published", |project| {
            project.edit(MANIFEST, "meeting = 2016-03-22", "meeting = 2016-03-29");
        }),
        ("[damaged-record]: the manifest is not what was published", |project| {
            project.edit(MANIFEST, "published = \"2016-03-01", "published = \"2016-02-01");
        }),
        ("[damaged-record]: the manifest is not what was published", |project| {
            project.edit(MANIFEST, "seal = ", "# seal = ");
        }),
        // Sealed again, it is still not what January was compared with.
        (
            "the manifest is not what it was when publication 1 of January 2016 was compared",
            |project| {
                let manifest = "published/2015-12/2/manifest.toml";
                project.edit(manifest, "recorded twice", "recorded late");
                project.seal(manifest);
            },
        ),
        ("[bad-record]: publication 1 of December 2015 is missing", |project| {
            fs::remove_dir_all(project.path().join("published/2015-12/1")).expect("removed");
        }),
        ("publication 2 of December 2015 is missing: publication 1 of January 2016", |project| {
            fs::remove_dir_all(project.path().join("published/2015-12/2")).expect("removed");
        }),
        ("its name is no number", |project| project.rename("2016-01/1", "2016-01/first")),
        ("its name is no month", |project| project.rename("2016-01", "January")),
    ];
    let whole = project.files("published");
    for (said, change) in changes {
        change(&project);
        for args in [&["check"][..], &["revisions"]] {
            let run = project.run(args);
            let told = String::from_utf8([run.stdout, run.stderr].concat()).expect("text");
            assert!(
                run.status.code() == Some(1) && told.contains(said),
                "{args:?}, {said}: {told}"
            );
        }
        fs::remove_dir_all(project.path().join("published")).expect("removed");
        for (path, bytes) in &whole {
            let path = project.path().join("published").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
    }
    // What is sound can be made again, and what is missing beside it is told.
    fs::remove_dir_all(project.path().join("published/2015-12/1")).expect("removed");
    let run = project.run(&["reproduce", "2015-12"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stdout).contains("byte for byte"));
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("publication 1 of December 2015 is missing")
    );
}

/// Every publication after the first is listed with its reason, whether or not a figure differs.
#[test]
fn every_republication_is_listed_with_its_reason() {
    let project = Project::sample();
    project.publish("2016-01", &[]);
    for reason in ["The director's name was wrong", "Commentary on 9 corrected"] {
        project.publish("2016-01", &["--reason", reason]);
        for format in ["text", "csv", "json"] {
            let listed = project.printed(&["revisions", "-f", format]);
            assert!(listed.contains(reason), "{format}: {listed}");
        }
    }
    let listed = project.printed(&["revisions"]);
    assert!(listed.contains("The director's name was wrong"), "{listed}");
    assert!(listed.contains("No figure is different."), "{listed}");
    assert!(
        listed.contains("No figure that has been published would be different today."),
        "{listed}"
    );
}

/// A count of activity that is not what was published is listed with its file, and found; one that
/// may not be shown today is not said.
#[test]
fn counts_of_activity_are_compared_with_what_was_published() {
    let project = Project::sample();
    project.publish("2015-12", &[]);
    project.edit("data/2015-12/activity.csv", "Kent,9376,", "Kent,9300,");
    let listed = project.printed(&["revisions", "-f", "csv"]);
    let row = listed.lines().find(|line| line.contains(",Activity,")).expect("a row");
    for said in [",Kent,", "\"9,376\",\"9,300\",-76,", "data/2015-12/activity.csv"] {
        assert!(row.contains(said), "{said} is not in {row}");
    }
    for args in [&["revisions"][..], &["diff", "published/2015-12", "2015-12"]] {
        let text = project.printed(args);
        assert!(text.contains("1 count of activity is different."), "{text}");
        assert!(!text.contains("No figure"), "{text}");
    }
    let checked = project.run(&["check", "-m", "2016-01"]);
    let told = String::from_utf8([checked.stdout, checked.stderr].concat()).expect("text");
    let said = "a count of activity in December 2015 is not what was published: caseloads of Kent";
    assert!(told.contains(said), "{told}");
    project.edit("data/2015-12/activity.csv", "Kent,9300,", "Kent,[c],");
    for args in [&["revisions"][..], &["diff", "published/2015-12", "2015-12"]] {
        for format in ["text", "csv", "json"] {
            let text = project.printed(&[args, &["-f", format]].concat());
            assert!(text.contains("[c]"), "{format}: {text}");
            assert!(!text.contains("9,376") && !text.contains("9376"), "{format}: {text}");
        }
    }
}

/// What has a rating and then no figure is said by name; and of months that were never published
/// nothing says that they were.
#[test]
fn what_has_no_figure_any_more_is_said() {
    let project = Project::sample();
    let rated = project.printed(&["-m", "2016-01", "-t", "scorecard", "-f", "csv"]);
    let was = row(&rated, "9")["RAG Status"].to_lowercase();
    project.publish("2016-01", &[]);
    project.edit("data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,[c],[c],");
    let text = project.printed(&["diff", "2015-12", "2016-01"]);
    assert!(
        text.contains("1 result may not be shown today, so it is not said how it is different.")
    );
    assert!(!text.contains("published"), "{text}");
    project.edit("data/2016-01/results.csv", "9,Kent,all,[c],[c],", "");
    let text = project.printed(&["diff", "published/2016-01", "2016-01"]);
    assert!(text.contains(&format!("(indicator 9) was {was} and has no figure.")), "{text}");
}

/// A figure that may not be shown today is in no list of what was published of it.
#[test]
fn what_has_been_suppressed_since_is_not_listed() {
    let project = Project::sample();
    project.publish("2015-12", &[]);
    project.publish("2016-01", &[]);
    project.edit("data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,40,57,");
    project.publish("2016-01", &["--reason", "A visit was recorded late"]);
    let args = [
        &["revisions"][..],
        &["diff", "published/2016-01/1", "published/2016-01/2"],
        &["diff", "published/2016-01/1", "2016-01"],
        &["diff", "2016-01", "published/2016-01"],
        &["diff", "published/2015-12", "published/2016-01"],
    ];
    let was = project.printed(args[0]);
    assert!(was.contains("68.4%") && was.contains("70.2%"), "{was}");
    project.edit("data/2016-01/results.csv", "9,Kent,all,40,57,", "9,Kent,all,[c],[c],");
    for args in args {
        for format in ["text", "csv", "json", "html"] {
            let listed = project.printed(&[args, &["-f", format]].concat());
            assert!(listed.contains("[c]"), "{args:?}: {listed}");
            for figure in ["68.4", "70.2", "of 57"] {
                assert!(!listed.contains(figure), "{args:?} {format} says {figure}: {listed}");
            }
        }
    }
    // December's own figure is shown as it always was.
    assert!(project.printed(args[4]).contains("74.5%"));
}

/// Inputs and results that do not belong together, as if this version worked out something else
/// than the one that published.
#[test]
fn what_cannot_be_made_again_is_listed_figure_by_figure() {
    let project = Project::sample();
    project.publish("2016-01", &[]);
    let inputs = "published/2016-01/1/inputs/data/2016-01/results.csv";
    let digest = |project: &Project| {
        scorecard::input::Digest::of(&fs::read(project.path().join(inputs)).expect("there"))
            .to_string()
    };
    let before = digest(&project);
    project.edit(inputs, "9,Kent,all,39,57,", "9,Kent,all,50,57,");
    project.edit("published/2016-01/1/manifest.toml", &before, &digest(&project));
    project.seal("published/2016-01/1/manifest.toml");
    let run = project.run(&["reproduce", "2016-01", "-f", "csv"]);
    assert_eq!(run.status.code(), Some(1));
    let listed = crate::common::read_csv(&run.stdout);
    assert!(
        listed.iter().any(|row| row[0] == "9"
            && row[4] == "Result"
            && row[5..8] == ["68.4%", "87.7%", "+19.3 pp"]),
        "{listed:?}"
    );
    assert!(
        listed.iter().any(|row| row[0] == "9"
            && row[4] == "RAG Status"
            && row[5..8] == ["Red", "Green", "-"]),
        "{listed:?}"
    );
}

/// What version 0.1.0 published: 9 exclusions by May, with arrows from 4 by April and from 44 in the
/// year before, and without the columns and keys that came later. Version 0.2.0 has no such arrows,
/// since a part of a year is not a whole one.
#[test]
fn a_publication_of_an_older_version_is_made_again_by_the_rules_of_today() {
    let indicators = "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[indicator]]\nid = '1'\nsection = 'S'\n\
        name = 'Exclusions'\npolarity = 'L'\nperiod = 'YTD'\nunit = 'number'\n";
    let project = Project(tempfile::tempdir().expect("a folder"));
    fs::write(project.path().join("indicators.toml"), indicators).expect("written");
    for (month, count) in [("2016-03", 44), ("2016-04", 4), ("2016-05", 9)] {
        let folder = project.path().join("data").join(month);
        fs::create_dir_all(&folder).expect("made");
        let rows = format!("indicator,area,cohort,numerator,denominator,value\n1,,,,,{count}\n");
        fs::write(folder.join("results.csv"), rows).expect("written");
    }
    project.publish("2016-05", &[]);
    let folder = "published/2016-05/1";
    let file = |name: &str| project.path().join(folder).join(name);
    let change = |name: &str, change: &dyn Fn(String) -> String| {
        let before = fs::read_to_string(file(name)).expect("it is there");
        let digest = |text: &str| scorecard::input::Digest::of(text.as_bytes()).to_string();
        let after = change(before.clone());
        fs::write(file(name), &after).expect("written");
        if name != "manifest.toml" {
            let manifest = format!("{folder}/manifest.toml");
            project.edit(&manifest, &digest(&before), &digest(&after));
        }
    };
    let version = env!("CARGO_PKG_VERSION");
    change("manifest.toml", &|text| text.replace(version, "0.1.0"));
    change("results.json", &|text| {
        let mut json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        json["program"]["version"] = "0.1.0".into();
        json["indicators"][0].as_object_mut().expect("an object").remove("compare");
        let figure = &mut json["areas"][0]["figures"][0];
        figure["previous"]["direction"] = "worsened".into();
        figure["outturn"]["direction"] = "improved".into();
        json.to_string()
    });
    change("results.csv", &|text| {
        let without_new = |line: &str| line.split(',').take(26).collect::<Vec<_>>().join(",");
        text.lines().map(|line| without_new(line) + "\n").collect()
    });
    let said = project.printed(&["reproduce", "2016-05"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "but for rules that have changed since. What was published stays as it was.",
        "2 differences come from a rule that has changed in version 0.2.0: a count of the year to date",
    ] {
        assert!(said.contains(sentence), "{sentence} is not in\n{said}");
    }

    // Another figure comes from no rule, and is said not to be the same.
    change("results.json", &|text| text.replace("\"result\":9,", "\"result\":8,"));
    let run = project.run(&["reproduce", "2016-05"]);
    let said = String::from_utf8(run.stdout).expect("text");
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("is not what this version makes"), "{said}");
}

/// The row of an indicator of the top area in a table as CSV.
fn row(csv: &str, id: &str) -> std::collections::BTreeMap<String, String> {
    let rows = crate::common::read_csv(csv.as_bytes());
    let row =
        rows.iter().find(|row| row[0] == id).unwrap_or_else(|| panic!("{id} is not in\n{csv}"));
    rows[0].iter().cloned().zip(row.iter().cloned()).collect()
}

/// Last month's activity is what was published, too: December's caseloads are corrected afterwards.
#[test]
fn activity_of_last_month_is_what_was_published() {
    let project = Project::sample();
    let activity = || project.printed(&["-m", "2016-01", "-t", "activity", "-f", "csv"]);
    let kent =
        |csv: &str| csv.lines().find(|line| line.starts_with("Kent,")).expect("a row").to_owned();
    let unpublished = activity();
    project.publish("2015-12", &[]);
    assert_eq!(activity(), unpublished, "nothing has changed yet");
    project.edit("data/2015-12/activity.csv", "Kent,9376,", "Kent,9300,");
    let (before, after) = (kent(&unpublished), kent(&activity()));
    assert_eq!(
        after,
        before.replacen("9,376", "9,376 [r]", 1)
            + "\"Revised: December 2015 was published as 9,376, as shown, and is now 9,300\"",
        "the change is from what was published"
    );
    let page = project.printed(&["-m", "2016-01", "-t", "activity"]);
    assert!(
        page.contains("Revised: December 2015 was published as 9,376, as shown, and is now 9,300"),
        "{page}"
    );
    let json = project.printed(&["-m", "2016-01", "-f", "json"]);
    assert!(json.contains("\"last_month\": 9376"));
    project.edit("indicators.toml", "[scorecard]\n", "[scorecard]\nprevious = \"current\"\n");
    assert!(kent(&activity()).contains("9,300"));
}

/// The result of indicator 9 in December, and its row.
const DECEMBER: (&str, &str) = ("74.5%", "9,Kent,all,,,74.5");

/// December is published, and one of its figures corrected afterwards.
#[test]
fn a_figure_is_corrected_after_it_was_published() {
    let project = Project::sample();
    let january =
        |args: &[&str]| project.printed(&[&["-m", "2016-01", "-t", "scorecard"], args].concat());
    let unpublished = january(&["-f", "csv"]);
    project.publish("2015-12", &[]);
    assert_eq!(january(&["-f", "csv"]), unpublished, "nothing has changed yet");
    assert!(
        project
            .printed(&["revisions"])
            .contains("No figure that has been published would be different today.")
    );

    // What was worse in December is corrected to be better than January.
    let before = row(&unpublished, "9");
    assert_eq!(
        (
            before["Previous Reported Result (Dec 2015)"].as_str(),
            before["DoT from previous"].as_str()
        ),
        (DECEMBER.0, "Worsened")
    );
    project.edit("data/2015-12/results.csv", DECEMBER.1, "9,Kent,all,30,50,");

    // The arrow compares with what was published, the figure is marked, and the footnote says what
    // it was and is.
    let after = row(&january(&["-f", "csv"]), "9");
    assert_eq!(after["Previous Reported Result (Dec 2015)"], format!("{} [r]", DECEMBER.0));
    assert_eq!(after["DoT from previous"], "Worsened");
    for args in [&[][..], &["-f", "markdown"]] {
        let page = january(args);
        assert!(page.contains("Revised: December 2015 was published as"), "{page}");
        assert!(page.contains("as shown, and is now 60.0% (30 of 50)"), "{page}");
    }
    let tidy = project.printed(&["-m", "2016-01", "-f", "tidy"]);
    assert!(
        tidy.starts_with(&format!(
            "{},{}\n",
            scorecard::render::tidy::HEADER.join(","),
            scorecard::render::tidy::TAIL.join(",")
        )),
        "the header is what it was"
    );
    let marked = project.printed(&["-m", "2016-01", "-f", "tidy", "--marks"]);
    assert_eq!(marked.lines().filter(|line| line.ends_with(",,revised,")).count(), 1);
    let warned = project.run(&["-m", "2016-01"]);
    assert!(String::from_utf8_lossy(&warned.stderr).contains("[figures-revised]"));

    // `revisions` lists it, with the file, and December can still be made again.
    let revisions = row(&project.printed(&["revisions", "-f", "csv"]), "9");
    assert_eq!(
        (revisions["What"].as_str(), revisions["Was"].as_str(), revisions["Now"].as_str()),
        ("Result", DECEMBER.0, "60.0%")
    );
    assert_eq!(
        (revisions["File"].as_str(), revisions["To"].as_str()),
        ("data/2015-12/results.csv", "today")
    );
    assert!(project.printed(&["reproduce", "2015-12"]).contains("byte for byte"));

    // Asked for, the comparison is with the data folder.
    project.edit("indicators.toml", "[scorecard]\n", "[scorecard]\nprevious = \"current\"\n");
    let current = row(&january(&["-f", "csv"]), "9");
    assert_eq!(
        (
            current["Previous Reported Result (Dec 2015)"].as_str(),
            current["DoT from previous"].as_str()
        ),
        ("60.0%", "Improved")
    );
    project.edit("indicators.toml", "previous = \"current\"\n", "");

    // The revision is published with its reason: it is what is compared with from then on.
    project.publish("2015-12", &["--reason", "Visits were recorded twice"]);
    let revised = row(&january(&["-f", "csv"]), "9");
    assert_eq!(
        (
            revised["Previous Reported Result (Dec 2015)"].as_str(),
            revised["DoT from previous"].as_str()
        ),
        ("60.0%", "Improved")
    );
    let revisions = row(&project.printed(&["revisions", "-f", "csv"]), "9");
    assert_eq!(
        (revisions["Reason"].as_str(), revisions["File"].as_str()),
        ("Visits were recorded twice", "data/2015-12/results.csv")
    );
    let told = project.printed(&["diff", "published/2015-12/1", "published/2015-12/2"]);
    assert!(told.contains("1 result is different."), "{told}");
    let told = row(&project.printed(&["diff", "published/2015-12/1", "2015-12", "-f", "csv"]), "9");
    assert_eq!((told["Was"].as_str(), told["Now"].as_str()), (DECEMBER.0, "60.0%"));
    for revision in ["1", "2"] {
        assert!(
            project
                .printed(&["reproduce", "2015-12", "--revision", revision])
                .contains("byte for byte")
        );
    }

    // January, published, has frozen what it was compared with.
    project.publish("2016-01", &[]);
    assert!(project.printed(&["reproduce", "2016-01"]).contains("byte for byte"));
    // And without its folder December is still there to compare with.
    fs::remove_dir_all(project.path().join("data/2015-12")).expect("removed");
    assert_eq!(row(&january(&["-f", "csv"]), "9")["Previous Reported Result (Dec 2015)"], "60.0%");
    assert!(project.printed(&["revisions"]).contains("its folder is no longer there"));
}

#[test]
fn what_changed_rating_is_said_in_words_first() {
    let project = Project::sample();
    let text = project.printed(&["diff", "2015-12", "2016-01"]);
    let words = text.find(" went from ").expect("what changed rating");
    assert!(words < text.find("RAG Status").expect("the table"), "{text}");
    // Every format of pages has them.
    for format in ["csv", "markdown", "json", "html"] {
        assert!(
            project.printed(&["diff", "2015-12", "2016-01", "-f", format]).contains("RAG Status"),
            "{format}"
        );
    }
    for file in ["diff.xlsx", "diff.ods", "diff.docx"] {
        project.printed(&["diff", "2015-12", "2016-01", "-o", file]);
        assert!(fs::read(project.path().join(file)).expect("written").starts_with(b"PK"), "{file}");
    }
    // Two projects: one has another target, another name, an indicator less and an area more.
    let other = Project::sample();
    let (own, next) = ("target = 85\nfloor = 76.5\n\n", "[[indicator]]\nid = \"10\"");
    other.edit(
        "indicators.toml",
        &format!("{own}{next}"),
        &format!("target = 60\nfloor = 50\n\n{next}"),
    );
    other.edit("indicators.toml", "% of PF notifications where", "% of notifications where");
    other.edit(
        "indicators.toml",
        "name = \"East Kent\"",
        "name = \"Eastern Kent\"\nwas = [\"East Kent\"]",
    );
    let folder = other.path().to_str().expect("a path");
    let text = project.printed(&["diff", ".", folder, "-a", "all", "-m", "2016-01"]);
    for said in [
        "Area Eastern Kent is new.",
        "Area East Kent is no longer there.",
        "Indicator 8 is defined differently: its name was",
        "New PF arrangements where visits were held within 6 weeks (indicator 9) went from red to green; \
         its target was 85%.",
    ] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
    assert!(text.contains("Red: under 76.5%.") && text.contains("Red: under 50%."), "{text}");
    // Forty of the 44 are named.
    let definitions = other.path().join("indicators.toml");
    let all = fs::read_to_string(&definitions).expect("read");
    fs::write(&definitions, all.replace("section = \"", "section = \"NEW ")).expect("written");
    let text = project.printed(&["diff", ".", folder, "-m", "2016-01"]);
    assert!(text.contains("more definitions are different."), "{text}");
    assert!(project.printed(&["diff", "2016-01", "2016-01"]).contains("No figure is different."));
    assert!(
        project.mistaken(&["diff", "2016-01", "nowhere"]).contains("is not there: compare months")
    );
}

/// Pages say how they stand to the record.
#[test]
fn what_is_not_published_is_a_draft() {
    let project = Project::sample();
    let status = |month: &str, format: &str| {
        let page = project.printed(&["-m", month, "-t", "summary", "-f", format]);
        let (_, status) =
            page.split_once("Status:").unwrap_or_else(|| panic!("a status in\n{page}"));
        let line = status.lines().next().expect("a line").trim_start_matches("** ").trim();
        line.split(['·', '|']).next().expect("a status").trim().to_owned()
    };
    for format in ["text", "markdown"] {
        assert_eq!(
            (status("2016-01", format).as_str(), status("2015-11", format).as_str()),
            ("Draft paper; figures final", "Draft paper"),
            "{format}"
        );
    }
    project.publish("2016-01", &[]);
    assert_eq!(status("2016-01", "text"), "Published 1 March 2016");
    assert!(project.printed(&["explain", "9"]).contains("Status: Published 1 March 2016\n"));
    project.edit("data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,40,57,");
    assert_eq!(status("2016-01", "text"), "Draft paper; not as published 1 March 2016");
    project.publish("2016-01", &["--reason", "A visit was recorded late"]);
    assert!(
        project
            .printed(&["-m", "2016-01", "-t", "summary"])
            .contains("Status: Published 1 March 2016, publication 2\n")
    );
    // Another target makes another rating of the same figure.
    let (own, next) = ("target = 85\nfloor = 76.5\n\n", "[[indicator]]\nid = \"10\"");
    project.edit(
        "indicators.toml",
        &format!("{own}{next}"),
        &format!("target = 60\nfloor = 50\n\n{next}"),
    );
    assert_eq!(status("2016-01", "text"), "Draft paper; not as published 1 March 2016");
}

/// A figure that is provisional or revised is marked in every format, and is a number still where
/// it is one.
#[test]
fn every_format_has_the_marks() {
    let project = crate::common::sample().join("tests/cases/projects/recorded");
    let folder = tempfile::tempdir().expect("a folder");
    let written = |name: &str, more: &[&str]| {
        let file = folder.path().join(name);
        let mut command = scorecard(&project);
        let run = command.args(["-m", "2016-05", "-o"]).arg(&file).args(more).output();
        assert!(run.expect("the program runs").status.success(), "{name}");
        fs::read(file).expect("written")
    };
    for (name, more, shown) in [
        ("report.txt", &[][..], "89.0% [r]"),
        ("report.md", &[], "89.0% \\[r\\]"),
        ("report.csv", &[], "89.0% [r]"),
        ("report.html", &[], "89.0% [r]"),
        ("report.json", &[], "\"mark\": \"revised\""),
        ("tidy.csv", &["-f", "tidy", "--marks"], ",,,revised,"),
    ] {
        let text = String::from_utf8(written(name, more)).expect("text");
        assert!(text.contains(shown), "{shown} is not in {name}");
    }
    let part = |name: &str, part: &str| {
        let mut archive =
            zip::ZipArchive::new(std::io::Cursor::new(written(name, &[]))).expect("an archive");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(part).expect("a part"), &mut text)
            .expect("text");
        text
    };
    assert!(part("report.docx", "word/document.xml").contains("89.0% [r]"));
    let formats = part("report.xlsx", "xl/styles.xml");
    assert!(formats.contains("#,##0.0%&quot; [r]&quot;") && formats.contains(" [p]"), "{formats}");
}

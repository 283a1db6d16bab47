//! The folder of the committee pack: what is in it, that it is the same again, and that it is whole
//! whatever happens.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Instant;

use crate::common::{copy_of_sample, files_below, sample, scorecard};
use scorecard::input::Digest;
use serde_json::Value as Json;

fn pack(target: &Path) -> Output {
    scorecard(&sample())
        .args(["--month", "2016-01", "pack"])
        .arg(target)
        .output()
        .expect("the program runs")
}

/// Every file of a folder, by its path within it.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    files_below(root).into_iter().collect()
}

/// Holds the files of a pack against its manifest; gives the manifest.
fn manifest(files: &BTreeMap<String, Vec<u8>>) -> Json {
    let manifest: Json = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    let listed = manifest["outputs"].as_array().expect("outputs");
    assert_eq!(listed.len(), files.len() - 1, "every file but the manifest");
    for output in listed {
        let path = output["path"].as_str().expect("a path");
        assert_eq!(output["sha256"], Digest::of(&files[path]).to_string(), "{path}");
    }
    manifest
}

#[test]
fn a_pack_has_every_format_and_says_what_it_was_made_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("packs/2016-01");
    let run = pack(&target);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(
        run.stdout.is_empty()
            && String::from_utf8_lossy(&run.stderr).contains("warning[parts-differ]")
    );
    let first = files(&target);
    let names: Vec<_> = first.keys().map(String::as_str).collect();
    let tables = [
        "activity",
        "areas",
        "definitions",
        "exceptions",
        "impact",
        "notes",
        "scorecard",
        "summary",
        "trend",
    ];
    let mut expected: Vec<_> =
        tables.iter().map(|table| format!("csv/{table}-2016-01.csv")).collect();
    expected.push("manifest.json".to_owned());
    expected.extend(
        ["docx", "html", "json", "xlsx"].map(|ending| format!("scorecard-2016-01.{ending}")),
    );
    expected.extend(cfg!(feature = "pdf").then(|| "scorecard-2016-01.pdf".to_owned()));
    expected.push("tidy-2016-01.csv".to_owned());
    expected.sort();
    assert_eq!(names, expected);

    let manifest = manifest(&first);
    assert_eq!(
        (&manifest["month"], &manifest["program"]["version"]),
        (&"2016-01".into(), &env!("CARGO_PKG_VERSION").into())
    );
    for input in manifest["inputs"].as_array().expect("inputs") {
        let path = input["path"].as_str().expect("a path");
        let bytes = fs::read(sample().join(path))
            .unwrap_or_else(|_| panic!("{path} is a file of the project"));
        assert_eq!(input["sha256"], Digest::of(&bytes).to_string(), "{path}");
    }
    assert!(manifest["inputs"].as_array().is_some_and(|inputs| {
        inputs.iter().any(|input| input["path"] == "data/2016-01/results.csv")
    }));

    // The same again is the same, and takes the place of the first.
    assert_eq!(pack(&target).status.code(), Some(0));
    assert!(files(&target) == first, "the same inputs give the same bytes");
    assert_eq!(
        fs::read_dir(target.parent().expect("a folder")).expect("a folder").count(),
        1,
        "nothing else is left behind"
    );
}

/// What other programs get is all the areas that the documents are made up of; the documents are
/// those of a report.
#[test]
fn each_file_is_what_its_format_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("pack");
    assert_eq!(pack(&target).status.code(), Some(0));
    let files = files(&target);
    for ending in ["xlsx", "html", "docx", "ods"] {
        let report = folder.path().join("report").with_extension(ending);
        let run = scorecard(&sample())
            .args(["--month", "2016-01", "--output"])
            .arg(&report)
            .output()
            .expect("the program runs");
        assert_eq!(run.status.code(), Some(0));
        // The pack has one workbook.
        let of_pack = files.get(&format!("scorecard-2016-01.{ending}"));
        assert_eq!(of_pack.is_none(), ending == "ods");
        if let Some(of_pack) = of_pack {
            assert!(fs::read(&report).expect("written") == *of_pack, "{ending}");
        }
        let piped = scorecard(&sample())
            .args(["pack", "--month", "2016-01", "--format", ending])
            .output()
            .expect("the program runs")
            .stdout;
        assert!(fs::read(&report).expect("written") == piped, "{ending} through a pipe");
    }
    let printed =
        |args: &[&str]| scorecard(&sample()).args(args).output().expect("the program runs").stdout;
    assert!(
        printed(&["--month", "2016-01", "--area", "all", "--format", "tidy"])
            == files["tidy-2016-01.csv"],
        "tidy"
    );
    for table in
        ["summary", "areas", "activity", "impact", "exceptions", "trend", "definitions", "notes"]
    {
        let csv = printed(&["--month", "2016-01", "--format", "csv", "--table", table]);
        assert!(csv == files[&format!("csv/{table}-2016-01.csv")], "{table}");
    }
    let areas = String::from_utf8(files["csv/scorecard-2016-01.csv"].clone()).expect("text");
    assert!(
        areas.starts_with("Area,ID,")
            && areas.contains("\nKent,1,")
            && areas.contains("\nEast Kent,19,")
    );
}

#[test]
fn a_killed_program_leaves_the_old_pack_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("pack");
    assert_eq!(pack(&target).status.code(), Some(0));
    let started = Instant::now();
    assert_eq!(pack(&target).status.code(), Some(0));
    let whole_run = started.elapsed();
    // Another area's pack, so that old and new can be told apart.
    let other = |month: &str| {
        let mut command = scorecard(&sample());
        command.args(["--area", "all", "--month", month, "pack"]).arg(&target);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let kills = 5;
    for kill in 0..kills {
        let mut running = other(if kill % 2 == 0 { "2015-12" } else { "2016-01" })
            .spawn()
            .expect("the program starts");
        std::thread::sleep(whole_run * kill * 2 / kills);
        running.kill().ok();
        running.wait().expect("it ends");
        manifest(&files(&target));
    }
}

#[test]
fn errors_leave_everything_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("pack");
    let definitions = sample().join("tests/cases/projects/faulty/indicators.toml");
    let run = scorecard(&sample())
        .args(["--month", "2016-10", "--definitions"])
        .arg(definitions)
        .arg("pack")
        .arg(&target)
        .output()
        .expect("it runs");
    assert_eq!(run.status.code(), Some(1));
    assert!(!target.exists() && fs::read_dir(folder.path()).expect("a folder").next().is_none());
}

/// A page goes to everyone; where the officer keeps the project is not on it.
#[test]
fn no_page_says_where_the_project_is() {
    let folder = sample().canonicalize().expect("it is there");
    let run = scorecard(&sample())
        .args(["--month", "2016-01", "--format", "html"])
        .arg("--definitions")
        .arg(folder.join("indicators.toml"))
        .output();
    let page = String::from_utf8(run.expect("the program runs").stdout).expect("text");
    assert!(page.contains("data/2016-01/results.csv:2"), "a working says where its figure is");
    assert!(!page.contains(folder.to_str().expect("text")));
}

/// Nor does any byte of the pack, whatever the checks found.
#[test]
fn no_byte_of_the_pack_says_where_the_project_is() {
    let project = copy_of_sample();
    let at = |path: &str| project.path().join(path);
    // A month that is much like the one before has a warning of every kind about files.
    fs::create_dir_all(at("data/2016-02/commentary")).expect("made");
    for file in fs::read_dir(at("data/2016-01")).expect("a folder") {
        let path = file.expect("an entry").path();
        if path.is_file() {
            fs::copy(&path, at("data/2016-02").join(path.file_name().expect("a name")))
                .expect("copied");
        }
    }
    fs::write(at("data/2016-02/Copy of results.csv"), "indicator").expect("written");
    fs::write(at("data/2016-02/commentary/9.md.txt"), "Late.").expect("written");
    let target = at("pack");
    let run = scorecard(&sample())
        .args(["pack", "-m", "2016-02", "-d"])
        .args([at("indicators.toml").as_os_str(), "--data".as_ref(), at("data").as_os_str()])
        .arg(&target)
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let place = project.path().to_str().expect("text").as_bytes();
    let says = |bytes: &[u8]| bytes.windows(place.len()).any(|part| part == place);
    for (name, bytes) in files(&target) {
        assert!(!says(&bytes), "{name}");
        if name.ends_with("docx") || name.ends_with("xlsx") {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP file");
            for index in 0..zip.len() {
                let mut part = zip.by_index(index).expect("a part");
                let mut bytes = Vec::new();
                std::io::copy(&mut part, &mut bytes).expect("it is whole");
                assert!(!says(&bytes), "part {index} of {name}");
            }
        }
    }
}

/// What the officer writes by hand is written once, and never lost.
#[test]
fn the_covering_report_has_what_the_officer_says() {
    let project = copy_of_sample();
    let at = |path: &str| project.path().join(path);
    let run = |args: &[&str]| scorecard(project.path()).args(args).output().expect("it runs");
    let text =
        "<!-- Ask the director. -->\n# Since the last meeting\n\nMembers asked **why**\u{9b}31m.\n";
    fs::write(at("data/2016-01/covering.md"), text).expect("written");
    fs::write(at("data/2016-01/commentary/1.md"), "It goes well.").expect("written");
    assert!(run(&["pack", "-m", "2016-01", "pack"]).status.success());
    let document = || {
        let file = fs::File::open(at("pack/scorecard-2016-01.docx")).expect("written");
        let mut zip = zip::ZipArchive::new(file).expect("a ZIP file");
        let part = zip.by_name("word/document.xml").expect("a part");
        std::io::read_to_string(part).expect("text").replace('\u{a0}', " ")
    };
    let [said, counted] =
        ["Since the last meeting", "How Kent performed in January 2016 on 44 indicators"]
            .map(|text| document().find(text).unwrap_or_else(|| panic!("{text} is not in it")));
    assert!(said < counted && !document().contains("Ask the director"));
    assert!(document().contains("&lt;U+009B&gt;31m."));
    // It is of the top area, and on no other's.
    let other = ["-a", "East Kent", "-m", "2016-01", "-o", "other.docx"];
    assert!(run(&other).status.success());
    let mut zip =
        zip::ZipArchive::new(fs::File::open(at("other.docx")).expect("written")).expect("ZIP");
    let xml = std::io::read_to_string(zip.by_name("word/document.xml").expect("a part"));
    assert!(!xml.expect("text").contains("Since the last meeting"));
    // What is said of a green indicator is printed, as what it is.
    let page = String::from_utf8(run(&["-m", "2016-01", "-t", "exceptions"]).stdout).expect("text");
    let others = page.split_once("Commentary on indicators that are not red").expect("a heading").1;
    assert!(others.contains("Green: 21.2% in January 2016.\n\nIt goes well."), "{others}");
    // Both are frozen.
    assert!(run(&["publish", "-m", "2016-01"]).status.success());
    let frozen = fs::read_to_string(at("published/2016-01/1/inputs/data/2016-01/covering.md"));
    assert_eq!(frozen.expect("frozen"), text);
    assert!(at("published/2016-01/1/inputs/data/2016-01/commentary/1.md").exists());
    // A document that was changed by hand is named, with where the words can stand instead.
    fs::write(at("pack/scorecard-2016-01.docx"), "changed").expect("written");
    let refused = run(&["pack", "-m", "2016-01", "pack"]);
    let said = String::from_utf8(refused.stderr).expect("text");
    assert_eq!(refused.status.code(), Some(1));
    assert!(said.contains("scorecard-2016-01.docx in pack has been changed"), "{said}");
    assert!(said.contains("covering.md in the folder of 2016-01"), "{said}");
    fs::write(at("pack/~$orecard-2016-01.docx"), "").expect("written");
    let said = String::from_utf8(run(&["pack", "-m", "2016-01", "pack"]).stderr).expect("text");
    assert!(said.contains("scorecard-2016-01.docx in pack is open in Word"), "{said}");
}

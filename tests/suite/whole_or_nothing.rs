//! An output file is the old one or the new one, whatever happens while it is written.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::generator::{self, Size};

/// How often the program is killed: a few dozen times, or as often as `KILLS` says.
fn kills() -> u32 {
    std::env::var("KILLS").map_or(40, |kills| kills.parse().expect("KILLS is a number"))
}

/// A project that takes a while to write.
fn project() -> tempfile::TempDir {
    project_of(60)
}

fn project_of(areas: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    generator::write(Size { areas, months: 2, ..Size::COUNTY }, folder.path()).expect("written");
    folder
}

fn report(project: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    command
        .current_dir(project)
        .args(["--area", "all", "--format", "tidy", "--output"])
        .arg(output);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The files of a folder that are not on their way to becoming one.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .filter(|path| {
            !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".scorecard-"))
        })
        .collect()
}

#[test]
fn a_killed_program_leaves_the_old_file_or_the_new_one() {
    let project = project();
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("tidy.csv");
    let started = Instant::now();
    assert!(report(project.path(), &output).status().expect("the program runs").success());
    let mut whole_run = started.elapsed();
    let new = std::fs::read(&output).expect("written");
    let old = b"what was published last month".to_vec();

    let (kills, mut kept, mut replaced) = (kills(), 0, 0);
    for kill in 0..kills {
        std::fs::write(&output, &old).expect("written");
        let mut running = report(project.path(), &output).spawn().expect("the program starts");
        // From at once to well after a whole run, evenly.
        let wait = whole_run * kill * 3 / kills;
        std::thread::sleep(wait);
        running.kill().ok();
        running.wait().expect("it ends");
        let found = std::fs::read(&output).expect("there is always a file");
        match () {
            () if found == old => {
                kept += 1;
                // The machine may be slower now than it was then.
                whole_run = whole_run.max(wait);
            }
            () if found == new => replaced += 1,
            () => panic!("after {kill} of {kills}: half a file of {} bytes", found.len()),
        }
        assert_eq!(files(folder.path()), std::slice::from_ref(&output));
    }
    // Killed at every stage: both must have happened, or the moments were not spread as they should
    // be.
    assert!(kept > 0 && replaced > 0, "{kept} kept, {replaced} replaced in runs of {whole_run:?}");
}

fn publish(project: &Path, reason: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
    command.current_dir(project).env("SOURCE_DATE_EPOCH", "1456825800");
    command.args([
        "publish",
        "--month",
        generator::MONTH,
        "--meeting",
        "2016-03-22",
        "--reason",
        reason,
    ]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The publications of the month, as whoever reads the record finds them: folders that are numbers.
fn publications(project: &Path) -> Vec<u32> {
    let folder = project.join("published").join(generator::MONTH);
    let entries = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").file_name());
    let mut numbers: Vec<u32> = entries.filter_map(|name| name.to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn a_killed_publication_is_whole_or_not_there() {
    let project = project_of(6);
    let started = Instant::now();
    assert!(publish(project.path(), "").status().expect("the program runs").success());
    let mut whole_run = started.elapsed();
    // A publication goes to the disk file by file, which takes its time.
    let kills = kills().div_ceil(2);
    let (mut without, mut published) = (0, 1);
    for kill in 0..kills {
        let mut running =
            publish(project.path(), "late cases").spawn().expect("the program starts");
        let wait = whole_run * kill * 3 / kills;
        std::thread::sleep(wait);
        running.kill().ok();
        running.wait().expect("it ends");
        let found = publications(project.path());
        assert!(
            found.iter().copied().eq(1..=u32::try_from(found.len()).expect("few")),
            "no number is missing: {found:?}"
        );
        match found.len() {
            count if count == published => {
                without += 1;
                whole_run = whole_run.max(wait);
            }
            count if count == published + 1 => published = count,
            count => panic!("{count} publications after {published}"),
        }
    }
    assert!(
        without > 0 && published > 1,
        "{without} not there, {published} published in runs of {whole_run:?}"
    );
    // Whatever is there is all there, which is looked at file by file, and can be made again.
    let check = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .current_dir(project.path())
        .arg("check")
        .output()
        .expect("the program runs");
    let found = String::from_utf8_lossy(&check.stdout);
    assert!(check.status.success() && !found.contains("-record]"), "{found}");
    for number in [1, published] {
        let mut reproduce = Command::new(env!("CARGO_BIN_EXE_scorecard"));
        reproduce.current_dir(project.path()).args([
            "reproduce",
            generator::MONTH,
            "--revision",
            &number.to_string(),
        ]);
        let run = reproduce.output().expect("the program runs");
        assert!(run.status.success(), "{number}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

/// A file system that is full, as a limit on the size of a file, which fails in the same call.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_and_says_so() {
    let project = project();
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().join("tidy.csv");
    std::fs::write(&output, "as it was").expect("written");
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" --area all --format tidy --output \"$1\"";
    let run = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_scorecard")])
        .arg(&output)
        .current_dir(project.path())
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(1));
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.contains("cannot write") && told.contains("tidy.csv"), "{told}");
    assert_eq!(std::fs::read_to_string(&output).expect("still there"), "as it was");
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "something was left behind"
    );
}

/// The same inputs give the same bytes, whichever thread was faster.
#[test]
fn identical_inputs_give_identical_bytes() {
    let project = project();
    let folder = tempfile::tempdir().expect("a folder");
    let written = |name: &str| {
        let output = folder.path().join(name);
        assert!(report(project.path(), &output).status().expect("the program runs").success());
        std::fs::read(output).expect("written")
    };
    let first = written("a.csv");
    assert!(first.len() > 10_000);
    for _ in 0..5 {
        assert_eq!(written("b.csv"), first);
    }
}

/// No command writes over what reports are made from, or the record: not those that read no project
/// either, nor through links, names with `..` or another name of the same file, nor beside it.
#[test]
#[cfg(unix)]
fn no_command_writes_over_a_project() {
    use std::os::unix::fs::symlink;

    let folder = project();
    let at = |path: &str| folder.path().join(path);
    let month = generator::MONTH;
    assert!(publish(folder.path(), "").status().expect("the program runs").success());
    symlink(at(&format!("data/{month}/results.csv")), at("link.csv")).expect("a link");
    std::fs::hard_link(at(&format!("data/{month}/results.csv")), at("hard.csv")).expect("a link");
    symlink(at("data").join(month), at("linked")).expect("a link");
    symlink(at("data/none.csv"), at("dangling.csv")).expect("a link");
    symlink(at("published"), at("record")).expect("a link");
    let other = crate::common::copy_of_sample();
    let theirs = |path: &str| other.path().join(path).to_str().expect("text").to_owned();
    let (their_definitions, their_project) = (theirs("indicators.toml"), theirs(""));
    let before = [everything(folder.path()), everything(other.path())];
    let [extract, covering, commentary, published] = [
        format!("data/{month}/results.csv"),
        format!("data/{month}/covering.md"),
        format!("data/x/../{month}/commentary/9.md"),
        format!("published/{month}/1/manifest.toml"),
    ];
    for arguments in [
        &["schema", "-o", "indicators.toml"][..],
        &["schema", "-o", &their_definitions],
        &["completions", "bash", "-o", &extract],
        &["completions", "bash", "-o", "record/x"],
        &["man", "-o", &extract],
        &["man", "linked"],
        &["man", "data/none/deeper"],
        &["init", "data/2030-01"],
        &["init", "published/2030-01"],
        &["-f", "csv", "-o", "link.csv"],
        &["-f", "csv", "-o", "hard.csv"],
        &["-f", "csv", "-o", "dangling.csv"],
        &["-f", "csv", "-o", "linked/new.csv"],
        &["-f", "csv", "-o", &covering],
        &["-f", "csv", "-o", &commentary],
        &["-f", "csv", "-o", &published],
        &["check", "-f", "text", "-o", "record/2016-01.txt"],
        &["new", month, "-f", "csv", "-o", &extract],
        &["pack", "-m", month, "data/none/pack"],
        &["pack", "-m", month, "none/../data/pack"],
        &["pack", "-m", month, "published/2030-01"],
        &["pack", "-m", month, "linked"],
        &["site", "data/none/www"],
        &["site", "none/../data/www"],
        &["site", "published/2030-01"],
        &["site", "record"],
        &["site", "linked"],
        &["diff", &their_project, ".", "-f", "csv", "-o", &their_definitions],
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{arguments:?}: {said}");
        let is_refused = said.contains("is where the report is made from")
            || said.contains("is in the record of what was published");
        assert!(is_refused, "{arguments:?}: {said}");
        assert_eq!([everything(folder.path()), everything(other.path())], before, "{arguments:?}");
    }
    // Beside them anything may be written, and where there is no project everywhere.
    for arguments in [&["schema", "-o", "schema.json"][..], &["man", "pages"], &["init", "fresh"]] {
        let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .expect("the program runs");
        assert!(run.status.success(), "{arguments:?}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .current_dir(empty.path())
        .args(["init", "data"])
        .output()
        .expect("the program runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// A command that fails leaves no file and no folder behind, wherever it fails.
#[test]
#[cfg(unix)]
fn a_command_that_fails_leaves_nothing_behind() {
    let project = project_of(2);
    let at = |path: &str| project.path().join(path);
    let run = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .current_dir(project.path())
            .args(arguments)
            .output()
            .expect("the program runs");
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    let month = generator::MONTH;
    std::fs::create_dir(at("data/2016-09")).expect("made");
    std::fs::write(at("file"), "").expect("written");
    let fails = |arguments: &[&str]| {
        let before = everything_and_folders(project.path());
        let said = run(arguments);
        assert_eq!(everything_and_folders(project.path()), before, "{arguments:?}: {said}");
        said
    };
    // There is nothing in the folder that could be frozen.
    let said = fails(&["publish", "-m", "2016-09", "--meeting", "2016-11-01", "--force"]);
    assert!(said.contains("nothing in the folder of 2016-09"), "{said}");
    fails(&["publish", "-m", month, "--meeting", "2016-03-22", "--edition", "public"]);
    // The list has nowhere to go, so the month is not made either.
    fails(&["new", "2016-08", "-o", "nowhere/list.csv"]);
    fails(&["new", month, "-o", "nowhere/list.csv"]);
    fails(&["init", "file/council"]);
    fails(&["man", "file/man"]);
    fails(&["pack", "file/pack", "-m", month]);
    fails(&["site", "www/site"]);
    for command in [&["-f", "csv"][..], &["extract"], &["schema"], &["check", "-f", "csv"]] {
        fails(&[command, &["-o", "nowhere/x"]].concat());
    }
    // A name that no file can have: it fails when most has been made.
    let long = "x".repeat(300);
    fails(&["init", &format!("a/b/{long}")]);
    fails(&["pack", &format!("a/b/{long}"), "-m", month]);
    assert!(publish(project.path(), "").status().expect("the program runs").success());
    fails(&["site", &format!("a/b/{long}")]);
    // Errors in what is read.
    std::fs::write(at(&format!("data/{month}/results.csv")), "indicator,area,value\n?,,1\n")
        .expect("written");
    fails(&["pack", "a/b/c", "-m", month]);
    fails(&["publish", "-m", month, "--meeting", "2016-03-22", "--reason", "r", "--force"]);
    fails(&["extract", "-m", month, "-o", "x.csv"]);
    fails(&["-o", "x.html"]);
    fails(&["new", "2016-08"]);
}

/// A disk that fills up while several files are written, as a limit on the size of a file.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_no_part_of_a_site_or_a_pack() {
    let project = project_of(2);
    assert!(publish(project.path(), "").status().expect("the program runs").success());
    let before = everything_and_folders(project.path());
    for command in ["site www", "site made/for/www", "pack made/pack -m 2016-01", "man made/man"] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {command}");
        let run = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_scorecard")])
            .current_dir(project.path())
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{command}: {said}");
        assert_eq!(everything_and_folders(project.path()), before, "{command}: {said}");
    }
}

/// Every file and folder of a folder, with what is in the files.
#[cfg(unix)]
fn everything_and_folders(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            found.push((path.clone(), std::fs::read(&path).unwrap_or_default()));
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every file of a folder with what is in it.
#[cfg(unix)]
fn everything(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = scorecard::input::files_within(folder).expect("a folder");
    files
        .into_iter()
        .map(|path| (path.clone(), std::fs::read(folder.join(&path)).unwrap_or_default()))
        .collect()
}

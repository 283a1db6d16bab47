//! Files that nobody means to give the program, and that it meets all the same: each ends soon, in
//! little memory, with a finding. What any bytes at all do is for the fuzz targets in `fuzz/`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const DEFINITIONS: &str = r#"
[scorecard]
title = "T"
area = "Kent"
[[indicator]]
id = "1"
section = "S"
name = "N"
polarity = "H"
period = "SS"
unit = "percent"
target = 90
floor = 80
[[activity]]
id = "referrals"
name = "Referrals"
"#;

const RESULTS: &str = "indicator,area,cohort,numerator,denominator,value\n1,Kent,all,5,10,\n";

/// A project of one month, with these files in place of its own.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("data/2016-01/commentary")).expect("made");
    for (name, text) in [("indicators.toml", DEFINITIONS), ("data/2016-01/results.csv", RESULTS)]
        .iter()
        .chain(files)
    {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// Runs the program in a project. It needs seconds, and has minutes: the machine may be busy.
fn run(project: &Path, arguments: &[&str]) -> Output {
    wait(Command::new(env!("CARGO_BIN_EXE_scorecard")).args(arguments).current_dir(project))
}

fn wait(command: &mut Command) -> Output {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // What it prints fits the pipes, or somebody has to read them while it runs.
    let out = child.stdout.take().map(|pipe| std::thread::spawn(|| read(pipe)));
    let err = child.stderr.take().map(|pipe| std::thread::spawn(|| read(pipe)));
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("waited") {
            break status;
        }
        if started.elapsed() > Duration::from_mins(10) {
            child.kill().expect("killed");
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let joined = |pipe: Option<std::thread::JoinHandle<Vec<u8>>>| {
        pipe.and_then(|pipe| pipe.join().ok()).unwrap_or_default()
    };
    Output { status, stdout: joined(out), stderr: joined(err) }
}

fn read(mut pipe: impl std::io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).expect("read");
    bytes
}

/// What `check` prints, which ends with 1.
fn refused(project: &Path) -> String {
    let output = run(project, &["check"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(1), "{text}");
    text
}

fn assert_finds(project: &Path, codes: &[&str]) {
    let text = refused(project);
    for code in codes {
        assert!(text.contains(code), "{code} in\n{text}");
    }
}

/// A file of each kind that a project has.
const ONE_OF_EACH: [&str; 5] = [
    "indicators.toml",
    "data/2016-01/results.csv",
    "data/2016-01/activity.xlsx",
    "data/2016-01/month.toml",
    "data/2016-01/commentary/1.md",
];

/// A thousand million bytes, and next to no memory to read them in.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_too_large_takes_no_room() {
    for file in ONE_OF_EACH {
        let project = project(&[]);
        File::create(project.path().join(file))
            .and_then(|file| file.set_len(1 << 30))
            .expect("made");
        // What a program may have of addresses is not what it takes, so half of what the file has
        // is little.
        let script = "ulimit -v 524288; exec \"$0\" check";
        let output = wait(
            Command::new("sh")
                .args(["-c", script, env!("CARGO_BIN_EXE_scorecard")])
                .current_dir(project.path()),
        );
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.code() == Some(1) && text.contains("[too-large]"), "{file}: {text}");
    }
}

/// What has no end is not read to it.
#[test]
#[cfg(unix)]
fn what_is_not_a_file_is_not_waited_for() {
    for file in ONE_OF_EACH {
        let path = |project: &TempDir| {
            let path = project.path().join(file);
            let _ = fs::remove_file(&path);
            path
        };
        for device in ["/dev/zero", "/dev/full", "/dev/stdin"] {
            let project = project(&[]);
            std::os::unix::fs::symlink(device, path(&project)).expect("linked");
            assert_finds(project.path(), &["[cannot-read]", "it is not a file"]);
        }
        let project = project(&[]);
        assert!(
            Command::new("mkfifo").arg(path(&project)).status().expect("mkfifo runs").success()
        );
        assert_finds(project.path(), &["[cannot-read]", "it is not a file"]);
        let folder = self::project(&[]);
        fs::create_dir(path(&folder)).expect("made");
        assert_finds(folder.path(), &["[cannot-read]", "it is a folder"]);
    }
}

#[test]
#[cfg(unix)]
fn links_that_lead_nowhere_or_round_in_circles_are_told() {
    use std::os::unix::fs::symlink;
    for file in [
        "indicators.toml",
        "data/2016-01/results.csv",
        "data/2016-01/month.toml",
        "data/2016-01/commentary/1.md",
    ] {
        for (target, found) in
            [("nowhere", "there is no such file"), ("round", "it cannot be read: ")]
        {
            let project = project(&[]);
            let path = project.path().join(file);
            let _ = fs::remove_file(&path);
            symlink("round", path.with_file_name("round")).expect("linked");
            symlink(target, &path).expect("linked");
            assert_finds(project.path(), &["[cannot-read]", found]);
        }
    }
    // A month that nobody can look into.
    let circle = project(&[]);
    symlink("2015-12", circle.path().join("data/2015-12")).expect("linked");
    assert_finds(circle.path(), &["[cannot-read]", "the folder: it cannot be read: "]);
    // A folder of commentary that is within itself, a month that is a file, and one that leads back
    // to all the months.
    let project = project(&[]);
    let data = project.path().join("data");
    symlink(".", data.join("2016-01/commentary/Kent")).expect("linked");
    fs::write(data.join("2015-12"), "").expect("written");
    symlink("..", data.join("2015-11")).expect("linked");
    let output = run(project.path(), &["check"]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(
        output.status.success()
            && text.contains("[commentary-unknown]")
            && text.contains("[unread-file]"),
        "{text}"
    );
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    for name in ["indicators.toml", "data", "data/2016-01", "data/2016-01/results.csv"] {
        let project = project(&[]);
        let path = project.path().join(name);
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
        set(0o000);
        // Whoever may read everything cannot try this.
        let may_read = File::open(&path).is_ok();
        if !may_read {
            assert_finds(project.path(), &["[cannot-read]", "it may not be read"]);
        }
        set(0o755);
    }
}

#[test]
fn a_tree_may_be_deep_and_lead_back_to_itself() {
    let mut areas = "[[area]]\nname = \"Kent\"\n".to_owned();
    let mut above = "Kent".to_owned();
    for depth in 0..3000 {
        write!(areas, "[[area]]\nname = \"A{depth}\"\nparent = \"{above}\"\n").expect("text grows");
        above = format!("A{depth}");
    }
    let rolled_up = DEFINITIONS.replace("unit = ", "rollup = \"sum\"\nunit = ");
    let results =
        format!("indicator,area,cohort,numerator,denominator,value\n1,{above},all,5,10,\n");
    let project = project(&[
        ("indicators.toml", &format!("{rolled_up}{areas}")),
        ("data/2016-01/results.csv", &results),
    ]);
    let output = run(project.path(), &["--format", "tidy"]);
    let tidy = String::from_utf8(output.stdout).expect("text");
    assert!(tidy.lines().nth(1).is_some_and(|row| row.contains("5,10,50,50.0%")), "{tidy}");
    let cyclic =
        areas.replacen("name = \"Kent\"\n", &format!("name = \"Kent\"\nparent = \"{above}\"\n"), 1);
    fs::write(project.path().join("indicators.toml"), format!("{DEFINITIONS}{cyclic}"))
        .expect("written");
    assert_finds(project.path(), &["[area-tree]"]);
}

#[test]
fn ten_thousand_indicators_are_read() {
    let (mut definitions, mut results) = (DEFINITIONS.to_owned(), RESULTS.to_owned());
    for id in 2..=10_000 {
        write!(
            definitions,
            "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"Indicator {id}\"\npolarity = \"L\"\nperiod = \"SS\"\nunit = \"percent\"\n"
        )
        .expect("text grows");
        writeln!(results, "{id},,,{},20000,", id % 7).expect("text grows");
    }
    let sound =
        project(&[("indicators.toml", &definitions), ("data/2016-01/results.csv", &results)]);
    let output = run(sound.path(), &["--format", "tidy"]);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).expect("text").lines().count(), 10_001);
    // Every one of them by a name that is none: there is an end to guessing what is meant.
    let wrong = project(&[
        ("indicators.toml", &definitions),
        ("data/2016-01/results.csv", &results.replace(",,,", "x,,,")),
    ]);
    assert_finds(wrong.path(), &["[unknown-indicator]", "[gave-up]"]);
}

#[test]
fn numbers_may_have_any_number_of_digits() {
    let digits = "7".repeat(300);
    for number in [
        digits.clone(),
        format!("0.{digits}"),
        format!("-{digits}"),
        format!("{digits}%"),
        format!("1e{digits}"),
        format!("{digits},{digits}"),
    ] {
        let results =
            format!("{RESULTS}1,Kent,excluding-x,\"{number}\",10,\n1,Kent,,,,\"{number}\"\n");
        assert_finds(project(&[("data/2016-01/results.csv", &results)]).path(), &["error["]);
        let target = DEFINITIONS.replace("target = 90", &format!("target = {number}"));
        assert_finds(project(&[("indicators.toml", &target)]).path(), &["error["]);
        let per = DEFINITIONS
            .replace("target = 90", &format!("per = {number}\ndecimals = {number}\ntarget = 90"));
        assert_finds(project(&[("indicators.toml", &per)]).path(), &["error["]);
    }
    // Zeros in front count for nothing.
    let results = RESULTS.replace("5,10", &format!("{}5,10", "0".repeat(300)));
    assert!(
        run(project(&[("data/2016-01/results.csv", &results)]).path(), &["check"]).status.success()
    );
}

/// A name that is no text, as other systems may leave it, still begins like an extract's.
#[test]
#[cfg(target_os = "linux")]
fn a_file_name_that_is_not_text_hides_nothing() {
    use std::os::unix::ffi::OsStrExt;
    let project = project(&[]);
    let name = std::ffi::OsStr::from_bytes(b"results-Fran\xe7ois.csv");
    fs::write(project.path().join("data/2016-01").join(name), RESULTS.replace("5,10", "6,10"))
        .expect("written");
    assert_finds(project.path(), &["[duplicate-figure]"]);
}

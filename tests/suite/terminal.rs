//! Output to a terminal: nothing in a name, a path, a line or an argument can control the terminal,
//! and a command that has done its work succeeds even if nobody can read its messages.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use scorecard::text::is_unprintable;
use tempfile::TempDir;

use crate::common::{copy_of_sample, sample};

/// Texts that clear a terminal, set its title or change its colour, with an escape or an 8-bit
/// control character; texts that change the direction of text; and code points that are not
/// characters.
const HOSTILE: [&str; 8] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}1.59\u{202c}",
    "\u{2067}9\u{2069}\u{200f}",
    "\u{85}\u{7f}\u{8}",
    "\u{feff}\u{2028}",
    "\u{fffe}\u{1ffff}",
];

/// A text as TOML escapes.
fn toml(text: &str) -> String {
    text.chars().fold(String::new(), |mut toml, letter| {
        let _ = write!(toml, "\\U{:08X}", u32::from(letter));
        toml
    })
}

/// Which part of a project is wrong.
#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Nothing,
    Definitions,
    Extract,
}

/// A project with `hostile` in every place where a text is allowed. In names, its control
/// characters are left out, because valid definitions have none.
fn project(hostile: &str, wrong: Wrong) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    };
    let name: String = hostile.chars().filter(|letter| !letter.is_control()).collect();
    let refused = if wrong == Wrong::Definitions { "\u{1b}c" } else { "" };
    let defined = toml(&format!("{name}{refused}"));
    write(
        "indicators.toml",
        &format!(
            "[scorecard]\ntitle = \"T{defined}\"\norganisation = \"O{defined}\"\n\
             area = \"A{defined}\"\n\
             [[area]]\nname = \"A{defined}\"\n\
             [[area]]\nname = \"B{defined}\"\nparent = \"A{defined}\"\n\
             [[cohort]]\nid = \"c\"\nname = \"C{defined}\"\n\
             [[indicator]]\nid = \"1\"\nsection = \"S{defined}\"\nname = \"N{defined}\"\n\
             note = \"F{defined}\"\npolarity = \"H\"\nperiod = \"SS\"\nunit = \"percent\"\n\
             target = 90\nfloor = 80\nsource = \"W{defined}\"\n\
             [[activity]]\nid = \"referrals\"\nname = \"R{defined}\"\n"
        ),
    );
    for (month, extra) in [("2015-12", ""), ("2016-01", "mistake")] {
        let mut results = format!(
            "indicator,area,cohort,numerator,denominator,value,{hostile}x\n1,A{name},all,5,10,,\n"
        );
        if wrong == Wrong::Extract && !extra.is_empty() {
            let _ = writeln!(
                results,
                "{hostile}1,B{hostile},{hostile},5{hostile}x,10,{hostile},{hostile}"
            );
        }
        write(&format!("data/{month}/results.csv"), &results);
        write(
            &format!("data/{month}/activity.csv"),
            &format!("area,referrals\nA{name},12\nB{name},12\n"),
        );
    }
    write("data/2016-01/commentary/1.md", &format!("Why{hostile} and **how{hostile}**.\n"));
    write("data/2016-01/commentary/2.md", "Of no indicator.\n");
    if cfg!(unix) {
        write(&format!("data/2016-01/Copy of results{hostile}.csv"), "indicator\n");
        write(&format!("data/2016-01/commentary/{hostile}\n/1.md"), "x\n");
        write(&format!("data/January{hostile} 2016/results.csv"), "indicator\n");
    }
    folder
}

fn run(project: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scorecard"))
        .args(arguments)
        .current_dir(project)
        .env("SOURCE_DATE_EPOCH", "1456825800")
        .stdin(Stdio::null())
        .output()
        .expect("it runs")
}

/// The output of a command, after checking that nothing in it can control a terminal.
fn printed(project: &Path, arguments: &[&str]) -> String {
    let output = run(project, arguments);
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("text");
    let acts = text.char_indices().find(|(_, letter)| *letter != '\n' && is_unprintable(*letter));
    assert!(acts.is_none(), "{arguments:?}: {acts:?} in {text:?}");
    assert!(!text.contains("a mistake of its own") && output.status.code().is_some(), "{text}");
    text
}

#[test]
fn nothing_in_a_file_or_its_name_acts_on_a_terminal() {
    for hostile in HOSTILE {
        let sound = project(hostile, Wrong::Nothing);
        let mut shown = 0;
        for format in ["text", "csv", "markdown", "html", "tidy", "json"] {
            let text = printed(sound.path(), &["-m", "2016-01", "-a", "all", "-f", format]);
            shown += usize::from(text.contains("50.0%"));
        }
        assert_eq!(shown, 6, "{hostile:?} {}", printed(sound.path(), &["-m", "2016-01"]));
        for table in ["summary", "areas", "activity", "exceptions", "trend", "definitions", "notes"]
        {
            printed(sound.path(), &["-m", "2016-01", "-t", table]);
        }
        for arguments in [
            &["check"][..],
            &["check", "-f", "json"],
            &["explain", "1"],
            &["explain", "1", "-f", "json"],
            &["explain", "9"],
            &["diff", "2015-12", "2016-01"],
            &["diff", "2015-12", "2016-01", "-f", "json"],
            &["new", "2016-02"],
            &["new", "2016-02", "-f", "json"],
            &["pack", "-m", "2016-01", "pack"],
            &["publish", "-m", "2015-12", "--meeting", "2016-02-22"],
            &["revisions"],
            &["revisions", "-f", "json"],
            &["reproduce", "2015-12"],
            &["site", "www"],
        ] {
            printed(sound.path(), arguments);
        }
        #[cfg(unix)]
        {
            let file = format!("x{hostile}.csv");
            let rows = format!("indicator,area{hostile},value\n1,x{hostile},5\n{hostile},x,6\n");
            fs::write(sound.path().join(&file), rows).expect("written");
            let described = printed(sound.path(), &["source", &file]);
            assert!(described.contains("[[source]]"), "{described}");
        }
        for wrong in [Wrong::Definitions, Wrong::Extract] {
            let mistaken = project(hostile, wrong);
            let found = printed(mistaken.path(), &["check"]);
            assert!(found.contains("error["), "{hostile:?}: {found}");
            let first = u32::from(hostile.chars().next().expect("a letter"));
            let number = format!("<U+{first:04X}>");
            assert!(wrong == Wrong::Definitions || found.contains(&number), "{number}: {found}");
            for arguments in [&["check", "-f", "json"][..], &["-f", "csv"], &["explain", "1"]] {
                printed(mistaken.path(), arguments);
            }
        }
    }
}

#[test]
fn nothing_in_an_argument_acts_on_a_terminal() {
    for hostile in HOSTILE {
        let project = project(hostile, Wrong::Nothing);
        let [option, word, value, file, folder] = [
            format!("--{hostile}"),
            format!("x{hostile}"),
            format!("--month={hostile}"),
            format!("{hostile}.csv"),
            format!("{hostile}/{hostile}"),
        ];
        for arguments in [
            &[option.as_str()][..],
            &["check", &option],
            &[&word],
            &["help", &word],
            &[&value],
            &["publish", &value],
            &["reproduce", &word],
            &["-f", &word],
            &["-t", &word],
            &["-a", &word],
            &["explain", &word],
            &["diff", &word, &word],
            &["diff", "2016-01", &folder],
            &["-d", &word],
            &["--data", &word],
            &["-o", &folder],
            &["-o", &format!("data/{file}")],
            &["-o", &format!("x.{hostile}")],
            &["init", &word],
            &["init", &word],
            &["pack", "-m", "2016-01", &file],
            &["pack", "-m", "2016-01", &word],
            &["site", &word],
            &["publish", "-m", "2015-12", "--meeting", "2016-02-22", "--reason", &word],
            &["publish", "-m", "2015-12", "--meeting", "2016-02-22", "--reason", &word],
        ] {
            printed(project.path(), arguments);
        }
        // An unprintable reason is refused, because it could not be read back from the record.
        assert!(!project.path().join("published").exists(), "{hostile:?} was published");
        // A definitions file with such a name is read without errors.
        #[cfg(unix)]
        {
            let definitions = format!("x{hostile}.toml");
            fs::rename(project.path().join("indicators.toml"), project.path().join(&definitions))
                .expect("renamed");
            for arguments in
                [&["check", "-d", &definitions][..], &["-d", &definitions, "explain", "1"]]
            {
                let text = printed(project.path(), arguments);
                assert!(!text.contains("error"), "{text}");
            }
        }
        // The name that the program is called by is an argument too.
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            let output = Command::new(env!("CARGO_BIN_EXE_scorecard"))
                .arg0(&word)
                .arg("--help")
                .output()
                .expect("it runs");
            let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("text");
            assert!(!text.contains(|letter| letter != '\n' && is_unprintable(letter)), "{text:?}");
        }
    }
}

/// Only two places write to stderr and stdout, so that the tests above cover all output.
#[test]
fn nothing_else_writes_to_a_terminal() {
    let mut folders = vec![sample().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("text");
            let writes = ["anstream::stderr", "anstream::stdout", "stdout().lock", "stderr().lock"];
            if writes.iter().any(|stream| text.contains(stream)) {
                found.push(path.file_name().expect("a name").to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    assert_eq!(found, ["output.rs", "stderr.rs"]);
}

// Commands whose messages cannot be read.

/// Commands that print a message on stderr after their work, and a file that each creates.
const DONE: [(&str, &str); 6] = [
    ("-m 2016-01 -f csv -o report.csv", "report.csv"),
    ("-m 2016-01 -f docx -o report.docx", "report.docx"),
    ("pack -m 2016-01 pack", "pack/scorecard-2016-01.docx"),
    ("new 2016-02", "data/2016-02/results.csv"),
    ("init fresh", "fresh/indicators.toml"),
    ("publish -m 2016-01 --meeting 2016-03-22", "published/2016-01/1/manifest.toml"),
];

#[test]
#[cfg(target_os = "linux")]
fn a_command_that_has_done_its_work_succeeds_without_a_reader() {
    // A stderr that is full, one that is closed, and one whose reader has gone.
    for stderr in ["2>/dev/full", "2>&-", "2> >(exec true)", ">&- 2>&-"] {
        let project = copy_of_sample();
        for (command, made) in DONE {
            let script = format!("sleep 0.01; exec \"$0\" {command} {stderr}");
            let status = Command::new("bash")
                .args(["-c", &script, env!("CARGO_BIN_EXE_scorecard")])
                .current_dir(project.path())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .status()
                .expect("it runs");
            let is_there = fs::metadata(project.path().join(made)).is_ok_and(|file| file.len() > 0);
            assert!(status.success() && is_there, "{command} {stderr}: {status}, {is_there}");
        }
        // A command that fails still fails.
        let script = format!("exec \"$0\" explain 999 {stderr}");
        let status = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_scorecard")])
            .current_dir(project.path())
            .status()
            .expect("it runs");
        assert_eq!(status.code(), Some(2), "{stderr}");
    }
}

/// Simulates a system that cannot start threads, by asking for more stack than there is memory.
#[test]
#[cfg(target_os = "linux")]
fn a_limit_on_threads_changes_nothing_but_the_time() {
    let project = copy_of_sample();
    let run = |limit: bool, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scorecard"));
        command.args(arguments).current_dir(project.path());
        if limit {
            command.env("RUST_MIN_STACK", (1_u64 << 47).to_string());
        }
        command.output().expect("it runs")
    };
    for arguments in [
        &["-m", "2016-01", "-f", "csv"][..],
        &["-m", "2016-01", "-a", "all", "-f", "tidy"],
        &["-m", "2016-01", "-f", "json"],
        &["check"],
    ] {
        let [few, many] = [("few", true), ("many", false)].map(|(name, limit)| {
            let output = run(limit, &[arguments, &["-o", name]].concat());
            let message = String::from_utf8(output.stderr).expect("text");
            assert!(output.status.success(), "{arguments:?}: {message}");
            let message = message.replace(&format!("wrote {name}\n"), "wrote it\n");
            assert!(message.contains("wrote it"), "{message}");
            (fs::read(project.path().join(name)).expect("written"), message)
        });
        assert_eq!(few, many, "{arguments:?}");
    }
    // No workbook can be written, and the error says so.
    for format in ["xlsx", "docx"] {
        let output = run(true, &["-m", "2016-01", "-f", format, "-o", "none"]);
        let message = String::from_utf8(output.stderr).expect("text");
        assert!(
            output.status.code() == Some(1)
                && message
                    .starts_with("error: cannot write none: a workbook takes a thread for each")
                && !project.path().join("none").exists(),
            "{message}"
        );
    }
}

/// If several people publish a month at once, at least one succeeds, and the others are told why
/// they failed.
#[test]
fn two_publishers_at_once_lose_nothing() {
    for round in 0..3 {
        let project = copy_of_sample();
        let publish = |reason: &str| {
            Command::new(env!("CARGO_BIN_EXE_scorecard"))
                .args(["publish", "-m", "2016-01", "--meeting", "2016-03-22", "--reason", reason])
                .current_dir(project.path())
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it starts")
        };
        let reasons = ["first", "second", "third"];
        let published = reasons
            .map(publish)
            .map(|child| child.wait_with_output().expect("it ends"))
            .map(|output| (output.status.code(), String::from_utf8(output.stderr).expect("text")));
        let month = project.path().join("published/2016-01");
        let mut there: Vec<_> = fs::read_dir(&month)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        there.sort();
        let done = published.iter().filter(|(code, _)| *code == Some(0)).count();
        // One that starts late enough publishes the month again. Nothing else is left in the
        // folder.
        let numbers: Vec<_> = (1..=done).map(|number| number.to_string()).collect();
        assert!(done > 0 && there == numbers, "round {round}: {there:?} of {published:?}");
        for (code, message) in &published {
            let is_explained =
                message.contains("was published by somebody else while this was being made");
            assert!(*code == Some(0) || *code == Some(1) && is_explained, "{code:?}: {message}");
        }
        for number in &numbers {
            let output =
                run(project.path(), &["reproduce", "2016-01", "--revision", number.as_str()]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
    }
}

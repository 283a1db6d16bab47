//! A public edition: nothing that it hides is in any byte of any of its files, an attacker with
//! another method finds nothing in it, and nobody gets one by mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use snapbox::dir::copy_template;
use tempfile::TempDir;

use crate::common::{copy_of_sample, files_below, printed, read_csv, sample, scorecard, unpacked};

const DISCLOSURE: &str = "\n[disclosure]\nsmallest_shown = 6\nsmallest_out_of = 11\n";

/// A copy of `tests/disclosure/project/`, of three areas, three teams and a cohort, in which every
/// figure that a public edition hides is a number that stands nowhere else. Those that protect are
/// hidden beside North's 3 of 5483: South, the smaller of the others.
fn project() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy_template(sample().join("tests/disclosure/project"), folder.path()).expect("copied");
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn change(folder: &TempDir, path: &str, from: &str, to: &str) {
    let path = folder.path().join(path);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from} in {text}");
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

fn run(folder: &TempDir, args: &[&str]) -> String {
    printed(args, scorecard(folder.path()).args(args).output().expect("the program runs"))
}

/// What is said of a run that fails, and its exit code.
fn refused(folder: &TempDir, args: &[&str]) -> (i32, String) {
    let run = scorecard(folder.path()).args(args).output().expect("the program runs");
    assert!(!run.status.success(), "{args:?} is refused");
    let said = [run.stdout, run.stderr].concat();
    (run.status.code().expect("a code"), String::from_utf8(said).expect("text"))
}

/// The numbers that stand in a text, digit by digit, without their thousands separators.
fn numbers(bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = BTreeSet::new();
    for run in text.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.') {
        found.insert(run.replace(',', ""));
        found.extend(run.split([',', '.']).map(str::to_owned));
    }
    found
}

/// The hidden figures of the project: North's 3 of 5483 and 4 of 5479 and what protects them, those
/// without the cohort, whose children are few, and the small team with another. The PDF is searched
/// for them by `tests/readers/pdf/run`.
fn hidden() -> impl Iterator<Item = &'static str> + Clone {
    include_str!("../disclosure/hidden.txt").lines()
}

#[test]
fn nothing_that_is_hidden_is_in_any_byte_of_any_public_file() {
    let folder = project();
    let out = folder.path().join("out");
    let out_path = out.to_str().expect("a path");
    run(&folder, &["pack", out_path, "--edition", "directors", "-m", "2016-01", "-a", "all"]);
    let mut directors = BTreeSet::new();
    for (_, bytes) in files_below(&out) {
        directors.extend(numbers(&unpacked(&bytes)));
    }
    for hidden in hidden().filter(|hidden| !hidden.contains('.')) {
        assert!(directors.contains(hidden), "{hidden} is in the directors' edition");
    }
    fs::remove_dir_all(&out).expect("removed");

    run(&folder, &["pack", out_path, "--edition", "public", "-m", "2016-01", "-a", "all"]);
    for format in ["text", "csv", "tidy", "json", "markdown", "html", "xlsx", "ods", "docx"] {
        let file = out.join(format!("single.{format}"));
        let file = file.to_str().expect("a path");
        run(&folder, &["--edition", "public", "-a", "all", "-f", format, "-o", file]);
    }
    for format in ["text", "markdown", "html", "xlsx", "ods", "docx"] {
        let file = out.join(format!("indicator.{format}"));
        let file = file.to_str().expect("a path");
        run(&folder, &["indicator", "--edition", "public", "-a", "all", "-f", format, "-o", file]);
    }
    let options = ["publish", "--edition", "public", "-m", "2015-12", "--meeting", "2016-01-20"];
    run(&folder, &options);
    let options = ["publish", "--edition", "public", "-m", "2016-01", "--meeting", "2016-03-22"];
    run(&folder, &options);
    let site = out.join("site");
    run(&folder, &["site", site.to_str().expect("a path"), "--edition", "public"]);
    let mut files = files_below(&out);
    let pages: Vec<_> = files.iter().filter(|(path, _)| path.starts_with("site/")).collect();
    let expected = ["2015-12/index", "2016-01/index", "index", "indicators/1", "indicators/2"];
    let expected = expected.map(|page| format!("site/{page}.html"));
    assert!(expected.iter().all(|page| pages.iter().any(|(path, _)| path == page)), "{expected:?}");
    let published = files_below(&folder.path().join("published-public"));
    assert!(files.len() > 15 && published.len() == 8, "{} and {}", files.len(), published.len());
    files.extend(published);
    for (path, bytes) in &files {
        let found = numbers(&unpacked(bytes));
        for hidden in hidden() {
            assert!(!found.contains(hidden), "{hidden} is in {path}");
        }
    }
    // Nor the hash of what has them: it would tell whether a guess is right.
    let extracts = files_below(&folder.path().join("data"));
    for (path, bytes) in files {
        let text = unpacked(&bytes);
        for (extract, content) in &extracts {
            let digest = sha256(content);
            let is_there = text.windows(digest.len()).any(|part| part == digest.as_bytes());
            assert!(!is_there, "the hash of {extract} is in {path}");
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    scorecard::input::Digest::of(bytes).to_string()
}

/// Everything that could follow from a figure: limits, intervals, a gap, a cohort's own results, a
/// target from an earlier month, a benchmark, a framework, a product, coverage.
fn with_everything() -> TempDir {
    let folder = project();
    let file = folder.path().join("indicators.toml");
    let text = fs::read_to_string(&file).expect("the definitions");
    let text = text
        .replace("name = \"UASC\"\n", "name = \"UASC\"\nown = true\n")
        .replace("target = 1\nfloor = 2\n", "target = { since = \"2015-12\", change = \"-30%\" }\nfloor = { points = 1 }\n")
        .replace(
            "[[cohort]]",
            "[[indicator]]\nid = \"3\"\nsection = \"CARE\"\nname = \"Gap\"\npolarity = \"L\"\n\
            period = \"SS\"\nunit = \"percent\"\n\
            gap = { indicator = \"2\", from = \"excluding-uasc\", to = \"uasc\" }\n\
            \n[[indicator]]\nid = \"4\"\nsection = \"CARE\"\nname = \"Reviewed\"\npolarity = \"H\"\n\
            period = \"SS\"\nunit = \"percent\"\ntarget = 90\nfloor = 80\n\
            coverage = { indicator = \"1\", needed = 1 }\n\
            \n[[framework]]\nid = \"plan\"\ntitle = \"Plan\"\n[[framework.column]]\nid = \"safe\"\n\
            name = \"Safe\"\n\n[[product]]\nid = \"part\"\ntitle = \"Part\"\nindicators = [\"1\", \"2\"]\n\
            \n[[cohort]]",
        );
    let more = "\n[statistics]\nintervals = 95\nspc = true\n[statistics.rules]\nminimum = 2\n";
    fs::write(file, text + more).expect("written");
    for (month, uasc) in [("2015-12", "78,84"), ("2016-01", "4,5")] {
        let path = format!("data/{month}/results.csv");
        let text = fs::read_to_string(folder.path().join(&path)).expect("an extract");
        let mut rows: Vec<_> = text.lines().filter(|line| !line.contains("excluding")).collect();
        let more = format!("2,Top,uasc,{uasc},\n4,North,all,60,70,\n4,Top,all,300,400,\n");
        rows.push(&more);
        write(&folder, &path, &rows.join("\n"));
    }
    folder
}

/// All files of a public edition: of each format, of the pack, of a product and of the record.
fn public_files(folder: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let out = folder.path().join("out");
    let path = |name: &str| out.join(name).to_str().expect("a path").to_owned();
    for (month, meeting) in [("2015-12", "2016-01-20"), ("2016-01", "2016-03-22")] {
        let args = ["publish", "--edition", "public", "-m", month, "--meeting", meeting];
        let mut command = scorecard(folder.path());
        let run = command.env("SOURCE_DATE_EPOCH", "1456000000").args(args).output();
        printed(&args, run.expect("the program runs"));
    }
    let pack = path("pack");
    run(folder, &["pack", &pack, "--edition", "public", "-m", "2016-01", "-a", "all"]);
    let pack = path("part");
    let args = ["pack", &pack, "--edition", "public", "-m", "2016-01", "--product", "part"];
    run(folder, &args);
    for format in ["text", "csv", "tidy", "json", "markdown", "html", "xlsx", "ods", "docx"] {
        let file = path(&format!("one.{format}"));
        let mut args = vec!["--edition", "public", "-a", "all", "-f", format, "-o", &file];
        args.extend(["--marks", "--statistics"].iter().filter(|_| format == "tidy"));
        run(folder, &args);
    }
    run(folder, &["site", &path("site"), "--edition", "public"]);
    for format in ["html", "text"] {
        let file = path(&format!("email.{format}"));
        run(folder, &["email", "--edition", "public", "-f", format, "-o", &file]);
    }
    for format in ["text", "markdown", "html", "xlsx", "ods", "docx"] {
        let file = path(&format!("indicator.{format}"));
        run(folder, &["indicator", "--edition", "public", "-a", "all", "-f", format, "-o", &file]);
    }
    let record = files_below(&folder.path().join("published-public"));
    files_below(&out).into_iter().chain(record).collect()
}

/// In another world the hidden numbers are others, and everything that is shown is the same: then
/// so is every byte. Whatever a public edition told of them would differ.
#[test]
fn in_another_world_every_byte_of_a_public_edition_is_the_same() {
    let other_world = [
        ("2015-12/results.csv", "1,North,all,3,5483", "1,North,all,2,5482"),
        ("2015-12/results.csv", "1,South,all,71,6173", "1,South,all,72,6174"),
        ("2015-12/activity.csv", "One,2\nTwo,1973", "One,4\nTwo,1971"),
        ("2016-01/results.csv", "1,North,all,4,5479", "1,North,all,3,5480"),
        ("2016-01/results.csv", "1,South,all,73,6197", "1,South,all,74,6196"),
        ("2016-01/results.csv", "2,Top,uasc,4,5", "2,Top,uasc,2,4"),
        ("2016-01/activity.csv", "One,3\nTwo,1987", "One,5\nTwo,1985"),
    ];
    let folder = with_everything();
    let here = public_files(&folder);
    let other = with_everything();
    for (file, from, to) in other_world {
        change(&other, &format!("data/{file}"), from, to);
    }
    let there = public_files(&other);
    assert!(here.len() > 30, "{:?}", here.keys());
    assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
    for (path, bytes) in &here {
        let [one, other] = [bytes, &there[path]]
            .map(|bytes| String::from_utf8_lossy(&unpacked(bytes)).into_owned());
        let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(bytes == &there[path], "{path}: {differing:?}");
    }
    // The directors' edition is another.
    let directors = |folder: &TempDir| run(folder, &["-a", "all", "-f", "tidy"]);
    assert_ne!(directors(&folder), directors(&other));
    let shown = &here["one.tidy"];
    let shown = String::from_utf8_lossy(shown);
    assert!(shown.contains("4871") && shown.contains("[c]"), "some is shown: {shown}");
}

/// North is 4 of 5479: whatever follows from it is not there either.
#[test]
fn what_follows_from_a_hidden_figure_is_hidden_with_it() {
    let folder = project();
    let args = ["--edition", "public", "-a", "North", "-t", "scorecard", "-f", "csv"];
    let rows = read_csv(run(&folder, &args).as_bytes());
    let row = rows.iter().find(|row| row[0] == "1").expect("the row stays");
    let cells: Vec<_> = row.iter().map(String::as_str).collect();
    assert!(cells.contains(&"[c]"), "{cells:?}");
    assert!(!cells.contains(&"G"), "no rating: {cells:?}");
    assert!(!cells.iter().any(|cell| ["↑", "→", "↓"].contains(cell)), "no arrow: {cells:?}");
    let text = run(&folder, &["--edition", "public", "-t", "summary", "-a", "North"]);
    assert!(text.contains("Not shown: 1."), "{text}");
    assert!(text.contains("Figures of fewer than 6 are not shown"), "{text}");
    // Without the cohort a figure is hidden, and so is the variance.
    let impact = run(&folder, &["--edition", "public", "-t", "impact", "-f", "csv"]);
    let row = impact.lines().find(|line| line.starts_with("Top,2,")).expect("its row");
    assert!(row.contains("4871,5507") || row.contains("\"4,871\",\"5,507\""), "{row}");
    assert_eq!(row.matches("[c]").count(), 4, "result, counts and variance: {row}");
    // The change of an activity.
    let activity = run(&folder, &["--edition", "public", "-t", "activity", "-f", "csv"]);
    let row = activity.lines().find(|line| line.starts_with("One,")).expect("the team");
    assert_eq!(row.matches("[c]").count(), 3, "{row}");
}

#[test]
fn nobody_gets_a_public_edition_by_mistake() {
    let folder = project();
    let (code, said) = refused(&folder, &["site", "out"]);
    assert!(code == 2 && said.contains("which edition?"), "{said}");
    for command in [&["pack", "out"][..], &["publish", "--meeting", "2016-03-22"]] {
        let (code, said) = refused(&folder, &[command, &["-m", "2016-01"]].concat());
        assert!(code == 2 && said.contains("which edition?"), "{said}");
    }
    let (_, said) = refused(&folder, &["pack", "-m", "2016-01", "-o", "one.docx"]);
    assert!(said.contains("which edition?"), "{said}");
    change(&folder, "indicators.toml", DISCLOSURE, "");
    for command in [
        &["report"][..],
        &["check"],
        &["explain", "1"],
        &["explain", "starts"],
        &["indicator", "1"],
        &["email"],
        &["pack", "out", "-m", "2016-01"],
        &["publish", "-m", "2016-01", "--meeting", "2016-03-22"],
        &["site", "out"],
    ] {
        let (code, said) = refused(&folder, &[command, &["--edition", "public"]].concat());
        assert!(code == 1 && said.contains("[no-disclosure]"), "{said}");
    }
    assert!(!folder.path().join("out").exists());
    assert!(!folder.path().join("published-public").exists());
    // Without it there is one edition, and nothing to be told.
    run(&folder, &["pack", "out", "-m", "2016-01"]);
}

#[test]
fn the_directors_edition_is_what_it_was() {
    let folder = project();
    let with = |folder: &TempDir| -> Vec<Vec<u8>> {
        let formats = ["text", "csv", "tidy", "markdown", "html", "xlsx", "ods", "docx"];
        let each = formats.map(|format| {
            let file = folder.path().join("file");
            let path = file.to_str().expect("a path");
            run(folder, &["-f", format, "-o", path, "-a", "all"]);
            fs::read(file).expect("written")
        });
        each.into()
    };
    let told = with(&folder);
    change(&folder, "indicators.toml", DISCLOSURE, "");
    assert!(told == with(&folder), "byte for byte");
    let is_said =
        |bytes: &[u8]| String::from_utf8_lossy(&unpacked(bytes)).contains("SECRET & more");
    assert!(!told.iter().any(|bytes| is_said(bytes)));
    change(
        &folder,
        "indicators.toml",
        "area = \"Top\"\n",
        "area = \"Top\"\nmarking = \"SECRET & more\"\n",
    );
    let marked = with(&folder);
    for (index, times) in [(0, 2), (3, 2)] {
        let text = String::from_utf8_lossy(&marked[index]).into_owned();
        assert_eq!(text.matches("SECRET").count(), times, "above and below: {text}");
    }
    for index in [4, 5, 6] {
        let text = String::from_utf8_lossy(&unpacked(&marked[index])).into_owned();
        assert!(text.matches("SECRET &").count() >= 2, "header and footer of {index}");
    }
    fs::write(
        folder.path().join("indicators.toml"),
        fs::read_to_string(folder.path().join("indicators.toml")).expect("text") + DISCLOSURE,
    )
    .expect("written");
    let public = run(&folder, &["--edition", "public"]);
    assert!(!public.contains("SECRET") && public.contains("Edition: Public"), "{public}");
    // What has no edition for the public says so.
    for args in [
        &["diff", "2015-12", "2016-01"][..],
        &["revisions"],
        &["check", "-f", "markdown"],
        &["check", "--edition", "public", "-f", "markdown"],
        &["explain", "1", "--edition", "public"],
        &["explain", "starts", "--edition", "public"],
    ] {
        let said = run(&folder, args);
        assert_eq!(said.matches("SECRET").count(), 2, "above and below: {said}");
        assert!(said.contains("Directors; not for publication"), "{said}");
    }
}

#[test]
fn the_officer_is_told_why_and_the_public_is_not() {
    let folder = project();
    let said = run(&folder, &["check", "--edition", "public"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "1, North not shown because it is fewer than 6",
        "withheld so that the UASC count of indicator 2 in Top (all minus excluding) cannot be worked",
        "Nothing: none of the small counts can be worked out from what is shown.",
        "the count of \"Starts\", One",
        "Name: ____",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let why = run(&folder, &["explain", "1", "-a", "North", "--edition", "public"]);
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(why.contains("1, North: not shown because it is fewer than 6."), "{why}");
    assert!(why.contains("Protected: the count of 1, North, 4, could be anything from"), "{why}");
    assert!(why.contains("Both add up to all that is shown."), "{why}");
    // A gap has no counts of its own: it is hidden with one of its sides.
    let folder = with_everything();
    let why = run(&folder, &["explain", "3", "--edition", "public"]);
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(why.contains("2, Top, UASC: not shown because it is fewer than 6."), "{why}");
    assert!(!why.contains("shows every figure"), "{why}");
    let folder = project();
    let public = run(&folder, &["--edition", "public", "-a", "all", "-f", "json"]);
    assert!(!public.contains("withheld") && !public.contains("fewer than"), "{public}");
    // What is shown because it is not about people is signed for, too.
    let people = "id = \"starts\"\nname = \"Starts\"\n";
    change(&folder, "indicators.toml", people, &format!("{people}disclosure = \"none\"\n"));
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("not about people") && said.contains("\nstarts Starts\n"), "{said}");
}

/// One is 3 in January and was 2 in December; Two stands beside it, 1,987 and 1,973.
#[test]
fn the_officer_is_told_why_of_a_count_of_activity() {
    let folder = project();
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = |area| words(run(&folder, &["explain", "starts", "-a", area, "--edition", "public"]));
    let of_north = why("North");
    for said in [
        "\"Starts\", One: not shown because it is fewer than 6.",
        "\"Starts\", Two: withheld so that the count of \"Starts\", One cannot be worked out.",
        "Protected: the count of \"Starts\", One, 3, could be anything from 3 to 7.",
        "\"Starts\", Two: 1983 instead of 1987. Both add up to all that is shown.",
        "Earlier months",
        "\"Starts\", One, December 2015: not shown because it is fewer than 6.",
        "The change of \"Starts\", Two is not shown: it would tell how far apart the two counts are.",
    ] {
        assert!(of_north.contains(said), "{said}: {of_north}");
    }
    let of_team = why("One");
    assert!(of_team.contains("\"Starts\", One: not shown"), "{of_team}");
    assert!(!of_team.contains("Two: withheld"), "of the team alone: {of_team}");
    assert!(why("East").contains("The public edition shows every figure of it."));
    for (args, said) in [
        (["explain", "stairs"].as_slice(), "there is no indicator or activity \"stairs\""),
        (&["explain", "stairs"], "the only activity is starts (Starts)"),
        (&["explain", "starts", "-a", "Onne"], "did you mean \"One\"?"),
        (&["explain", "1", "-a", "One"], "\"One\" is a team"),
    ] {
        let (code, printed) = refused(&folder, args);
        assert!(code == 2 && printed.contains(said), "{said}: {printed}");
    }
    let here = |area| words(run(&folder, &["explain", "Starts", "-a", area]));
    assert!(here("One").contains("December 2015 2 data/2015-12/activity.csv:6 Change +1"));
    assert!(here("North").contains("They add up to 4,159."), "3 + 1,987 + 2,169");
    let ids = run(&folder, &["completions", "--values", "figures"]);
    assert_eq!(ids, "1\n2\nstarts\n");
    assert!(run(&folder, &["completions", "--values", "areas-and-teams"]).contains("\nOne\n"));
}

/// A figure of a quarter that ended before the report month is hidden as one of that quarter.
#[test]
fn the_officer_is_told_why_of_a_figure_that_is_carried_forward() {
    let folder = project();
    change(
        &folder,
        "indicators.toml",
        "name = \"Moved\"\npolarity = \"L\"\nperiod = \"SS\"",
        "name = \"Moved\"\npolarity = \"L\"\nperiod = \"Q\"",
    );
    let rows = "indicator,area,cohort,numerator,denominator,value\n2,Top,all,4871,5507,\n";
    write(&folder, "data/2016-01/results.csv", rows);
    let why = run(&folder, &["explain", "1", "-a", "North", "--edition", "public"]);
    assert!(
        why.contains("1, North, December 2015: not shown because it is fewer than 6."),
        "{why}"
    );
    let commentary = "data/2016-01/commentary/1.md";
    write(&folder, commentary, "Three children moved.");
    let (_, said) = refused(&folder, &["--edition", "public"]);
    assert!(said.contains("the text says \"Three\", which is not shown"), "{said}");
}

/// The page of an indicator has the commentary of six months, of which each may tell of its own.
#[test]
fn the_page_of_an_indicator_has_a_public_edition() {
    let folder = project();
    let public = ["indicator", "1", "-a", "North", "--edition", "public"];
    let page = run(&folder, &public);
    assert!(page.contains("Edition: Public") && page.contains("[c]"), "{page}");
    assert!(page.contains("Figures of fewer than 6 are not shown"), "{page}");
    assert!(!page.contains(".csv") && !page.contains(".toml"), "where it is from: {page}");
    write(&folder, "data/2015-12/commentary/north/1.md", "The three of December came back.");
    run(&folder, &["--edition", "public", "-a", "North"]);
    let (code, said) = refused(&folder, &public);
    assert!(code == 1 && said.contains("the text says \"three\""), "{said}");
    assert!(run(&folder, &["indicator", "1", "-a", "North"]).contains("three of December"));
}

#[test]
fn texts_with_hidden_numbers_stop_a_public_edition() {
    let folder = project();
    let commentary = "data/2016-01/commentary/2.md";
    for (text, said) in [
        ("Of the UASC\n\nfour were seen.", "2.md:3"),
        ("It was 4,867 of them.", "the text says \"4,867\""),
        ("That is 88.5%.", "the text says \"88.5\""),
    ] {
        write(&folder, commentary, text);
        let (_, printed) = refused(&folder, &["--edition", "public"]);
        assert!(printed.contains("error[hidden-in-text]") && printed.contains(said), "{printed}");
        run(&folder, &[]);
    }
    fs::remove_file(folder.path().join(commentary)).expect("removed");
    change(&folder, "indicators.toml", "title = \"Scorecard\"", "title = \"Our 4,867 children\"");
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("warning[hidden-in-text]: the text says \"4,867\""), "{said}");
    change(&folder, "indicators.toml", "title = \"Our 4,867 children\"", "title = \"Scorecard\"");
    write(&folder, commentary, "That is 88.5%.");
    let checked =
        "[[checked]]\nfinding = \"hidden-in-text\"\nindicator = \"2\"\nreason = \"weeks\"\n";
    write(&folder, "data/2016-01/month.toml", checked);
    run(&folder, &["--edition", "public"]);
    write(&folder, commentary, "All 20 were seen.");
    run(&folder, &["--edition", "public"]);
}

/// The reason of a publication goes into the record that the public gets.
#[test]
fn a_reason_with_a_hidden_number_is_told() {
    let folder = project();
    let publish = |reason: &str| {
        let options = ["publish", "--edition", "public", "-m", "2016-01", "--reason", reason];
        let run = scorecard(folder.path())
            .args(options)
            .args(["--meeting", "2016-03-22"])
            .output()
            .expect("the program runs");
        String::from_utf8(run.stderr).expect("text")
    };
    let said = publish("Those 4,867 were counted twice");
    assert!(said.contains("warning[hidden-in-text]") && said.contains("\"4,867\""), "{said}");
    assert!(!publish("One area was counted twice").contains("hidden-in-text"));
}

/// December first, then January: what was shown stays, and what was hidden stays hidden.
#[test]
fn what_has_been_published_is_known() {
    let folder = project();
    let publish = |month: &str| {
        let options = ["publish", "--edition", "public", "-m", month, "--meeting", "2016-03-22"];
        run(&folder, &options);
    };
    publish("2015-12");
    change(&folder, "indicators.toml", "smallest_shown = 6\n", "smallest_shown = 5\n");
    change(&folder, "indicators.toml", "smallest_out_of = 11\n", "smallest_out_of = 5\n");
    // The UASC of December are 78 of 84, and not small.
    let said = run(&folder, &["check", "--edition", "public", "-m", "2015-12"]);
    assert!(said.contains("1, North"), "{said}");
    change(&folder, "indicators.toml", "smallest_shown = 5\n", "smallest_shown = 20\n");
    let (_, said) = {
        let run = scorecard(folder.path())
            .args(["check", "--edition", "public", "-m", "2015-12"])
            .output()
            .expect("the program runs");
        (run.status, String::from_utf8(run.stdout).expect("text"))
    };
    assert!(!said.contains("error["), "what was published is no error any more: {said}");
    publish("2016-01");
    let record = fs::read_to_string(folder.path().join("published-public/2016-01/1/manifest.toml"))
        .expect("a manifest");
    assert!(record.contains("edition = \"public\"") && !record.contains("inputs"), "{record}");
    assert!(!folder.path().join("published").exists(), "the directors' record is another");
}

/// South was not shown beside North's 3, and is called Southern now.
#[test]
fn what_was_published_of_an_area_is_known_by_its_new_name() {
    let folder = project();
    let args = ["publish", "--edition", "public", "-m", "2015-12", "--meeting", "2016-01-20"];
    run(&folder, &args);
    let renamed = "name = \"Southern\"\nwas = [\"South\"]";
    change(&folder, "indicators.toml", "name = \"South\"", renamed);
    let args = ["explain", "1", "-a", "Southern", "-m", "2015-12", "--edition", "public"];
    let why = run(&folder, &args);
    assert!(
        why.contains("1, Southern: not shown because it was not shown when published."),
        "{why}"
    );
}

/// 4,877 were published and are 4,874 now: whoever has both papers knows of three.
#[test]
fn a_small_revision_of_what_was_published_is_told() {
    let folder = project();
    let check = || run(&folder, &["check", "--edition", "public", "-m", "2015-12"]);
    let options = ["publish", "--edition", "public", "-m", "2015-12", "--meeting", "2016-01-20"];
    run(&folder, &options);
    assert!(!check().contains("published-before"), "nothing has changed");
    change(&folder, "data/2015-12/results.csv", "2,Top,all,4877", "2,Top,all,4874");
    let said = check().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("[published-before]") && said.contains("2, Top"), "{said}");
    change(&folder, "data/2015-12/results.csv", "2,Top,all,4874", "2,Top,all,4844");
    assert!(!check().contains("published-before"), "thirty-three are not few");
}

/// One child of team One and five of team Two, six together: the one knows that the others are five.
#[test]
fn an_insider_is_told_of_where_that_is_asked_for() {
    let folder = project();
    let activity = "data/2016-01/activity.csv";
    let rows =
        "area,starts\nTop,7756\nNorth,2176\nSouth,2879\nEast,2701\nOne,1\nTwo,5\nThree,2170\n";
    write(&folder, activity, rows);
    let check = || run(&folder, &["check", "--edition", "public"]);
    assert!(!check().contains("tells-few"), "it is off by default");
    change(
        &folder,
        "indicators.toml",
        "smallest_out_of = 11\n",
        "smallest_out_of = 11\ninsider = true\n",
    );
    let said = check();
    assert!(said.contains("[tells-few]"), "{said}");
}

/// Of a year to date 8 in December and 10 in January are 2 in January.
#[test]
fn two_months_of_a_year_to_date_are_noted_or_protected() {
    let folder = project();
    change(
        &folder,
        "indicators.toml",
        "name = \"Seen\"\npolarity = \"H\"\nperiod = \"SS\"\nunit = \"percent\"\ntarget = 90\nfloor = 80\n",
        "name = \"Seen\"\npolarity = \"H\"\nperiod = \"YTD\"\nunit = \"number\"\n",
    );
    for (month, count) in [("2015-12", 8), ("2016-01", 10)] {
        let rows =
            format!("indicator,area,cohort,numerator,denominator,value\n2,Top,all,,,{count}\n");
        write(&folder, &format!("data/{month}/results.csv"), &rows);
    }
    let shown = || {
        let tidy = run(&folder, &["--edition", "public", "-f", "tidy"]);
        let rows = read_csv(tidy.as_bytes());
        let at = rows[0].iter().position(|heading| heading == "display").expect("a column");
        rows.iter().find(|row| row[4] == "2").expect("its row")[at].clone()
    };
    assert_eq!(shown(), "10");
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("note[tells-few]: 2, Top has grown by 2"), "{said}");
    change(
        &folder,
        "indicators.toml",
        "smallest_shown = 6\n",
        "smallest_shown = 6\nyear_to_date = \"protect\"\n",
    );
    assert_eq!(shown(), "[c]");
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("withheld so that what 2, Top has grown by"), "{said}");
}

#[test]
fn areas_teams_and_tables_can_be_left_out() {
    let folder = project();
    change(
        &folder,
        "indicators.toml",
        "smallest_shown = 6\n",
        "smallest_shown = 6\npublic_areas = [\"Top\", \"North\", \"South\"]\nteams = false\n\
        public_tables = [\"summary\", \"scorecard\", \"areas\", \"activity\"]\n",
    );
    let json = run(&folder, &["--edition", "public", "-a", "all", "-f", "json"]);
    assert!(!json.contains("\"area\": \"East\"") && !json.contains("\"One\""), "{json}");
    let (_, said) = refused(&folder, &["--edition", "public", "-a", "East"]);
    assert!(said.contains("\"East\" is not in the public edition"), "{said}");
    let (code, said) = refused(&folder, &["--edition", "public", "-t", "impact"]);
    assert!(code == 2 && said.contains("--table impact is not in the public edition"), "{said}");
    write(&folder, "data/2016-01/commentary/2.md", "What the service says.");
    let page = run(&folder, &["indicator", "2", "--edition", "public"]);
    assert!(!page.contains("the service says"), "it stands with the exceptions: {page}");
    change(&folder, "indicators.toml", "\"summary\", \"scorecard\", ", "\"summary\", ");
    let (code, said) = refused(&folder, &["indicator", "2", "--edition", "public"]);
    assert!(code == 2 && said.contains("a part of the scorecard"), "{said}");
    change(&folder, "indicators.toml", "\"summary\", ", "\"summary\", \"scorecard\", ");
    // Nothing shows those without the cohort, so the figure itself need not be hidden for them.
    assert!(json.contains("5507"), "{json}");
    let tidy = run(&folder, &["--edition", "public", "-a", "all", "-f", "tidy"]);
    assert!(
        tidy.lines()
            .filter(|line| line.contains("excluding-uasc"))
            .all(|line| line.contains("[c]"))
    );
}

#[test]
fn zeros_can_be_hidden_too() {
    let folder = project();
    change(&folder, "data/2016-01/results.csv", "1,East,all,97,7547,", "1,East,all,0,7547,");
    let east = || {
        let tidy = run(&folder, &["--edition", "public", "-a", "East", "-f", "tidy"]);
        tidy.lines().find(|line| line.contains(",all,CARE,1,")).expect("its row").contains("[c]")
    };
    assert!(!east(), "0 of 7547 is shown");
    change(
        &folder,
        "indicators.toml",
        "smallest_shown = 6\n",
        "smallest_shown = 6\nzeros = \"hide\"\n",
    );
    assert!(east());
}

/// The counts of a tidy file by indicator (or activity) and population and area: the numerator or
/// the count, and the denominator; none where they are hidden.
type Shown = BTreeMap<(String, String, String), Option<[i64; 2]>>;

fn tidy(folder: &TempDir) -> Shown {
    tidy_of(folder, "2016-01")
}

fn tidy_of(folder: &TempDir, month: &str) -> Shown {
    let args = ["--edition", "public", "-m", month, "-a", "all", "-f", "tidy"];
    let text = run(folder, &args);
    let mut rows = read_csv(text.as_bytes()).into_iter();
    let header = rows.next().expect("a header");
    let at = |name: &str| header.iter().position(|heading| heading == name).expect("a column");
    let [area, cohort, id, numerator, denominator] =
        ["area", "cohort", "id", "numerator", "denominator"].map(at);
    rows.filter(|row| !row[denominator].is_empty() || row[at("display")] == "[c]")
        .map(|row| {
            let counts = (!row[numerator].is_empty()).then(|| {
                [numerator, denominator].map(|at| row[at].parse().expect("a whole number"))
            });
            ((row[id].clone(), row[cohort].clone(), row[area].clone()), counts)
        })
        .collect()
}

/// Numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(limit).expect("above 0")).expect("small")
    }
}

/// What a reader can know of numbers: from where to where each can be. It is narrowed by what they
/// add up to, again and again, which is another method than looking for other worlds: what it
/// finds is certain, whatever else could be found.
struct Reader {
    ranges: Vec<[i64; 2]>,
    /// Terms that come to 0 exactly, or to at least 0.
    rows: Vec<(Vec<(usize, i64)>, bool)>,
}

const FAR: i64 = 1_000_000;

impl Reader {
    fn number(&mut self, known: Option<i64>) -> usize {
        self.ranges.push(known.map_or([0, FAR], |known| [known, known]));
        self.ranges.len() - 1
    }

    fn narrow(&mut self) {
        loop {
            let before = self.ranges.clone();
            for (terms, is_exact) in &self.rows {
                for (of, times) in terms {
                    // The others, as low and as high as they can be.
                    let others = terms.iter().filter(|(other, _)| other != of);
                    let (mut low, mut high) = (0, 0);
                    for (other, times) in others {
                        let ends = self.ranges[*other].map(|end| end * times);
                        low += ends[0].min(ends[1]);
                        high += ends[0].max(ends[1]);
                    }
                    // times * x is at least -high, and where it is exact at most -low.
                    let range = &mut self.ranges[*of];
                    if *times > 0 {
                        range[0] = range[0].max(-high);
                        if *is_exact {
                            range[1] = range[1].min(-low);
                        }
                    } else {
                        range[1] = range[1].min(high);
                        if *is_exact {
                            range[0] = range[0].max(low);
                        }
                    }
                }
            }
            if self.ranges == before {
                return;
            }
        }
    }
}

/// All of the indicator is hidden for what it says itself, so nothing else can be: then nothing of it
/// can be worked out, however long it takes to find what else it could be.
#[test]
fn where_everything_is_hidden_nothing_can_be_worked_out() {
    let folder = project();
    let rows = "indicator,area,cohort,numerator,denominator,value\n\
        1,North,all,3,3,\n1,North,excluding-uasc,2,2,\n1,South,all,2,3,\n\
        1,South,excluding-uasc,0,1,\n1,East,all,14,16,\n1,East,excluding-uasc,10,12,\n";
    write(&folder, "data/2016-01/results.csv", rows);
    change(&folder, "indicators.toml", "smallest_out_of = 11\n", "");
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("Nothing: none of the small counts can be worked out"), "{said}");
    let csv = run(&folder, &["--edition", "public", "-t", "scorecard", "-f", "csv"]);
    let row = csv.lines().find(|line| line.starts_with("1,")).expect("the row stays");
    assert!(row.contains("[c]"), "{row}");
}

/// East ends with December. Of the year to date January's total still has it: 100 less North's 9 and
/// South's 51 are its 40, and so December's 90 less South's 47 and that are North's 3. Of the last
/// twelve months 130 less 60 and 67 are its 3; of the third indicator its 40 are no more than it had,
/// so that North had 3 at most.
#[test]
fn an_area_that_has_ended_is_not_told_by_the_total_before_and_after() {
    let folder = project();
    let indicator = |id: &str, period: &str| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"N{id}\"\npolarity = \"H\"\n\
            unit = \"percent\"\nrollup = \"sum\"\nperiod = \"{period}\"\n"
        )
    };
    let definitions = "[scorecard]\ntitle = \"S\"\narea = \"Top\"\n[[area]]\nname = \"Top\"\n\
        [[area]]\nname = \"North\"\nparent = \"Top\"\n[[area]]\nname = \"South\"\nparent = \"Top\"\n\
        [[area]]\nname = \"East\"\nparent = \"Top\"\nuntil = \"2015-12\"\n";
    let indicators = [("1", "YTD"), ("2", "R12M"), ("3", "R12M")];
    let indicators = indicators.map(|(id, period)| indicator(id, period)).concat();
    write(&folder, "indicators.toml", &[definitions, &indicators, DISCLOSURE].concat());
    let header = "indicator,area,cohort,numerator,denominator,value\n";
    let december = "1,North,all,3,83,\n1,South,all,47,72,\n1,East,all,40,60,\n\
        2,North,all,58,91,\n2,South,all,66,97,\n2,East,all,3,14,\n\
        3,North,all,3,83,\n3,South,all,47,72,\n3,East,all,40,60,\n";
    let january = "1,North,all,9,91,\n1,South,all,51,77,\n1,East,all,40,60,\n\
        2,North,all,60,93,\n2,South,all,67,99,\n2,East,all,3,14,\n\
        3,North,all,9,91,\n3,South,all,51,77,\n3,East,all,40,60,\n";
    for (month, rows) in [("2015-12", december), ("2016-01", january)] {
        write(&folder, &format!("data/{month}/results.csv"), &format!("{header}{rows}"));
        fs::remove_file(folder.path().join(format!("data/{month}/activity.csv"))).expect("removed");
    }
    let attack = || {
        let papers = ["2015-12", "2016-01"].map(|month| tidy_of(&folder, month));
        let shown = |paper: usize, id: &str, area: &str| {
            let key = (id.to_owned(), "all".to_owned(), area.to_owned());
            papers[paper].get(&key).copied().flatten().map(|counts| counts[0])
        };
        let mut reader = Reader { ranges: Vec::new(), rows: Vec::new() };
        let mut small = Vec::new();
        for id in ["1", "2", "3"] {
            let mut number = |paper, area| reader.number(shown(paper, id, area));
            let then = ["Top", "North", "South", "East"].map(|area| number(0, area));
            let now = ["Top", "North", "South", "East"].map(|area| number(1, area));
            // Of the year to date it is what it was.
            let east = if id == "1" { then[3] } else { now[3] };
            for [top, north, south, east] in [then, [now[0], now[1], now[2], east]] {
                let terms = vec![(top, 1), (north, -1), (south, -1), (east, -1)];
                reader.rows.push((terms, true));
            }
            reader.rows.push((vec![(then[3], 1), (now[3], -1)], false));
            small.push(if id == "2" { (east, 3) } else { (then[1], 3) });
        }
        (reader, small)
    };
    for is_published in [false, true] {
        if is_published {
            let args =
                ["publish", "--edition", "public", "-m", "2015-12", "--meeting", "2016-01-20"];
            run(&folder, &args);
        }
        let (mut reader, small) = attack();
        reader.narrow();
        for (number, value) in small {
            let [low, high] = reader.ranges[number];
            assert!(low <= value && value <= high && high - low >= 4, "{value}: {low} to {high}");
        }
    }
}

/// A random scorecard of a county, three districts and a cohort, attacked.
#[test]
fn an_attacker_with_another_method_finds_nothing() {
    let mut numbers = Numbers(2016);
    let areas = ["Top", "North", "South", "East"];
    let (mut hidden_figures, mut narrowed) = (0, 0);
    for round in 0..40 {
        let folder = project();
        let mut rows = String::new();
        let mut truth: BTreeMap<(String, String, String), [i64; 2]> = BTreeMap::new();
        for id in ["1", "2"] {
            let mut totals = [[0; 2]; 2];
            let mut parts = Vec::new();
            for area in &areas[1..] {
                let rest_d = 4 + numbers.below(30);
                let rest_n = numbers.below(rest_d + 1);
                let cohort_d = numbers.below(9);
                let cohort_n = numbers.below(cohort_d + 1);
                let counts = [[rest_n + cohort_n, rest_d + cohort_d], [rest_n, rest_d]];
                for (total, count) in totals.iter_mut().flatten().zip(counts.iter().flatten()) {
                    *total += count;
                }
                parts.push((*area, counts));
            }
            parts.push(("Top", totals));
            for (area, counts) in parts {
                for (cohort, [numerator, denominator]) in
                    ["all", "excluding-uasc"].iter().zip(counts)
                {
                    rows += &format!("{id},{area},{cohort},{numerator},{denominator},\n");
                    let key = (id.to_owned(), (*cohort).to_owned(), area.to_owned());
                    truth.insert(key, [numerator, denominator]);
                }
            }
        }
        let results = format!("indicator,area,cohort,numerator,denominator,value\n{rows}");
        write(&folder, "data/2016-01/results.csv", &results);
        change(&folder, "indicators.toml", "smallest_out_of = 11\n", "");
        let shown = tidy(&folder);
        for id in ["1", "2"] {
            let mut reader = Reader { ranges: Vec::new(), rows: Vec::new() };
            let mut at: BTreeMap<(String, &str, usize), usize> = BTreeMap::new();
            for area in areas {
                for cohort in ["all", "excluding-uasc"] {
                    let key = (id.to_owned(), cohort.to_owned(), area.to_owned());
                    let counts = shown.get(&key).unwrap_or_else(|| panic!("{key:?} has a row"));
                    hidden_figures += usize::from(counts.is_none());
                    for part in 0..2 {
                        let number = reader.number(counts.map(|counts| counts[part]));
                        at.insert((cohort.to_owned(), area, part), number);
                    }
                    let [n, d] = [0, 1].map(|part| at[&(cohort.to_owned(), area, part)]);
                    reader.rows.push((vec![(d, 1), (n, -1)], false));
                }
                for part in 0..2 {
                    let [all, rest] = ["all", "excluding-uasc"]
                        .map(|cohort| at[&(cohort.to_owned(), area, part)]);
                    let cohort = reader.number(None);
                    reader.rows.push((vec![(all, 1), (rest, -1), (cohort, -1)], true));
                    at.insert(("uasc".to_owned(), area, part), cohort);
                }
            }
            for cohort in ["all", "excluding-uasc", "uasc"] {
                for part in 0..2 {
                    let number = |area| (at[&(cohort.to_owned(), area, part)], 1);
                    let mut terms: Vec<_> = areas[1..].iter().map(|area| number(*area)).collect();
                    terms.push((number("Top").0, -1));
                    reader.rows.push((terms, true));
                }
            }
            reader.narrow();
            for ((cohort, area, part), number) in &at {
                let of = |cohort: &str| {
                    truth[&(id.to_owned(), cohort.to_owned(), (*area).to_owned())][*part]
                };
                let value =
                    if cohort == "uasc" { of("all") - of("excluding-uasc") } else { of(cohort) };
                let [low, high] = reader.ranges[*number];
                assert!(low <= value && value <= high, "the attacker adds up rightly");
                narrowed += usize::from(high < FAR && low < high);
                if (1..6).contains(&value) {
                    assert!(
                        high - low >= 4,
                        "{round}: {id} {cohort} {area} is {value}, and known to be {low} to {high}"
                    );
                }
            }
        }
    }
    assert!(hidden_figures > 200 && narrowed > 100, "{hidden_figures} hidden, {narrowed} narrowed");
}

/// Kent, January 2016: the published page "Impact of UASC" tells of 3 of 6, 1 of 1 and 2 of 3
/// unaccompanied children by subtraction, without a small cell on it. The rule hides the three
/// figures without them. 60, 78 and 101 counts of the activity of two months are small.
#[test]
fn the_sample_tells_of_no_child() {
    for (smallest, out_of, small, hidden) in [(5, 5, 60, 92), (6, 11, 78, 107), (8, 8, 101, 129)] {
        let folder = copy_of_sample();
        let file = folder.path().join("indicators.toml");
        let text = fs::read_to_string(&file).expect("the definitions");
        let rules =
            format!("\n[disclosure]\nsmallest_shown = {smallest}\nsmallest_out_of = {out_of}\n");
        fs::write(file, text + &rules).expect("written");
        let mut counts = [0, 0];
        for month in ["2015-12", "2016-01"] {
            let said = run(&folder, &["check", "--edition", "public", "-m", month]);
            let of_activity = said.lines().filter(|line| line.starts_with('"'));
            for line in of_activity {
                counts[0] += usize::from(line.contains("not shown because it is fewer than"));
                counts[1] += 1;
            }
            assert!(said.contains("Nothing: none of the small counts can be worked out"), "{said}");
        }
        assert_eq!(counts, [small, hidden], "{smallest}");
        let impact =
            run(&folder, &["--edition", "public", "-m", "2016-01", "-t", "impact", "-f", "csv"]);
        let rows: Vec<_> =
            impact.lines().filter(|line| line.split(',').nth(1) == Some("20")).collect();
        assert_eq!(rows.len(), 3, "{impact}");
        assert!(rows.iter().all(|row| row.matches("[c]").count() == 4), "{rows:?}");
    }
}

/// 15 are 10, 3 and two that the extract suppresses: both are 1 where every 0 is shown.
#[test]
fn what_the_extract_suppresses_is_protected_too() {
    let folder = project();
    let shown = |rows: &str| {
        let results = format!("indicator,area,cohort,numerator,denominator,value\n{rows}");
        write(&folder, "data/2016-01/results.csv", &results);
        tidy(&folder)
    };
    let key = |area: &str| ("1".to_owned(), "all".to_owned(), area.to_owned());
    // Top is 100 of 200 and South 40 of 90, so North would be 60 of 110 less East's.
    let all =
        shown("1,Top,all,100,200,\n1,North,all,[c],,\n1,South,all,40,90,\n1,East,all,30,50,\n");
    assert_eq!(all[&key("North")], None);
    let hidden = all.values().filter(|counts| counts.is_none()).count();
    assert!(hidden >= 2, "one suppressed figure in a total is known: {all:?}");
    // A total that is suppressed is the sum of what is shown.
    let all = shown("1,Top,all,[c],,\n1,North,all,2,20,\n1,South,all,40,90,\n1,East,all,30,50,\n");
    assert_eq!(all[&key("Top")], None);
    let write_activity = "area,starts\nTop,15\nNorth,10\nSouth,[c]\nEast,[c]\nOne,\nTwo,\nThree,\n";
    write(&folder, "data/2016-01/activity.csv", write_activity);
    let said = run(&folder, &["check", "--edition", "public"]);
    let of_activity: Vec<_> = said.lines().filter(|line| line.starts_with("\"Starts\"")).collect();
    assert!(of_activity.len() > 2, "another has to be hidden: {of_activity:?}");
}

/// Two figures that are the same count share their fate, and the one is not published beside the
/// other.
#[test]
fn the_same_count_in_two_places_has_one_fate() {
    let folder = project();
    let identity = "\n[[identity]]\nsame = [{ indicator = \"2\" }, { activity = \"starts\" }]\n";
    let file = folder.path().join("indicators.toml");
    let text = fs::read_to_string(&file).expect("text");
    fs::write(&file, text + identity).expect("written");
    let results = "indicator,area,cohort,numerator,denominator,value\n2,Top,all,9,11,\n";
    write(&folder, "data/2016-01/results.csv", results);
    write(&folder, "data/2016-01/activity.csv", "area,starts\nTop,11\n");
    let said = run(&folder, &["check", "--edition", "public"]);
    assert!(said.contains("2, Top") && said.contains("all but fewer than 6"), "{said}");
    assert!(said.contains("the same count as one that is not shown"), "{said}");
    let activity = run(&folder, &["--edition", "public", "-t", "activity", "-f", "csv"]);
    assert!(activity.lines().any(|line| line.starts_with("Top,[c]")), "{activity}");
}

/// The project, with plans that start and end.
fn project_with_a_stock() -> TempDir {
    let folder = project();
    change(
        &folder,
        "indicators.toml",
        "id = \"starts\"\nname = \"Starts\"\n",
        "id = \"plans\"\nname = \"Plans\"\nstarts = \"starts\"\nends = \"ends\"\n\
        \n[[activity]]\nid = \"starts\"\nname = \"Starts\"\n\
        \n[[activity]]\nid = \"ends\"\nname = \"Ends\"\n",
    );
    folder
}

/// Where a stock is last month's with what came in and without what went out, two of them tell the
/// third.
#[test]
fn a_stock_does_not_tell_what_flowed() {
    let folder = project_with_a_stock();
    write(&folder, "data/2015-12/activity.csv", "area,plans,starts,ends\nTop,100,20,20\n");
    write(&folder, "data/2016-01/activity.csv", "area,plans,starts,ends\nTop,93,3,10\n");
    let csv = run(&folder, &["--edition", "public", "-t", "activity", "-f", "csv"]);
    let top = csv.lines().find(|line| line.starts_with("Top,")).expect("its row");
    // 3 is 93 - 100 + 10: one of those that are shown has to go.
    assert!(!top.contains(",93,") || !top.contains(",10,"), "{top}");
    assert!(top.contains("[c]"), "{top}");
}

/// Of December's five plans North has four and South has one, and none of the three is shown. January's
/// twelve are they with ten that started and without three that ended, of which not all is shown.
#[test]
fn a_stock_does_not_tell_what_last_months_was() {
    let folder = project_with_a_stock();
    let header = "area,plans,starts,ends\n";
    for (month, rows) in [
        ("2015-12", "Top,5,20,20\nNorth,4,20,20\nSouth,1,0,0\nEast,0,0,0\n"),
        ("2016-01", "Top,12,10,3\nNorth,12,10,3\nSouth,0,0,0\nEast,0,0,0\n"),
    ] {
        write(&folder, &format!("data/{month}/activity.csv"), &format!("{header}{rows}"));
    }
    let counts = |month: &str| -> BTreeMap<String, Vec<Option<i64>>> {
        let args = ["--edition", "public", "-m", month, "-t", "activity", "-f", "csv"];
        let csv = read_csv(run(&folder, &args).as_bytes());
        let count = |cell: &String| cell.parse().ok();
        csv.iter().skip(1).map(|row| (row[0].clone(), row.iter().map(count).collect())).collect()
    };
    let (then, now) = (counts("2015-12"), counts("2016-01"));
    let mut reader = Reader { ranges: Vec::new(), rows: Vec::new() };
    // This month's count of each activity stands in every third column.
    let [top, north, south, east] =
        ["Top", "North", "South", "East"].map(|area| reader.number(then[area][1]));
    let [plans, starts, ends] = [1, 4, 7].map(|column| reader.number(now["Top"][column]));
    reader.rows.push((vec![(top, 1), (north, -1), (south, -1), (east, -1)], true));
    reader.rows.push((vec![(plans, 1), (top, -1), (starts, -1), (ends, 1)], true));
    reader.narrow();
    for (number, value) in [(north, 4), (south, 1)] {
        let [low, high] = reader.ranges[number];
        assert!(low <= value && value <= high && high - low >= 4, "{value}: {low} to {high}");
    }
}

#[test]
fn it_depends_on_the_data_and_definitions_alone() {
    let folder = project();
    let all = || run(&folder, &["check", "--edition", "public", "-a", "all"]);
    let of_one = run(&folder, &["check", "--edition", "public", "-a", "South"]);
    let page = |text: &str| text.split_once("Not shown\n").expect("a page to sign").1.to_owned();
    assert_eq!(all(), all());
    assert_eq!(page(&all()), page(&of_one), "whatever the report is about");
    let public = || fs::read(folder.path().join("out/tidy-public-2016-01.csv")).expect("written");
    let pack = ["pack", "out", "--edition", "public", "-m", "2016-01", "-a", "all"];
    run(&folder, &pack);
    let first = public();
    fs::remove_dir_all(folder.path().join("out")).expect("removed");
    run(&folder, &pack);
    assert!(first == public() && Path::new(folder.path()).exists());
}

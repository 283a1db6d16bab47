//! A site is what was published, at addresses that stay, and nothing but that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::common::{copy_of_sample, files_below, scorecard};
use crate::rules::{indicator, project};

/// A run of the program on 1 March 2016, which must succeed: what it says.
fn run(folder: &Path, args: &[&str]) -> String {
    let run = output(folder, args);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success() && run.stdout.is_empty(), "{args:?}: {said}");
    said
}

fn refused(folder: &Path, args: &[&str]) -> String {
    let run = output(folder, args);
    assert_eq!(run.status.code(), Some(1), "{args:?}");
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn output(folder: &Path, args: &[&str]) -> Output {
    let mut command = scorecard(folder);
    command.env("SOURCE_DATE_EPOCH", "1456825800").args(args).output().expect("the program runs")
}

fn publish(folder: &Path, month: &str, more: &[&str]) {
    run(folder, &[&["publish", "-m", month, "--meeting", "2016-03-22"], more].concat());
}

/// The sample with December and January published.
fn sample() -> TempDir {
    let sample = copy_of_sample();
    for month in ["2015-12", "2016-01"] {
        publish(sample.path(), month, &[]);
    }
    sample
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{from} in {text}");
    fs::write(path, text.replacen(from, to, 1)).expect("written");
}

fn page(folder: &Path, address: &str) -> String {
    let path = folder.join("www").join(address);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The words of a page, without its style and script.
fn words(page: &str) -> String {
    let body = page.split_once("<body>").expect("a body").1;
    let body = body.split("<script>").next().unwrap_or_default();
    let text = body.split('<').filter_map(|part| Some(part.split_once('>')?.1));
    text.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn main(page: &str) -> &str {
    let start = page.find("<main").expect("a main part");
    &page[start..page.find("</main>").expect("its end")]
}

/// 17 green, 21 amber and 6 red are the published counts of January; December's of the same paper
/// are 19, 19 and 6.
#[test]
fn the_first_page_has_the_counts_of_each_month_and_how_they_have_moved() {
    let sample = sample();
    let said = run(sample.path(), &["site", "www"]);
    assert!(said.contains("49 pages of 2 published months, 49 of them new or changed"), "{said}");
    let missing = "2015-03, 2015-10 and 2015-11 are not in it: they have not been published";
    assert!(said.contains(missing), "{said}");
    let index = words(&page(sample.path(), "index.html"));
    for row in [
        "Kent, January 2016 17 Green 21 Amber 6 Red 2 fewer green and 2 more amber than in December 2015.",
        "January 2016 17 21 6 0 2 fewer green and 2 more amber than in December 2015 Published 1 March 2016 22 March 2016",
        "December 2015 19 19 6 0 The first that was published Published 1 March 2016 22 March 2016",
    ] {
        assert!(index.contains(row), "{row}: {index}");
    }
    let visits =
        "9 % of new PF arrangements where visits were held within 6 weeks 68.4% R , Red Jan 2016";
    assert!(index.contains(visits), "{index}");
    let newest = index.find("January 2016 17 21").expect("January");
    assert!(newest < index.find("December 2015 19 19").expect("December"), "the latest first");
    // The product has its own months: 10 of the 44.
    let product = index.split_once("Services: Kent, the latest first").expect("the product").1;
    assert!(product.contains("January 2016 2 4 4 0 1 fewer amber and 1 more red"), "{product}");
}

#[test]
fn a_page_of_a_month_is_the_page_that_was_published() {
    let sample = sample();
    run(sample.path(), &["site", "www"]);
    for (month, product) in
        [("2015-12", None), ("2016-01", None), ("2016-01", Some("quarterly-report"))]
    {
        let mut args = vec!["pack", "-m", month, "-o", "now.html"];
        args.extend(product.iter().flat_map(|product| ["--product", product]));
        run(sample.path(), &args);
        let now = fs::read_to_string(sample.path().join("now.html")).expect("written");
        let name = product.unwrap_or("index");
        let there = page(sample.path(), &format!("{month}/{name}.html"));
        assert!(main(&there) == main(&now), "{month} {product:?}");
        assert!(words(&there).contains("Published 1 March 2016"), "{}", words(&there));
    }
    // Whatever comes to the files afterwards changes nothing.
    let before = files_below(&sample.path().join("www"));
    edit(sample.path(), "data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,57,57,");
    edit(sample.path(), "indicators.toml", "target = 85", "target = 80");
    fs::remove_dir_all(sample.path().join("data/2015-12")).expect("removed");
    let said = run(sample.path(), &["site", "www"]);
    assert!(said.contains("49 pages of 2 published months, 0 of them new or changed"), "{said}");
    run(sample.path(), &["site", "other"]);
    assert!(files_below(&sample.path().join("www")) == before, "byte for byte");
    assert!(files_below(&sample.path().join("other")) == before, "in another folder too");
}

/// Published again with 40 of 57 visits, 70.2%: with the reason, and the earlier months as they were.
#[test]
fn a_page_of_a_month_is_of_its_last_publication() {
    let sample = sample();
    run(sample.path(), &["site", "www"]);
    let december = page(sample.path(), "2015-12/index.html");
    edit(sample.path(), "data/2016-01/results.csv", "9,Kent,all,39,57,", "9,Kent,all,40,57,");
    run(sample.path(), &["site", "www"]);
    assert!(!words(&page(sample.path(), "2016-01/index.html")).contains("70.2%"));
    publish(sample.path(), "2016-01", &["--reason", "A visit was counted late"]);
    run(sample.path(), &["site", "www"]);
    let january = words(&page(sample.path(), "2016-01/index.html"));
    for said in ["70.2%", "Published 1 March 2016, publication 2", "A visit was counted late"] {
        assert!(january.contains(said), "{said}");
    }
    let index = words(&page(sample.path(), "index.html"));
    let revised = "Published 1 March 2016, publication 2 Published again: A visit was counted late";
    assert!(index.contains(revised), "{index}");
    assert!(page(sample.path(), "2015-12/index.html") == december);
    let of_nine = words(&page(sample.path(), "indicators/9.html"));
    assert!(
        of_nine.contains("January 2016 70.2% Red 85.0% December 2015 74.5% Red 85.0%"),
        "{of_nine}"
    );
}

/// 45 of 100 in December and 55 in January: the page of the indicator has both, and what was said of
/// both, although only January's commentary is frozen with January.
#[test]
fn a_page_of_an_indicator_goes_through_time_and_stays_when_it_ends() {
    let keys = "target = 50\nfloor = 40";
    let kind = ["H", "SS", "percent"];
    let ends = format!("{keys}\nuntil = '2015-12'");
    let tables = indicator("1", kind, keys) + &indicator("OLD", kind, &ends);
    let project = project("", &tables)
        .results("2015-12", "1,,,45,100,\nOLD,,,30,100,")
        .results("2016-01", "1,,,55,100,");
    let folder = project.path();
    for (month, said) in [("2015-12", "Fewer were seen."), ("2016-01", "More were seen.")] {
        let commentary = folder.join(format!("data/{month}/commentary"));
        fs::create_dir_all(&commentary).expect("made");
        fs::write(commentary.join("1.md"), said).expect("written");
        publish(folder, month, &["--force"]);
    }
    run(folder, &["site", "www"]);
    let one = words(&page(folder, "indicators/1.html"));
    let published = "January 2016 55.0% Green 50.0% December 2015 45.0% Amber 50.0%";
    for said in [published, "January 2016 More were seen.", "December 2015 Fewer were seen."] {
        assert!(one.contains(said), "{said}: {one}");
    }
    let old = words(&page(folder, "indicators/OLD.html"));
    assert!(old.contains("December 2015 30.0% Red 50.0%") && !old.contains("January"), "{old}");
    let index = page(folder, "index.html");
    let ended = "No longer reported";
    assert!(index.contains(ended) && index.contains("href=\"indicators/OLD.html\""), "{index}");
    // 2 indicators in December, 1 in January: 1 more is green.
    let moved =
        "1 fewer indicator, 1 more green, 1 fewer amber and 1 fewer red than in December 2015";
    assert!(words(&index).contains(moved), "{}", words(&index));

    // A month that is gone from the record, as it never should be, keeps its page.
    fs::rename(folder.join("published/2015-12"), folder.join("elsewhere")).expect("moved");
    let said = refused(folder, &["site", "www"]);
    assert!(said.contains("publication 1 of December 2015 is missing"), "{said}");
    assert!(folder.join("www/2015-12/index.html").is_file());
}

/// What a page says of the pages before and after it, each with its address.
fn beside(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a href=\"").skip(1).filter_map(|rest| rest.split_once("</a>"));
    let links = links.filter_map(|(link, _)| link.split_once("\">"));
    let is_beside = |text: &str| text.starts_with("Previous: ") || text.starts_with("Next: ");
    let of = |(address, text): (&str, &str)| (text.replace('\u{a0}', " "), address.to_owned());
    links.filter(|(_, text)| is_beside(text)).map(of).collect()
}

/// The product has no new figure in between, and its pages lead over that.
#[test]
fn a_page_leads_to_the_months_before_and_after_it() {
    let kind = ["H", "SS", "percent"];
    let quarterly = indicator("Q", ["H", "Q", "percent"], "");
    let product = "[[product]]\nid = 'qpr'\ntitle = 'A part'\nindicators = ['Q']\n";
    let mut project = project("", &(indicator("1", kind, "") + &quarterly + product));
    for (month, quarter) in
        [("2015-12", "Q,,,40,100,"), ("2016-01", ""), ("2016-02", ""), ("2016-03", "Q,,,50,100,")]
    {
        project = project.results(month, &format!("1,,,45,100,\n{quarter}"));
        publish(project.path(), month, &["--force"]);
    }
    let folder = project.path();
    run(folder, &["site", "www"]);
    let link = |text: &str, address: &str| (text.to_owned(), address.to_owned());
    let months = |address: &str| beside(&page(folder, address));
    assert_eq!(months("2015-12/index.html"), [link("Next: January 2016", "../2016-01/index.html")]);
    assert_eq!(
        months("2016-02/index.html"),
        [
            link("Previous: January 2016", "../2016-01/index.html"),
            link("Next: March 2016", "../2016-03/index.html"),
        ]
    );
    assert_eq!(
        months("2016-03/index.html"),
        [link("Previous: February 2016", "../2016-02/index.html")]
    );
    let [next] = &months("2015-12/qpr.html")[..] else { panic!("one link") };
    assert_eq!(next.1, "../2016-03/qpr.html");
    let [previous] = &months("2016-03/qpr.html")[..] else { panic!("one link") };
    assert_eq!(previous.1, "../2015-12/qpr.html");
}

/// What is different is named, and the months on both sides of one without a page lead to one another.
#[test]
fn a_month_without_a_page_is_led_past_and_it_is_said_what_is_different() {
    let kind = ["H", "SS", "percent"];
    let tables = indicator("1", kind, "target = 50\nfloor = 40")
        + &indicator("2", kind, "")
        + "[disclosure]\nsmallest_shown = 6\nsmallest_out_of = 11\n";
    let mut project = project("", &tables);
    for month in ["2015-12", "2016-01", "2016-02"] {
        project = project.results(month, "1,,,45,100,\n2,,,60,100,");
        publish(project.path(), month, &["--edition", "public", "--force"]);
    }
    let folder = project.path();
    let site = |name: &str| {
        let said = run(folder, &["site", name, "--edition", "public"]);
        said.lines().filter(|line| line.contains('(')).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(site("www"), <[String; 0]>::default());
    edit(folder, "data/2016-01/results.csv", "2,,,60,100,", "2,,,61,100,");
    let commentary = folder.join("data/2016-01/commentary");
    fs::create_dir_all(&commentary).expect("made");
    fs::write(commentary.join("1.md"), "Fewer were seen.").expect("written");
    let said = site("new");
    let [said] = &said[..] else { panic!("{said:?}") };
    assert!(said.contains("January 2016: it has no page"), "{said}");
    assert!(said.contains("(indicator 2: figures, comparisons; commentary)"), "{said}");
    let of = |month: &str| {
        let page = folder.join("new").join(month).join("index.html");
        beside(&fs::read_to_string(page).expect("there"))
    };
    let link = |text: &str, address: &str| [(text.to_owned(), address.to_owned())];
    assert_eq!(of("2015-12"), link("Next: February 2016", "../2016-02/index.html"));
    assert_eq!(of("2016-02"), link("Previous: December 2015", "../2015-12/index.html"));
    // The definitions of every month are another.
    edit(folder, "indicators.toml", "target = 50", "target = 44");
    edit(folder, "indicators.toml", "name = 'Indicator 1'", "name = 'Another'");
    let said = site("other");
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].contains("(indicator 1: ratings, targets, definitions)"), "{said:?}");
}

/// A product that looks further back than the scorecard has all its periods, as in the pack: they are
/// frozen with the month.
#[test]
fn a_product_looks_as_far_back_as_it_did_when_it_was_published() {
    let product = "[[product]]\nid = 'long'\ntitle = 'A part'\nindicators = ['1']\ntrend = 40\n\
                   tables = ['trend']\n";
    let tables = indicator("1", ["H", "SS", "percent"], "") + product;
    let mut project = project("trend = 3", &tables);
    let first: scorecard::month::Month = "2012-10".parse().expect("a month");
    for back in 0..40 {
        let month = first.after(back).to_string();
        project = project.results(&month, &format!("1,,,{},100,", 11 + back));
    }
    publish(project.path(), "2016-01", &["--force"]);
    run(project.path(), &["site", "www"]);
    let page = words(&page(project.path(), "2016-01/long.html"));
    assert!(page.contains("11.0%") && page.contains("50.0%"), "{page}");
}

/// Every address within an `href`.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn every_link_leads_to_a_page_of_the_site_and_nothing_is_loaded() {
    let sample = sample();
    run(sample.path(), &["site", "www"]);
    let files = files_below(&sample.path().join("www"));
    let files: BTreeMap<String, String> = files
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("text")))
        .collect();
    let mut led_to = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| *path != "site.json") {
        for what in [" src=", "url(", "@import", "://", "<link", "<iframe"] {
            assert!(!text.contains(what), "{what} in {path}");
        }
        for link in links(text).filter(|link| !link.starts_with('#')) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let target = match link.strip_prefix("../") {
                Some(link) => link.to_owned(),
                None if folder.is_empty() => link.to_owned(),
                None => format!("{folder}/{link}"),
            };
            assert!(files.contains_key(&target), "{link} in {path} leads nowhere");
            led_to.insert(target);
        }
    }
    // Each page is led to, but for site.json, which is none.
    assert_eq!(led_to.len(), files.len() - 1, "{led_to:?}");
}

/// Ids that are no names of files, or are the same file on some computers.
#[test]
fn whatever_an_id_is_its_page_is_within_the_folder() {
    let kind = ["H", "SS", "percent"];
    let ids = ["con", "n1", "N1", "..", "9?", "é", "index"];
    let tables: String = ids.iter().map(|id| indicator(id, kind, "")).collect();
    let rows: Vec<_> = ids.iter().map(|id| format!("{id},,,55,100,")).collect();
    let product = "[[product]]\nid = 'index'\ntitle = 'A part'\nindicators = ['n1']\n";
    let project = project("", &(tables + product)).results("2016-01", &rows.join("\n"));
    publish(project.path(), "2016-01", &["--force"]);
    run(project.path(), &["site", "www"]);
    let files = files_below(&project.path().join("www"));
    let names: BTreeSet<_> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
    // The first page, the month, its product, the indicators and site.json.
    assert_eq!(names.len(), 4 + ids.len(), "{names:?}");
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    assert!(
        names.iter().all(|name| name.chars().all(is_plain) && !name.contains("..")),
        "{names:?}"
    );
    assert!(names.contains("indicators/n1.html") && !names.contains("indicators/con.html"));
}

#[test]
fn there_is_no_site_of_nothing_and_none_over_anything_else() {
    let project =
        project("", &indicator("1", ["H", "SS", "percent"], "")).results("2016-01", "1,,,55,100,");
    let folder = project.path();
    let said = refused(folder, &["site", "www"]);
    assert!(
        said.contains("nothing has been published") && said.contains("publish --month 2016-01"),
        "{said}"
    );
    assert!(!folder.join("www").exists());
    publish(folder, "2016-01", &[]);
    fs::create_dir(folder.join("mine")).expect("made");
    fs::write(folder.join("mine/notes.txt"), "mine").expect("written");
    for (target, why) in [
        ("mine", "mine is there already and is not a site"),
        (".", ". is there already and is not a site"),
        ("indicators.toml", "indicators.toml is where the report is made from"),
        ("data", "data is where the report is made from"),
    ] {
        let said = refused(folder, &["site", target]);
        assert!(said.contains(why), "{said}");
    }
    assert_eq!(files_below(&folder.join("mine")).len(), 1);
    // A link within the folder leads to no file of the project.
    #[cfg(unix)]
    {
        run(folder, &["site", "www"]);
        let definitions = fs::read(folder.join("indicators.toml")).expect("read");
        fs::remove_file(folder.join("www/index.html")).expect("removed");
        std::os::unix::fs::symlink(folder.join("indicators.toml"), folder.join("www/index.html"))
            .expect("a link");
        let said = refused(folder, &["site", "www"]);
        assert!(said.contains("is where the report is made from"), "{said}");
        assert_eq!(fs::read(folder.join("indicators.toml")).expect("read"), definitions);
    }
}

#[test]
fn what_is_damaged_is_not_shown() {
    let sample = sample();
    edit(sample.path(), "published/2016-01/1/inputs/data/2016-01/results.csv", "39,57", "57,57");
    let said = refused(sample.path(), &["site", "www"]);
    assert!(said.contains("[damaged-record]") && said.contains("nothing was written"), "{said}");
    assert!(!sample.path().join("www").exists());
}

/// With everything that is hard to show: months, benchmarks, statistics, gaps, products.
#[test]
fn every_page_comes_to_what_was_published_however_hard_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = crate::common::sample().join("tests/formats/project");
    snapbox::dir::copy_template(project, folder.path()).expect("copied");
    let months = fs::read_dir(folder.path().join("data")).expect("months");
    let months = months.map(|month| month.expect("a month").file_name().into_string());
    let months: BTreeSet<_> = months
        .map(|month| month.expect("text"))
        .filter(|month| month.parse::<scorecard::month::Month>().is_ok())
        .collect();
    for month in &months {
        let about = folder.path().join("data").join(month).join("month.toml");
        let has_meeting = fs::read_to_string(about).is_ok_and(|about| about.contains("meeting"));
        let meeting: &[&str] = if has_meeting { &[] } else { &["--meeting", "2030-03-22"] };
        run(folder.path(), &[&["publish", "--force", "-m", month], meeting].concat());
    }
    let said = run(folder.path(), &["site", "www"]);
    let all = format!("pages of {} published months", months.len());
    assert!(months.len() > 3 && said.contains(&all), "{said}");
    assert!(!said.contains("has no page") && !said.contains("not in it"), "{said}");
    for month in &months {
        page(folder.path(), &format!("{month}/index.html"));
    }
}

/// A public edition is frozen without its extracts: it is made of those that there are, for as long
/// as they come to what was published.
#[test]
fn a_public_site_has_nothing_that_was_not_published() {
    let kind = ["H", "SS", "percent"];
    let tables = indicator("1", kind, "target = 50\nfloor = 40")
        + "[disclosure]\nsmallest_shown = 6\nsmallest_out_of = 11\n";
    let project = project("marking = 'OFFICIAL-SENSITIVE'", &tables)
        .results("2015-12", "1,,,45,100,")
        .results("2016-01", "1,,,55,100,\n1,North,,23,47,");
    let folder = project.path();
    for (month, edition) in [("2015-12", "public"), ("2016-01", "public"), ("2016-01", "directors")]
    {
        publish(folder, month, &["--edition", edition, "--force"]);
    }
    let said = run(folder, &["site", "www", "--edition", "public"]);
    assert!(said.contains("4 pages of 2 published months"), "{said}");
    run(folder, &["site", "directors", "--edition", "directors"]);
    let said = refused(folder, &["site", "www", "--edition", "directors"]);
    assert!(said.contains("www is the site of the public edition"), "{said}");
    let directors = files_below(&folder.join("directors"));
    let is_marked = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("OFFICIAL-SENSITIVE");
    let pages = directors.iter().filter(|(path, _)| path != "site.json");
    assert!(pages.clone().count() == 3 && pages.clone().all(|(_, page)| is_marked(page)));
    let public = files_below(&folder.join("www"));
    assert!(!public.iter().any(|(_, page)| is_marked(page)), "the marking is for directors");
    for (path, bytes) in &public {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            !text.contains("results.csv") && !text.contains("How each figure came about"),
            "{path}"
        );
    }
    let index = words(&page(folder, "index.html"));
    assert!(
        index.contains("Edition Public") && index.contains("Not rated or not shown"),
        "{index}"
    );
    let one = words(&page(folder, "indicators/1.html"));
    assert!(one.contains("Bandings Green: 50% or more."), "{one}");

    // Corrected since, and not published again: its page stays, and in a new folder it has none.
    edit(folder, "data/2015-12/results.csv", "1,,,45,100,", "1,,,46,100,");
    let said = run(folder, &["site", "www", "--edition", "public", "--strict"]);
    let today = "since the data and definitions of today do not come to what was published \
                 (indicator 1: figures)";
    assert!(said.contains(&format!("December 2015: its page stays as it is, {today}")), "{said}");
    assert!(page(folder, "2015-12/index.html").contains("45.0%"));
    let january = page(folder, "2016-01/index.html");
    assert!(january.contains("<a href=\"../2015-12/index.html\">Previous:"), "{january}");
    // A script that asks for every page is told that one is missing, and nothing is written.
    let said = refused(folder, &["site", "new", "--edition", "public", "--strict"]);
    let missing = format!("December 2015: it has no page, {today}");
    assert!(said.contains(&missing) && said.contains("nothing was written"), "{said}");
    assert!(!folder.join("new").exists());
    let said = run(folder, &["site", "new", "--edition", "public"]);
    assert!(said.contains(&missing) && said.contains("publish --month 2015-12"), "{said}");
    assert!(said.contains("write the site into a folder that has its page"), "{said}");
    assert!(!folder.join("new/2015-12").exists());
    let january = fs::read_to_string(folder.join("new/2016-01/index.html")).expect("there");
    assert!(!january.contains("Previous:"), "it leads nowhere that is not there: {january}");
    let index = fs::read_to_string(folder.join("new/index.html")).expect("there");
    assert!(words(&index).contains("December 2015 0 1 0 0 The first"), "{}", words(&index));
    assert!(!index.contains("href=\"2015-12/"), "{index}");
}

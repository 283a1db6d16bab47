//! The page of an indicator: what it has beside its figures, which are those of other pages.

use std::fs;

use crate::rules::{Project, indicator, project};

/// Infants due a check, of whom those recorded decide whether the share that is breastfed is rated;
/// a gap within that; a paper and a framework that have it.
fn with_uses() -> Project {
    let share = "target = 45\nfloor = 40\ntags = ['start']\n\
        coverage = { indicator = 'HV8', needed = 85 }";
    let gap = "gap = { indicator = 'HV9', from = 'excluding-uasc', to = 'uasc' }";
    let tables = indicator("HV8", ["H", "Q", "percent"], "")
        + &indicator("HV9", ["H", "Q", "percent"], share)
        + &indicator("G", ["L", "Q", "percent"], gap)
        + "[[product]]\nid = 'health'\ntitle = 'Health of infants'\nindicators = ['HV9']\n"
        + "[[framework]]\nid = 'plan'\ntitle = 'The plan'\n"
        + "[[framework.column]]\nid = 'start'\nname = 'A good start'\n";
    project("", &tables)
        .results("2015-09", "HV8,,,3900,4000,\nHV9,,,1700,3900,")
        .results("2015-12", "HV8,,,4100,4196,\nHV9,,,1584,3411,")
}

fn page(project: &Project, args: &[&str]) -> String {
    let printed = project.printed(&[&["indicator"], args].concat());
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn it_says_where_the_indicator_is_used() {
    let project = with_uses();
    let of = |id| page(&project, &[id, "-m", "2015-12"]);
    let share = of("HV9");
    for said in [
        "Papers Health of infants (health)",
        "The plan A good start",
        "A gap within it ",
        "(indicator HV8)",
    ] {
        assert!(share.contains(said), "{said}: {share}");
    }
    assert!(of("HV8").contains("Decides whether it is rated "), "{}", of("HV8"));
    assert!(of("G").contains("It is a gap within "), "{}", of("G"));
    assert!(!of("G").contains("nowhere else"), "{}", of("G"));
    let alone = project_of_one().printed(&["indicator", "1", "-m", "2016-01"]);
    assert!(alone.contains("In the scorecard, and nowhere else."), "{alone}");
}

fn project_of_one() -> Project {
    let keys = "target = 50\nfloor = 40";
    project("", &indicator("1", ["H", "SS", "percent"], keys)).results("2016-01", "1,,,45,100,")
}

/// 45 of 100 is amber against 50% and 40%: 5 more would have done.
#[test]
fn it_has_the_periods_and_the_working() {
    let page = page(&project_of_one(), &["1", "-m", "2016-01"]);
    for said in ["Jan 2016 45.0% A 50.0% 40.0% 45 100", "45 ÷ 100 × 100 = 45.0%", "5 more"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

/// The report month and the five before it.
#[test]
fn it_has_the_commentary_of_six_months() {
    let mut project = project_of_one();
    for month in ["2015-07", "2015-08", "2015-12"] {
        project = project.results(month, "1,,,44,100,");
    }
    let none = page(&project, &["1", "-m", "2016-01"]);
    let said = "There is no commentary from the service in the 6 months up to January 2016.";
    assert!(none.contains(said), "{none}");
    for month in ["2015-07", "2015-08", "2015-12", "2016-01"] {
        let folder = project.path().join("data").join(month).join("commentary");
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("1.md"), format!("What was said in {month}.")).expect("written");
    }
    let page = page(&project, &["1", "-m", "2016-01"]);
    let at = |month: &str| page.find(&format!("What was said in {month}."));
    assert!(at("2016-01") < at("2015-12") && at("2015-12") < at("2015-08"), "{page}");
    assert!(at("2016-01").is_some() && at("2015-07").is_none(), "{page}");
}

#[test]
fn without_an_id_there_is_a_page_for_each_indicator() {
    let project = with_uses();
    let all = page(&project, &["-m", "2015-12"]);
    assert_eq!(all.matches("Where it is used").count(), 3, "{all}");
    let of_product = page(&project, &["-m", "2015-12", "--product", "health"]);
    assert_eq!(of_product.matches("Where it is used").count(), 1, "{of_product}");
}

/// One without figures and without a target has nothing to draw, in every format.
#[test]
fn it_can_be_written_without_a_figure() {
    let project =
        project("", &indicator("1", ["H", "SS", "percent"], "")).results("2015-12", "1,,,[c],,");
    for format in ["text", "markdown", "html", "xlsx", "ods", "docx"] {
        let file = project.path().join(format);
        let file = file.to_str().expect("a path");
        project.printed(&["indicator", "1", "-m", "2015-12", "-f", format, "-o", file]);
        assert!(fs::metadata(file).expect("written").len() > 100, "{format}");
    }
}

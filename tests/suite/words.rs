//! Every sentence of the covering report and of the summary: with one indicator and with several,
//! with nothing red and with everything red.

use scorecard::layout::prose::Prose;
use scorecard::layout::{Block, pack};

use crate::common::with_scorecard;
use crate::rules::{Project, indicator, project};

/// The sentences of the covering report: headings, paragraphs and items.
fn covering(project: &Project, month: &str) -> Vec<String> {
    let blocks = with_scorecard(project.path(), month, &[], |scorecard| pack(scorecard).covering);
    let mut said = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(heading) => said.push(format!("# {heading}")),
            Block::Prose(prose) => said.extend(prose.iter().map(words)),
            _ => {}
        }
    }
    said
}

fn words(prose: &Prose) -> String {
    let (mark, spans) = match prose {
        Prose::Paragraph(spans) | Prose::Heading(spans) => ("", spans),
        Prose::Item { spans, .. } => ("- ", spans),
        Prose::Row { .. } => panic!("a covering report has no such table"),
    };
    format!("{mark}{}", spans.iter().map(|span| span.text.as_str()).collect::<String>())
}

/// So many percentages with a target of 60 and a floor of 50, and no arrow but from the month before.
fn percentages(count: usize) -> Project {
    let one = |id: usize| {
        indicator(
            &id.to_string(),
            ["H", "SS", "percent"],
            &format!("target = 60\nfloor = 50\nshort = 'Visits {}'", ["in time", "made"][id % 2]),
        )
    };
    let tables: String = (1..=count).map(one).collect();
    project("compare = ['previous']\ntargets_for = '2015/16'", &tables)
}

/// Rows with these numerators out of 100.
fn rows(numerators: &[i64]) -> String {
    let row = |(index, numerator): (usize, &i64)| format!("{},,,{numerator},100,", index + 1);
    numerators.iter().enumerate().map(row).collect::<Vec<_>>().join("\n")
}

/// The covering report of December, after a November.
fn report(november: &[i64], december: &[i64]) -> Vec<String> {
    let project = percentages(december.len());
    let project = project.results("2015-11", &rows(november)).results("2015-12", &rows(december));
    covering(&project, "2015-12")
}

const RATED: &str = "Each result is rated against the target for 2015/16: green where the target is \
                     met, amber where it is missed and the floor is met, red where the floor is \
                     missed.";

#[test]
fn one_indicator_that_is_red() {
    assert_eq!(
        report(&[55], &[40]),
        [
            "# How County performed in December 2015 on 1 indicator",
            "The indicator is red.",
            RATED,
            "# Direction of travel",
            "Since November 2015, 1 worsened.",
            "# Changes of rating",
            "One indicator has become red:",
            "- Visits made (indicator 1): 40.0%, target 60%; amber in November 2015",
        ]
    );
}

#[test]
fn one_indicator_that_stays_red_leaves_red_or_has_no_figure() {
    let kept = report(&[41], &[40]);
    assert_eq!(
        kept[4..],
        [
            "Since November 2015, 1 worsened. The one that worsened did so by two people or fewer.",
            "# Changes of rating",
            "One indicator is red:",
            "- Visits made (indicator 1): 40.0%, target 60%; since November 2015 or before",
        ]
    );
    let left = report(&[40], &[55]);
    assert_eq!(
        left[1..],
        [
            "The indicator is amber.",
            RATED,
            "# Direction of travel",
            "Since November 2015, 1 improved.",
            "# Changes of rating",
            "No indicator is red.",
            "One indicator is no longer red:",
            "- Visits made (indicator 1): 55.0%, target 60%, now amber; red in November 2015",
        ]
    );
    let gone = percentages(1).results("2015-11", &rows(&[40])).results("2015-12", "1,,,5,0,");
    assert_eq!(
        covering(&gone, "2015-12")[1..],
        [
            "The indicator is not rated.",
            "# Direction of travel",
            "Nothing can be compared with the period before.",
            "# Changes of rating",
            "No indicator is red.",
            "One indicator was red and has no result:",
            "- Visits made (indicator 1): no result; red in November 2015",
        ]
    );
}

#[test]
fn several_with_nothing_red() {
    assert_eq!(
        report(&[70, 65], &[70, 62]),
        [
            "# How County performed in December 2015 on 2 indicators",
            "Both indicators are green.",
            RATED,
            "# Direction of travel",
            "Since November 2015, 1 stayed the same and 1 worsened.",
            "# Changes of rating",
            "No indicator is red.",
        ]
    );
    let mixed = report(&[70, 55, 65], &[70, 55, 55]);
    assert_eq!(mixed[1], "Of the 3 indicators, 1 is green and 2 amber.");
    assert_eq!(
        mixed[5..],
        [
            "# Changes of rating",
            "No indicator is red.",
            "One indicator has changed rating:",
            "- Visits made (indicator 3): 55.0%, target 60%, now amber; green in November 2015",
        ]
    );
}

#[test]
fn several_with_everything_red() {
    assert_eq!(
        report(&[55, 42, 70], &[40, 40, 40]),
        [
            "# How County performed in December 2015 on 3 indicators",
            "All 3 indicators are red.",
            RATED,
            "# Direction of travel",
            "Since November 2015, 3 worsened. Of the 3, 1 worsened by two people or fewer.",
            "# Changes of rating",
            "Two indicators have become red:",
            "- Visits made (indicator 1): 40.0%, target 60%; amber in November 2015",
            "- Visits made (indicator 3): 40.0%, target 60%; green in November 2015",
            "One other indicator is red:",
            "- Visits in time (indicator 2): 40.0%, target 60%; since November 2015 or before",
        ]
    );
    let all = report(&[42, 42], &[40, 40]);
    assert_eq!(all[1], "Both indicators are red.");
    assert_eq!(
        all[4], "Since November 2015, 2 worsened. All 2 worsened by two people or fewer.",
        "both by two"
    );
    assert_eq!(all[6], "Two indicators are red:");
}

#[test]
fn some_red_some_left_and_some_changed() {
    let said = report(&[40, 42, 55, 45, 65], &[55, 65, 40, 40, 55]);
    assert_eq!(
        said[1..],
        [
            "Of the 5 indicators, 1 is green, 2 amber and 2 red.",
            RATED,
            "# Direction of travel",
            "Since November 2015, 2 improved and 3 worsened.",
            "# Changes of rating",
            "One indicator has become red:",
            "- Visits made (indicator 3): 40.0%, target 60%; amber in November 2015",
            "Two indicators are no longer red:",
            "- Visits made (indicator 1): 55.0%, target 60%, now amber; red in November 2015",
            "- Visits in time (indicator 2): 65.0%, target 60%, now green; red in November 2015",
            "One other indicator is red:",
            "- Visits in time (indicator 4): 40.0%, target 60%; since November 2015 or before",
            "One other indicator has changed rating:",
            "- Visits made (indicator 5): 55.0%, target 60%, now amber; green in November 2015",
        ]
    );
}

/// Without a cohort: none, one and all of those that can be compared, one and several.
#[test]
fn without_a_cohort() {
    let last = |all: &[i64], without: &[i64]| {
        let excluding = |(index, numerator): (usize, &i64)| {
            format!("\n{},,excluding-uasc,{numerator},100,", index + 1)
        };
        let excluding: String = without.iter().enumerate().map(excluding).collect();
        let project = percentages(all.len());
        let project = project.results("2015-12", &format!("{}{excluding}", rows(all)));
        let said = covering(&project, "2015-12");
        let start = said.iter().position(|said| said == "# Impact of UASC").expect("a heading");
        said[start + 1..].to_vec()
    };
    assert_eq!(
        last(&[40], &[42]),
        ["Without UASC, the one indicator that can be compared would not be rated differently."]
    );
    assert_eq!(
        last(&[40, 40], &[42, 42]),
        ["Without UASC, none of the 2 indicators that can be compared would be rated differently."]
    );
    let item = "- Visits made (indicator 1): 62.0%, green, instead of 40.0%, red";
    assert_eq!(
        last(&[40], &[62]),
        ["Without UASC, the one indicator that can be compared would be rated differently:", item]
    );
    assert_eq!(
        last(&[40, 40], &[62, 42]),
        [
            "Without UASC, one of the 2 indicators that can be compared would be rated differently:",
            item
        ]
    );
    assert_eq!(
        last(&[40, 40], &[62, 62])[0],
        "Without UASC, all 2 indicators that can be compared would be rated differently:"
    );
}

/// The summary names what is amber and close to red, what is a priority, and which area is worst.
#[test]
fn the_summary_is_the_reds() {
    let keys = "target = 85\nfloor = 76.5\ncounted = 'visits in time'\nout_of = 'visits due'";
    let tables = [
        indicator("9", ["H", "SS", "percent"], keys),
        indicator("8", ["H", "SS", "percent"], &format!("{keys}\npriority = true")),
        indicator("7", ["H", "SS", "percent"], &format!("{keys}\npriority = true")),
        indicator("6", ["H", "SS", "percent"], keys),
    ]
    .concat();
    // Of Kent in January 2016: 39 of 57 (9) and 46 of 60 (8).
    let rows = "9,,,39,57,\n9,North,,10,20,\n9,South,,29,37,\n8,,,46,60,\n7,,,90,100,\n6,,,82,100,";
    let project = project("", &tables).results("2015-09", rows);
    let summary = project.printed(&["-m", "2015-09", "-t", "summary"]);
    let table: Vec<_> = summary
        .lines()
        .skip_while(|line| !line.starts_with("ID"))
        .take_while(|line| !line.starts_with("Key"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.starts_with('─'))
        .collect();
    assert_eq!(
        table,
        [
            "ID Indicator RAG Result Target What it would take Worst area Red since",
            "Red",
            "9 Indicator 9 R 68.4% 85.0% 5 more of the 57 visits due, in time, for amber; 10 for \
             green North 50.0% Sep 2015 or before",
            "",
            "Amber, and close to red",
            "8 Indicator 8 (priority) A 76.7% 85.0% 5 more of the 60 visits due, in time, for green \
             - -",
            "",
            "Other priorities",
            "7 Indicator 7 (priority) G 90.0% 85.0% - - -",
            "",
        ]
    );
}

/// The sentence about what worsened, after eleven usual months and this December.
fn varied(december: &[i64]) -> Option<String> {
    varied_without(december, 0)
}

/// The same where the last so many indicators have no limits.
fn varied_without(december: &[i64], without: usize) -> Option<String> {
    let one = |id: usize| {
        let has_limits = id <= december.len() - without;
        indicator(&id.to_string(), ["H", "SS", "percent"], &format!("spc = {has_limits}"))
    };
    let tables: String = (1..=december.len()).map(one).collect();
    let mut project = project("compare = ['previous']", &tables);
    for month in 1..=11 {
        let usual = vec![[80, 82][month % 2]; december.len()];
        project = project.results(&format!("2015-{month:02}"), &rows(&usual));
    }
    let project = project.results("2015-12", &rows(december));
    let page = project.printed(&["-m", "2015-12", "-t", "summary"]);
    let paragraphs = page.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    let said = paragraphs.filter(|paragraph| paragraph.contains(" worsened since "));
    said.map(|said| said.trim().to_owned()).next()
}

/// How many worsened by more than usual: one, several, none, and more than there is room to name.
#[test]
fn what_worsened_more_than_usual_is_named() {
    assert_eq!(
        varied(&[40]).as_deref(),
        Some(
            "1 worsened since November 2015; that is more than the usual variation: Indicator 1 (indicator \
         1)."
        )
    );
    assert_eq!(
        varied(&[80]).as_deref(),
        Some("1 worsened since November 2015; that is no more than the usual variation.")
    );
    assert_eq!(
        varied(&[80, 80, 90]).as_deref(),
        Some(
            "2 worsened since November 2015; for none of them it is more than the usual variation."
        )
    );
    assert_eq!(
        varied(&[40, 80, 40]).as_deref(),
        Some(
            "3 worsened since November 2015; for 2 of them it is more than the usual variation: Indicator 1 \
         (indicator 1) and Indicator 3 (indicator 3)."
        )
    );
    assert_eq!(
        varied(&[40; 6]).as_deref(),
        Some(
            "6 worsened since November 2015; for 6 of them it is more than the usual variation: indicators \
         1, 2, 3, 4, 5 and 6."
        )
    );
    assert_eq!(
        varied(&[40; 13]).as_deref(),
        Some(
            "13 worsened since November 2015; for 13 of them it is more than the usual variation."
        )
    );
    assert_eq!(varied(&[90, 82]), None, "nothing worsened");
    assert_eq!(
        varied_without(&[40, 40, 40], 2).as_deref(),
        Some(
            "3 worsened since November 2015; for 1 of them it is more than the usual variation (of 2 it \
             cannot be said): Indicator 1 (indicator 1)."
        )
    );
    assert_eq!(
        varied_without(&[90, 40], 1).as_deref(),
        Some(
            "1 worsened since November 2015; whether that is more than the usual variation cannot be \
             said."
        )
    );
    assert_eq!(
        varied_without(&[90, 40, 40], 2).as_deref(),
        Some(
            "2 worsened since November 2015; whether that is more than the usual variation cannot be \
             said."
        )
    );
}

/// Figures that rose this month and have been below their average for seven months: one and several.
#[test]
fn what_is_concerning_and_did_not_worsen_is_named() {
    let months = [90, 92, 90, 92, 90, 80, 82, 80, 82, 80, 82, 83];
    let said = |count: usize| {
        let one = |id: usize| indicator(&id.to_string(), ["H", "SS", "percent"], "spc = true");
        let tables: String = (1..=count).map(one).collect();
        let mut project = project("compare = ['previous']", &tables);
        for (month, figure) in (1..).zip(months) {
            project = project.results(&format!("2015-{month:02}"), &rows(&vec![figure; count]));
        }
        let page = project.printed(&["-m", "2015-12", "-t", "summary"]);
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let page = said(1);
    let one = "1 that did not worsen is concerning over a longer time: Indicator 1 (indicator 1).";
    assert!(page.contains(one), "{page}");
    let page = said(2);
    let two = "2 that did not worsen are concerning over a longer time: Indicator 1 (indicator 1) and \
               Indicator 2 (indicator 2).";
    assert!(page.contains(two), "{page}");
}

/// What the covering report says of ratings and arrows is the same with statistics.
#[test]
fn a_covering_report_is_the_same_with_statistics() {
    let plain = percentages(3);
    let tables: String = (1..=3)
        .map(|id| {
            let name = ["in time", "made"][id % 2];
            let keys = format!("target = 60\nfloor = 50\nshort = 'Visits {name}'\nspc = true");
            indicator(&id.to_string(), ["H", "SS", "percent"], &keys)
        })
        .collect();
    let asked = project("compare = ['previous']\ntargets_for = '2015/16'", &tables);
    let months = [("2015-11", rows(&[55, 42, 70])), ("2015-12", rows(&[40, 40, 40]))];
    let [plain, asked] = [plain, asked].map(|project| {
        let project =
            months.iter().fold(project, |project, (month, rows)| project.results(month, rows));
        covering(&project, "2015-12")
    });
    assert_eq!(plain, asked);
}

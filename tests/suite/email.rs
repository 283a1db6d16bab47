//! The summary as an e-mail: what Outlook shows, and nothing that it would drop or run.

use crate::common::{printed, sample, scorecard};
use crate::rules::{indicator, project};

fn run(args: &[&str]) -> String {
    printed(args, scorecard(&sample()).args(args).output().expect("it runs"))
}

/// The published counts of January 2016, and the six reds with what each would take.
#[test]
fn it_has_the_counts_and_the_reds() {
    for (format, more) in [("html", " &nbsp;|&nbsp; "), ("text", "- ")] {
        let mail = run(&["email", "-m", "2016-01", "-f", format]);
        let one_line = mail.split_whitespace().collect::<Vec<_>>().join(" ");
        for name in [
            "New PF arrangements where visits were held within 6 weeks",
            "CIC Placement Stability: % with 3 or more placements in the last 12 months",
            "CIC cases which were reviewed within required timescales",
            "Cases adoption agreed as plan by 2nd review, for those with an agency decision",
            "Ave. no of days between court authority to place a child and the decision on a match",
            "Children leaving care who were adopted",
            "5 more of the 57 visits due, in time, for amber; 10 for green",
            "Draft paper; figures final",
            more,
        ] {
            assert!(one_line.contains(name), "{name} is not in\n{mail}");
        }
    }
    let html = run(&["email", "-m", "2016-01", "-f", "html"]);
    for count in ["<strong>17</strong>&nbsp;Green", "<strong>21</strong>&nbsp;Amber"] {
        assert!(html.contains(count), "{html}");
    }
    let text = run(&["email", "-m", "2016-01"]);
    assert!(text.contains("17 green, 21 amber, 6 red."), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
}

/// Outlook drops style sheets, scripts, pictures of vectors and boxes, and every class with them.
#[test]
fn it_has_nothing_that_outlook_drops() {
    let html = run(&["email", "-m", "2016-01", "-f", "html"]);
    for dropped in ["<style", "<script", "<svg", "<div", "class=", "flex", "grid", "var(", "href="]
    {
        assert!(!html.contains(dropped), "{dropped} is in it");
    }
    let cells = html.matches("<td").count() + html.matches("<th").count();
    assert!(cells > 100 && html.matches(";font-size:13px").count() > 100, "{cells} cells");
}

/// A name is text, whatever is in it.
#[test]
fn a_name_is_no_markup() {
    let keys = "target = 60\nfloor = 50\nshort = '<b onload=\"x\">&'";
    let project = project("", &indicator("1", ["H", "SS", "percent"], keys))
        .results("2015-12", "1,,,40,100,");
    let html = project.printed(&["email", "-m", "2015-12", "-f", "html"]);
    assert!(html.contains("&lt;b onload=&quot;x&quot;&gt;&amp;"), "{html}");
    assert!(!html.contains("<b "), "{html}");
}

/// One that is green is not in it, and where nothing is red it says so.
#[test]
fn it_says_that_nothing_is_red() {
    let project = project("", &indicator("1", ["H", "SS", "percent"], "target = 60\nfloor = 50"))
        .results("2015-12", "1,,,70,100,");
    let text = project.printed(&["email", "-m", "2015-12"]);
    assert!(text.contains("1 indicator: 1 green, 0 amber, 0 red."), "{text}");
    assert!(text.contains("No indicator is red.") && !text.contains("Indicator 1"), "{text}");
}

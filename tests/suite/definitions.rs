//! What is wrong with a definitions file is told in one run, also where it is not TOML.

use scorecard::definition::Definition;
use scorecard::diagnostic::{Findings, Source};

/// Where the findings about a text are, with their codes.
fn found(text: &str) -> Vec<String> {
    let mut findings = Findings::default();
    assert!(
        Definition::parse(&Source::new("indicators.toml".into(), text.to_owned()), &mut findings)
            .is_none()
    );
    let place = |finding: &scorecard::diagnostic::Finding| {
        finding.place.as_ref().and_then(|place| place.line).unwrap_or(0)
    };
    let mut found: Vec<_> = findings
        .iter()
        .map(|finding| format!("{} {}", place(finding), finding.code.as_str()))
        .collect();
    found.sort();
    found
}

#[test]
fn a_line_that_is_not_toml_hides_nothing_below_it() {
    let text = "[scorecard]\ntitle = \"T\"\narea = \"A\"\n[[indicator]]\nid = \"1\"\nunit \"percent\"\nsection = \"S\"\n\
                name = \"N\"\npolarity = \"H\"\nperiod = \"SS\"\n[[indicator]]\nid = 2\nflor = 5\ntarget: 95\n";
    assert_eq!(found(text), ["12 wrong-type", "13 unknown-key", "14 toml-syntax", "6 toml-syntax"]);
}

#[test]
fn one_slip_is_told_once() {
    assert_eq!(
        found("[scorecard]\ntitle = \"T\"\narea = A rea\n[[indicator]\nid = \"1\"\n")
            .iter()
            .filter(|line| line.ends_with("toml-syntax"))
            .count(),
        2
    );
}

#[test]
fn a_file_of_nonsense_comes_to_an_end() {
    let nonsense = "not toml at all\n".repeat(2000);
    assert_eq!(found(&nonsense).len(), 2000);
    assert!(!found("a = [\n\"x\",\n").is_empty());
}

#[test]
fn there_is_an_end_to_cohorts() {
    let of = |count: usize| {
        let indicator = "[[indicator]]\nid = \"1\"\nsection = \"S\"\nname = \"N\"\npolarity = \"H\"\nperiod = \"SS\"\nunit = \"number\"\n";
        let cohorts = (1..=count).map(|id| format!("[[cohort]]\nid = \"c{id}\"\nname = \"C\"\n"));
        format!(
            "[scorecard]\ntitle = \"T\"\narea = \"A\"\n[[area]]\nname = \"A\"\n{}{indicator}",
            cohorts.collect::<String>()
        )
    };
    assert_eq!(found(&of(1001)), ["3006 bad-value"]);
    assert!(
        Definition::parse(
            &Source::new("indicators.toml".into(), of(1000)),
            &mut Findings::default()
        )
        .is_some()
    );
}

//! A single run reports everything that is wrong with a definitions file, even if it is not valid
//! TOML.

use scorecard::definition::Definition;
use scorecard::diagnostic::{Findings, Source};

/// The line and code of each finding about a text, sorted.
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
    let text = "[scorecard]\ntitle = \"T\"\narea = \"A\"\n\
                [[indicator]]\nid = \"1\"\nunit \"percent\"\nsection = \"S\"\n\
                name = \"N\"\npolarity = \"H\"\nperiod = \"SS\"\n\
                [[indicator]]\nid = 2\nflor = 5\ntarget: 95\n";
    assert_eq!(found(text), ["12 wrong-type", "13 unknown-key", "14 toml-syntax", "6 toml-syntax"]);
}

#[test]
fn one_mistake_is_reported_once() {
    assert_eq!(
        found("[scorecard]\ntitle = \"T\"\narea = A rea\n[[indicator]\nid = \"1\"\n")
            .iter()
            .filter(|line| line.ends_with("toml-syntax"))
            .count(),
        2
    );
}

#[test]
fn a_file_of_nonsense_is_read_to_its_end() {
    let nonsense = "not toml at all\n".repeat(2000);
    assert_eq!(found(&nonsense).len(), 2000);
    assert!(!found("a = [\n\"x\",\n").is_empty());
}

#[test]
fn the_number_of_cohorts_is_limited() {
    let of = |count: usize| {
        let indicator = "[[indicator]]\nid = \"1\"\nsection = \"S\"\nname = \"N\"\n\
                         polarity = \"H\"\nperiod = \"SS\"\nunit = \"number\"\n";
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

/// Every list of tables needs double brackets. Single brackets are reported once, however often
/// they occur, and hide no other finding.
#[test]
fn single_brackets_are_one_mistake() {
    let indicator = |id: u8| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"N{id}\"\npolarity = \"H\"\n\
             period = \"SS\"\nunit = \"number\"\n"
        )
    };
    let valid = format!(
        "[scorecard]\ntitle = \"T\"\narea = \"A\"\n\
         [[area]]\nname = \"A\"\n\n[[area]] # below\nname = \"B\"\nparent = \"A\"\n{}{}\
         [[cohort]]\nid = \"c\"\nname = \"C\"\n[[cohort.group]]\nareas = [\"B\"]\n\
         [[cohort.group]]\nindicators = [\"2\"]\n\
         [[activity]]\nid = \"a\"\nname = \"A\"\n[[activity]]\nid = \"b\"\nname = \"B\"\n\
         [[identity]]\n[[identity.same]]\nindicator = \"1\"\n[[identity.same]]\nactivity = \"b\"\n",
        indicator(1),
        indicator(2)
    );
    let parse = |text: &str| {
        let mut findings = Findings::default();
        let source = Source::new("indicators.toml".into(), text.to_owned());
        assert!(Definition::parse(&source, &mut findings).is_none(), "{text}");
        findings
    };
    let mut findings = Findings::default();
    assert!(
        Definition::parse(&Source::new("valid".into(), valid.clone()), &mut findings).is_some()
    );
    for name in
        ["area", "indicator", "cohort", "cohort.group", "activity", "identity", "identity.same"]
    {
        let wrong = valid.replace(&format!("[[{name}]]"), &format!("[{name}]"));
        let findings = parse(&wrong);
        let [finding] = &findings.iter().collect::<Vec<_>>()[..] else {
            panic!("[{name}] is one mistake: {findings:?}")
        };
        assert_eq!(finding.code.as_str(), "wrong-type");
        assert!(finding.remedy.contains(&format!("write [[{name}]]")), "{}", finding.remedy);
        let line = wrong.lines().position(|line| line.starts_with(&format!("[{name}]"))).unwrap();
        let place = finding.place.as_ref().unwrap();
        assert_eq!((place.line, place.column), (u32::try_from(line + 1).ok(), Some(1)));
    }

    // Only one header, all of them at once, and one together with other mistakes further down.
    let one = valid.replacen("[[indicator]]", "[indicator]", 1);
    assert_eq!(parse(&one).len(), 1);
    let all = valid.replace("[[", "[").replace("]]", "]");
    assert_eq!(parse(&all).len(), 7);
    let other = valid.replace("[[area]]", "[area]").replace("parent = \"A\"", "parent: \"A\"");
    let other = other.replace("unit = \"number\"", "unit = \"numbers\"");
    assert_eq!(found(&other), ["16 bad-value", "23 bad-value", "4 wrong-type", "9 toml-syntax"]);

    // Inside a multi-line text it is just text.
    let text = valid.replace("title = \"T\"", "title = \"\"\"\n[area]\n\"\"\"");
    assert!(Definition::parse(&Source::new("text".into(), text), &mut findings).is_some());
    assert!(findings.is_empty(), "{findings:?}");
}

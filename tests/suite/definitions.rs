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

/// Whatever is one of a list has double brackets. Single ones are one slip, however often they are
/// there, and hide nothing else.
#[test]
fn single_brackets_are_one_slip() {
    let indicator = |id: u8| {
        format!(
            "[[indicator]]\nid = \"{id}\"\nsection = \"S\"\nname = \"N{id}\"\npolarity = \"H\"\n\
             period = \"SS\"\nunit = \"number\"\n"
        )
    };
    let sound = format!(
        "[scorecard]\ntitle = \"T\"\narea = \"A\"\n[[area]]\nname = \"A\"\n\n[[area]] # below\nname = \"B\"\n\
         parent = \"A\"\n{}{}[[cohort]]\nid = \"c\"\nname = \"C\"\n[[cohort.group]]\nareas = [\"B\"]\n\
         [[cohort.group]]\nindicators = [\"2\"]\n[[activity]]\nid = \"a\"\nname = \"A\"\n[[activity]]\nid = \"b\"\n\
         name = \"B\"\n[[identity]]\n[[identity.same]]\nindicator = \"1\"\n[[identity.same]]\nactivity = \"b\"\n",
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
        Definition::parse(&Source::new("sound".into(), sound.clone()), &mut findings).is_some()
    );
    for name in
        ["area", "indicator", "cohort", "cohort.group", "activity", "identity", "identity.same"]
    {
        let slip = sound.replace(&format!("[[{name}]]"), &format!("[{name}]"));
        let findings = parse(&slip);
        let [finding] = &findings.iter().collect::<Vec<_>>()[..] else {
            panic!("[{name}] is one slip: {findings:?}")
        };
        assert_eq!(finding.code.as_str(), "wrong-type");
        assert!(finding.remedy.contains(&format!("write [[{name}]]")), "{}", finding.remedy);
        let line = slip.lines().position(|line| line.starts_with(&format!("[{name}]"))).unwrap();
        let place = finding.place.as_ref().unwrap();
        assert_eq!((place.line, place.column), (u32::try_from(line + 1).ok(), Some(1)));
    }

    // Only one of several, all of them at once, and something else that is wrong further down.
    let one = sound.replacen("[[indicator]]", "[indicator]", 1);
    assert_eq!(parse(&one).len(), 1);
    let all = sound.replace("[[", "[").replace("]]", "]");
    assert_eq!(parse(&all).len(), 7);
    let other = sound.replace("[[area]]", "[area]").replace("parent = \"A\"", "parent: \"A\"");
    let other = other.replace("unit = \"number\"", "unit = \"numbers\"");
    assert_eq!(found(&other), ["16 bad-value", "23 bad-value", "4 wrong-type", "9 toml-syntax"]);

    // In a text of several lines it is text.
    let text = sound.replace("title = \"T\"", "title = \"\"\"\n[area]\n\"\"\"");
    assert!(Definition::parse(&Source::new("text".into(), text), &mut findings).is_some());
    assert!(findings.is_empty(), "{findings:?}");
}

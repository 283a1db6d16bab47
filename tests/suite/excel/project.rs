//! A month of files, read in this process.

use std::fs;

use scorecard::definition::Definition;
use scorecard::diagnostic::{Finding, Findings, Source};
use scorecard::extract::{CommentaryPlan, Extract, MonthFolder, SharedFiles};
use scorecard::figure::Amount;
use scorecard::input::Ledger;
use scorecard::population::Population;

/// What the files are read with: a percentage, an average and a number, a cohort, two areas with
/// punctuation in their names.
const DEFINITIONS: &str = r#"
[scorecard]
title = "T"
area = "Kent"
[[area]]
name = "Kent"
[[area]]
name = "St Mary’s"
parent = "Kent"
[[area]]
name = "North Kent"
parent = "Kent"
was = ["Kent - North"]
[[indicator]]
id = "9"
section = "S"
name = "A percentage"
polarity = "H"
period = "SS"
unit = "percent"
[[indicator]]
id = "01"
section = "S"
name = "An average"
polarity = "H"
period = "SS"
unit = "average"
[[indicator]]
id = "7"
section = "S"
name = "A number"
polarity = "L"
period = "SS"
unit = "number"
[[indicator]]
id = "1.1"
section = "S"
name = "The first of two"
polarity = "L"
period = "SS"
unit = "number"
[[indicator]]
id = "1.10"
section = "S"
name = "The tenth"
polarity = "L"
period = "SS"
unit = "number"
[[indicator]]
id = "SCS-1"
section = "S"
name = "With a dash"
polarity = "L"
period = "SS"
unit = "number"
[[cohort]]
id = "uasc"
name = "UASC"
[[activity]]
id = "referrals"
name = "Referrals"
[[activity]]
id = "starts - in"
name = "Starts"
"#;

/// What was read of a month.
pub struct Month {
    definition: Definition,
    extract: Extract,
    findings: Vec<Finding>,
}

/// Reads January 2016, made of these files.
pub fn read(files: &[(&str, &[u8])]) -> Month {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder"))
            .and_then(|()| fs::write(path, bytes))
            .expect("written");
    }
    let mut findings = Findings::default();
    let definition = Definition::parse(
        &Source::new("indicators.toml".into(), DEFINITIONS.to_owned()),
        &mut findings,
    );
    let definition = definition.unwrap_or_else(|| panic!("{findings:?}"));
    let from = MonthFolder {
        path: folder.path(),
        ledger: &Ledger::default(),
        commentary: &CommentaryPlan::All,
        finds_stray_commentary: false,
        shared: &SharedFiles::default(),
    };
    let extract = Extract::read(&definition, "2016-01".parse().expect("a month"), from);
    let findings = extract.findings.sorted().into_iter().cloned().collect();
    Month { definition, extract, findings }
}

/// Reads results from one CSV file.
pub fn read_csv(bytes: impl AsRef<[u8]>) -> Month {
    read(&[("results.csv", bytes.as_ref())])
}

impl Month {
    /// What the month says of an indicator: `20 of 25`, `10.8`, `no figure`, `[c]`, or `no row`.
    pub fn figure(&self, indicator: &str, area: &str) -> String {
        let indicator = self.definition.find_indicator(indicator).expect("it is defined");
        let area = self.definition.find_area(area).expect("it is defined");
        let row = self.extract.results.row(area, indicator, Population::Everyone);
        row.map_or_else(|| "no row".to_owned(), |row| said(row.amount().as_ref()))
    }

    /// Where the row of an indicator stands.
    pub fn place(&self, indicator: &str, area: &str) -> String {
        let indicator = self.definition.find_indicator(indicator).expect("it is defined");
        let area = self.definition.find_area(area).expect("it is defined");
        let row = self.extract.results.row(area, indicator, Population::Everyone).expect("a row");
        file_name(&self.extract.results.place(row).to_string())
    }

    /// What the month says of an activity.
    pub fn activity(&self, activity: &str, area: &str) -> String {
        let activity = self.definition.find_activity(activity).expect("it is defined");
        let area = self.definition.find_area(area).expect("it is defined");
        let entry = self.extract.activities.of(area, activity);
        entry.map_or_else(|| "no row".to_owned(), |entry| said(entry.amount.as_ref()))
    }

    /// How many rows of results there are in all.
    pub fn rows(&self) -> usize {
        let rows = |area| {
            self.definition
                .indicator_ids()
                .map(move |indicator| self.extract.results.of(area, indicator).len())
        };
        self.definition.area_ids().flat_map(rows).sum()
    }

    /// The findings: `code file:line: what was found`.
    pub fn found(&self) -> Vec<String> {
        let text = |finding: &Finding| {
            let place = finding
                .place
                .as_ref()
                .map_or_else(String::new, |place| file_name(&place.to_string()));
            format!("{} {place}: {}", finding.code.as_str(), finding.found)
        };
        self.findings.iter().map(text).collect()
    }

    /// The codes of the findings.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    /// What to do about the findings.
    pub fn remedies(&self) -> Vec<&str> {
        self.findings.iter().map(|finding| finding.remedy.as_str()).collect()
    }

    /// What the excerpts of the findings point at.
    pub fn marked(&self) -> Vec<&str> {
        self.findings
            .iter()
            .filter_map(|finding| finding.excerpt.as_ref())
            .map(|excerpt| &excerpt.text[excerpt.span.clone()])
            .collect()
    }
}

/// A place without the folder that it is in.
pub fn file_name(place: &str) -> String {
    place.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn said(amount: Option<&Amount>) -> String {
    match amount {
        None => "no figure".to_owned(),
        Some(Amount::Gap(_)) => "a gap".to_owned(),
        Some(Amount::Low) => "low".to_owned(),
        Some(Amount::NoFigure(reason)) => reason.as_str().to_owned(),
        Some(Amount::Suppressed) => "[c]".to_owned(),
        Some(Amount::Value(value)) => value.to_string(),
        Some(Amount::Ratio { numerator, denominator }) => format!("{numerator} of {denominator}"),
    }
}

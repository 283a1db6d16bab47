//! The published cases of statistics, of which the sources say different things: each gives here
//! what the file says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use scorecard::figure::{Decimal, Ratio};
use scorecard::statistics::trend::{self, Trend, YearOfCases, YearOfValues};
use scorecard::statistics::{
    Confidence, Control, Counts, Green, Interval, Method, Options, Point, Rules, Side, assurance,
    control, count_interval, has_conflict, share_interval, verdict_by_interval,
};

/// What a case gives: answers by name.
type Answers = BTreeMap<&'static str, String>;

/// A row of the file.
struct Case {
    name: String,
    method: String,
    series: Vec<String>,
    options: BTreeMap<String, String>,
    here: BTreeMap<String, String>,
}

/// `name=value name=value`.
fn pairs(text: &str) -> BTreeMap<String, String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').expect("name=value");
        (name.to_owned(), value.to_owned())
    };
    text.split_whitespace().map(pair).collect()
}

fn cases() -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/cases.csv");
    let mut reader = csv::Reader::from_path(file).expect("the file of cases");
    let headings = reader.headers().expect("headings").clone();
    let case = |row: csv::StringRecord| {
        let cell = |heading: &str| {
            let column = headings.iter().position(|known| known == heading);
            row[column.unwrap_or_else(|| panic!("a column {heading}"))].to_owned()
        };
        Case {
            name: cell("case"),
            method: cell("method"),
            series: cell("series").split_whitespace().map(str::to_owned).collect(),
            options: pairs(&cell("options")),
            here: pairs(&cell("here")),
        }
    };
    reader.records().map(|row| case(row.expect("a row"))).collect()
}

fn ratio(text: &str) -> Ratio {
    text.parse::<Decimal>().unwrap_or_else(|_| panic!("{text:?} is no number")).into()
}

fn ratios(list: &str) -> Vec<Ratio> {
    list.split(',').map(ratio).collect()
}

/// To 6 places, without trailing zeros: as tidy has it.
fn shown(number: &Ratio) -> String {
    number.round(6).trimmed().to_string()
}

/// `numerator/denominator`.
fn counts(word: &str) -> Option<Counts> {
    let (numerator, denominator) = word.split_once('/')?;
    Some(Counts { numerator: ratio(numerator), denominator: ratio(denominator) })
}

/// A figure, `-` for none, or counts of which it is the percentage.
fn point(word: &str) -> Option<Point> {
    if word == "-" {
        return None;
    }
    let counts = counts(word);
    let value = match &counts {
        Some(counts) => &counts.numerator.divided(&counts.denominator) * &Ratio::whole(100),
        None => ratio(word),
    };
    Some(Point { value, counts })
}

impl Case {
    fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    fn number(&self, name: &str) -> Option<usize> {
        Some(self.option(name)?.parse().expect("a number"))
    }

    fn better(&self) -> Option<Side> {
        match self.option("polarity") {
            Some("H") => Some(Side::High),
            Some("L") => Some(Side::Low),
            _ => None,
        }
    }

    fn green(&self) -> Option<Green> {
        if let Some(band) = self.option("green") {
            let ends = ratios(band);
            return Some(Green { low: Some(ends[0].clone()), high: Some(ends[1].clone()) });
        }
        let targets = self.option("target").or(self.option("targets"))?;
        let last = ratios(targets).pop();
        Some(match self.better() {
            Some(Side::Low) => Green { low: None, high: last },
            _ => Green { low: last, high: None },
        })
    }

    fn confidence(&self) -> Confidence {
        match self.option("confidence") {
            Some("99.8") => Confidence::NinetyNinePointEight,
            _ => Confidence::NinetyFive,
        }
    }

    fn answers(&self) -> Answers {
        match self.method.as_str() {
            "xmr" => self.control(Method::Xmr),
            "p" => self.control(Method::Counts { times: 100, is_share: true }),
            "u" => self.control(Method::Counts { times: 100, is_share: false }),
            "wilson" => {
                let Counts { numerator, denominator } = counts(&self.series[0]).expect("counts");
                let share = share_interval(&numerator, &denominator, self.confidence());
                self.interval(&share.expect("an interval").times(&Ratio::whole(100)))
            }
            "count" => {
                let count = count_interval(&ratio(&self.series[0]), self.confidence());
                self.interval(&count.expect("an interval"))
            }
            "chi-squared" => self.chi_squared(),
            "weighted" => self.weighted(),
            "mann-kendall" => self.mann_kendall(),
            method => panic!("{}: what is {method}?", self.name),
        }
    }

    fn control(&self, method: Method) -> Answers {
        let usual = Rules::default();
        let rules = Rules {
            shift: self.number("shift").unwrap_or(usual.shift),
            trend: self.number("trend").unwrap_or(usual.trend),
            minimum: self.number("minimum").unwrap_or(usual.minimum),
            screen: self.option("screen") == Some("yes"),
        };
        let points: Vec<_> = self.series.iter().map(|word| point(word)).collect();
        let is_percent = matches!(method, Method::Counts { is_share: true, .. });
        let options = Options { rules, method, baseline: self.number("baseline"), is_percent };
        let control = control(&points, &[], options);
        let mut answers = self.icons(&control);
        let segment = control.last_segment();
        answers.insert("figures", segment.figures.to_string());
        if let Some(basis) = &segment.basis {
            answers.insert("range", shown(&basis.range));
        }
        match control.last_limits() {
            None => drop(answers.insert("limits", "none".to_owned())),
            Some(limits) => answers.extend(
                [
                    ("mean", &limits.mean),
                    ("low", &limits.low),
                    ("high", &limits.high),
                    ("near_low", &limits.near_low),
                    ("near_high", &limits.near_high),
                    ("shown_low", &limits.shown_low),
                    ("shown_high", &limits.shown_high),
                ]
                .map(|(name, number)| (name, shown(number))),
            ),
        }
        answers
    }

    fn icons(&self, control: &Control) -> Answers {
        let none = || "none".to_owned();
        let limits = control.last_limits();
        let signals = control.signals.last().expect("a period");
        let variation = signals.first().map(|signal| {
            let side = if signal.side == Side::High { "high" } else { "low" };
            match self.better() {
                None => format!("neutral_{side}"),
                Some(better) if better == signal.side => format!("improvement_{side}"),
                Some(_) => format!("concern_{side}"),
            }
        });
        let common = limits.map_or_else(none, |_| "common".to_owned());
        let green = self.green();
        let assurance = limits.zip(green.as_ref()).map(|(limits, green)| {
            assurance(&limits.shown_low, &limits.shown_high, green).as_str().to_owned()
        });
        let rule = signals.first().map(|signal| signal.rule.as_str().to_owned());
        let conflict = if has_conflict(signals) { "yes" } else { "no" };
        [
            ("variation", variation.unwrap_or(common)),
            ("rule", rule.unwrap_or_else(none)),
            ("assurance", assurance.unwrap_or_else(none)),
            ("conflict", conflict.to_owned()),
        ]
        .into()
    }

    fn interval(&self, interval: &Interval) -> Answers {
        let benchmark = self.option("benchmark").map(ratio);
        let comparison =
            benchmark.map(|value| verdict_by_interval(interval, &value, self.better()).as_str());
        [
            ("interval_low", shown(&interval.low)),
            ("interval_high", shown(&interval.high)),
            ("comparison", comparison.unwrap_or("none").to_owned()),
        ]
        .into()
    }

    fn years(&self) -> Vec<i64> {
        match self.option("years") {
            Some(years) => years.split(',').map(|year| year.parse().expect("a year")).collect(),
            None => (1..=5).collect(),
        }
    }

    /// Figures with the ends of their intervals: `value:low:high`.
    fn weighted(&self) -> Answers {
        let year = |(year, word): (i64, &String)| {
            let numbers: Vec<_> = word.split(':').map(ratio).collect();
            let [value, low, high] = numbers.try_into().expect("value:low:high");
            YearOfValues { year, value, interval: Interval { low, high } }
        };
        let values: Vec<_> = self.years().into_iter().zip(&self.series).map(year).collect();
        let tested = trend::of_values(&values, self.confidence()).expect("intervals have a width");
        [
            ("statistic", shown(&tested.statistic)),
            ("slope", shown(&tested.slope.expect("a slope"))),
            ("trend", named(tested.trend)),
        ]
        .into()
    }

    fn chi_squared(&self) -> Answers {
        let year = |(year, word): (i64, &String)| {
            let Counts { numerator, denominator } = counts(word).expect("counts");
            YearOfCases { year, cases: numerator, of: denominator }
        };
        let shares: Vec<_> = self.years().into_iter().zip(&self.series).map(year).collect();
        let tested = trend::of_shares(&shares);
        [("statistic", shown(&tested.statistic)), ("trend", named(tested.trend))].into()
    }

    fn mann_kendall(&self) -> Answers {
        let figures: Vec<_> = (0..).zip(self.series.iter().map(|word| ratio(word))).collect();
        let tested = trend::of_figures(&figures);
        [
            ("probability", shown(&tested.statistic)),
            ("slope", shown(&tested.slope.expect("a slope"))),
            ("trend", named(tested.trend)),
        ]
        .into()
    }
}

fn named(trend: Trend) -> String {
    let name = match trend {
        Trend::Moves(Side::High) => "up",
        Trend::Moves(Side::Low) => "down",
        Trend::NoChange => "none",
        Trend::OneYear => "one_year",
    };
    name.to_owned()
}

#[test]
fn every_case_gives_what_the_file_says() {
    let cases = cases();
    assert!(cases.len() > 30, "the cases are read");
    let mut wrong = String::new();
    for case in &cases {
        let answers = case.answers();
        for (name, expected) in &case.here {
            let given = answers.get(name.as_str()).map_or("nothing", String::as_str);
            if given != expected {
                writeln!(wrong, "{}: {name} is {given}, not {expected}", case.name).expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_page_has_every_case() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conformance.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let named = |case: &Case| page.contains(&format!("`{}`", case.name));
    let missing: Vec<_> = cases().into_iter().filter(|case| !named(case)).map(|c| c.name).collect();
    assert!(missing.is_empty(), "not in docs/conformance.md: {missing:?}");
}

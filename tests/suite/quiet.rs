//! Nothing is cried in an ordinary month: a finding that is false every month is turned off.
//!
//! Three years of four small districts and their county are made up, by chance and always the same
//! way: children come into care and leave it, referrals follow the school year, the last month is
//! recorded late, and nothing is wrong. Sixty-five series are checked month after month. Chance is
//! of whole numbers, so that every machine makes the same figures.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use scorecard::check::{self, Depth};
use scorecard::diagnostic::{Code, Findings};
use scorecard::history::Reach;
use scorecard::month::Month;
use tempfile::TempDir;

use crate::common::{Report, definition};

/// Numbers by chance: Marsaglia's xorshift, which is short.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.next() % u64::from(end)).expect("below a u32")
    }

    /// How many of `count`, each with so many chances in a thousand.
    fn of(&mut self, count: u32, per_thousand: u32) -> u32 {
        (0..count).map(|_| u32::from(self.below(1000) < per_thousand)).sum()
    }

    /// A count that is so many on average: of many with a small chance each.
    fn about(&mut self, tenths: u32) -> u32 {
        self.of(tenths, 100)
    }

    /// So many days for each of `count`, as waiting times are: most short, a few long.
    fn days(&mut self, count: u32, mean: u32) -> u32 {
        (0..count).map(|_| (self.below(40) + 1) * (self.below(40) + 1) * mean / 420).sum()
    }
}

/// What happens of 100 in each month, from January: August is quiet, and September and December.
const SEASON: [u32; 12] = [105, 100, 110, 95, 105, 110, 105, 60, 90, 110, 115, 80];

/// What is counted of a district in a month.
#[derive(Clone, Copy, Default)]
struct Counts {
    in_care: u32,
    seen: u32,
    came: u32,
    went: u32,
    waiting: u32,
    referrals: u32,
    again: u32,
    assessed: u32,
    in_time: u32,
    /// Assessments in time that are not recorded when the month is extracted.
    late: u32,
    days: u32,
    left: u32,
    days_in_care: u32,
    excluded: u32,
    /// A referral that is counted no more, because it was there twice.
    taken_out: u32,
}

impl std::ops::Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            in_care: self.in_care + other.in_care,
            seen: self.seen + other.seen,
            came: self.came + other.came,
            went: self.went + other.went,
            waiting: self.waiting + other.waiting,
            referrals: self.referrals + other.referrals,
            again: self.again + other.again,
            assessed: self.assessed + other.assessed,
            in_time: self.in_time + other.in_time,
            late: self.late + other.late,
            days: self.days + other.days,
            left: self.left + other.left,
            days_in_care: self.days_in_care + other.days_in_care,
            excluded: self.excluded + other.excluded,
            taken_out: self.taken_out + other.taken_out,
        }
    }
}

/// A month of a district of `size` children in care, after another.
fn month_of(chance: &mut Chance, size: u32, number: u8, before: Counts) -> Counts {
    let season = SEASON[usize::from(number) - 1];
    let (came, went) = (chance.about(size / 2), chance.of(before.in_care, 50));
    let in_care = before.in_care + came - went;
    // Most are seen because they were, or are not because they were not.
    let stayed = chance.of(before.seen.min(in_care), 900);
    let referrals = chance.about(size * season / 10);
    let assessed = chance.of(referrals, 600);
    let in_time = chance.of(assessed, 820);
    let recorded_late = chance.below(200);
    let left = chance.about(size / 2);
    Counts {
        in_care,
        seen: stayed + chance.of(in_care - stayed, 360),
        came,
        went,
        waiting: chance.about(60),
        referrals,
        again: chance.of(referrals, 210),
        assessed,
        in_time,
        late: chance.of(in_time, recorded_late),
        days: chance.days(assessed, 12),
        left,
        days_in_care: chance.days(left, 400),
        excluded: if number == 8 { 0 } else { chance.about(size * 2) },
        taken_out: u32::from(chance.below(10) == 0),
    }
}

/// The first month there are figures of, the first that is checked, and the last.
const MONTHS: [&str; 3] = ["2012-04", "2015-04", "2016-03"];

const DISTRICTS: [(&str, u32); 4] = [("North", 40), ("East", 60), ("South", 90), ("West", 130)];

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

/// Every month of a district and the year before, oldest first.
fn history(chance: &mut Chance, size: u32) -> BTreeMap<Month, Counts> {
    let mut counts = Counts { in_care: size, seen: size * 8 / 10, ..Counts::default() };
    let first = month(MONTHS[0]).before(12);
    let count = u16::try_from(month(MONTHS[2]).since(first)).expect("a few years");
    let months = (0..=count).map(|after| first.after(after));
    months
        .map(|month| {
            counts = month_of(chance, size, month.number(), counts);
            (month, counts)
        })
        .collect()
}

/// What is counted of an area in a month.
type Figure = fn(&Series<'_>) -> String;

/// The thirteen indicators: period, unit and figure.
const INDICATORS: [(&str, &str, Figure); 13] = [
    ("SS", "percent", |of| ratio(of.now().seen, of.now().in_care)),
    ("SS", "number", |of| value(of.now().in_care)),
    ("SS", "number", |of| value(of.now().waiting)),
    ("MS", "percent", |of| ratio(of.now().in_time - of.now().late, of.now().assessed)),
    ("MS", "number", |of| value(of.now().referrals)),
    ("YTD", "percent", |of| {
        let all = of.year();
        ratio(all.in_time - of.now().late, all.assessed)
    }),
    ("YTD", "number", |of| value(of.year().left)),
    ("YTD", "rate", |of| {
        let all = of.year();
        ratio(all.referrals - all.taken_out.min(all.referrals), of.size * 150)
    }),
    ("R12M", "percent", |of| {
        let all = of.last(12);
        let tenths = (all.again * 2000 / all.referrals).div_ceil(2);
        format!(",,{}.{}", tenths / 10, tenths % 10)
    }),
    ("R12M", "average", |of| ratio(of.last(12).days_in_care, of.last(12).left)),
    ("MS", "average", |of| ratio(of.now().days, of.now().assessed)),
    ("YTD", "average", |of| ratio(of.year().days, of.year().assessed)),
    ("MS", "number", |of| value(of.now().excluded)),
];

fn ratio(numerator: u32, denominator: u32) -> String {
    format!("{numerator},{denominator},")
}

fn value(value: u32) -> String {
    format!(",,{value}")
}

/// An area up to a month.
struct Series<'m> {
    months: &'m BTreeMap<Month, Counts>,
    month: Month,
    size: u32,
}

impl Series<'_> {
    fn now(&self) -> Counts {
        self.months[&self.month]
    }

    fn last(&self, count: u16) -> Counts {
        let months = self.month.before(count - 1)..=self.month;
        self.months.range(months).fold(Counts::default(), |sum, (_, counts)| sum + *counts)
    }

    /// From April.
    fn year(&self) -> Counts {
        self.last(u16::from((self.month.number() + 8) % 12 + 1))
    }
}

/// A project of the districts, with the months from `first`.
fn write(seed: u64, first: Month) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text =
        "[scorecard]\ntitle = 'T'\narea = 'County'\n[[area]]\nname = 'County'\n".to_owned();
    for (name, _) in DISTRICTS {
        writeln!(text, "[[area]]\nname = '{name}'\nparent = 'County'").expect("text grows");
    }
    for (id, (period, unit, _)) in INDICATORS.iter().enumerate() {
        let per = if *unit == "rate" { "per = 10000\n" } else { "" };
        writeln!(text, "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'N{id}'\npolarity = 'H'\nperiod = '{period}'\nunit = '{unit}'\n{per}").expect("text grows");
    }
    fs::write(folder.path().join("indicators.toml"), text).expect("written");
    let mut chance = Chance(seed);
    let mut areas: Vec<_> =
        DISTRICTS.map(|(name, size)| (name, size, history(&mut chance, size))).into();
    let mut county = areas[0].2.clone();
    for (month, counts) in &mut county {
        *counts = areas.iter().fold(Counts::default(), |sum, (_, _, of)| sum + of[month]);
    }
    areas.push(("County", DISTRICTS.iter().map(|(_, size)| size).sum(), county));
    for month in areas[0].2.keys().filter(|month| **month >= first) {
        let mut rows = "indicator,area,cohort,numerator,denominator,value\n".to_owned();
        for (id, (_, _, figure)) in INDICATORS.iter().enumerate() {
            for (name, size, months) in &areas {
                let series = Series { months, month: *month, size: *size };
                writeln!(rows, "{id},{name},,{}", figure(&series)).expect("text grows");
            }
        }
        let folder = folder.path().join("data").join(month.to_string());
        fs::create_dir_all(&folder).expect("made");
        fs::write(folder.join("results.csv"), rows).expect("written");
    }
    folder
}

/// What is found in a month, but for what is true: that it is the first of a year, or that there
/// are few before it.
fn found(project: &Path, month: Month) -> Vec<String> {
    let mut findings = Findings::default();
    let definition = definition(project, &mut findings);
    let data = project.join("data");
    let areas = ["all"];
    let report =
        Report::read(&definition, &data, Some(month), &areas, Reach::Checks, &mut findings);
    let report = report.expect("the month is there");
    check::run(&report.assessor(), &report.scope, Depth::Check, &mut findings);
    let is_true = |code| {
        let history = [Code::NoOutturn, Code::NoPrevious, Code::ShortHistory];
        code == Code::AcrossYear || history.contains(&code)
    };
    let false_ones = findings.iter().filter(|finding| !is_true(finding.code));
    false_ones
        .map(|finding| format!("{month} {}: {}", finding.code.as_str(), finding.found))
        .collect()
}

/// What is found in so many months from one on, with a history from `first`.
fn found_in(seed: u64, first: Month, checked: Month, count: u16) -> Vec<String> {
    let project = write(seed, first);
    (0..count).flat_map(|after| found(project.path(), checked.after(after))).collect()
}

#[test]
fn an_ordinary_month_is_quiet() {
    let (first, checked) = (month(MONTHS[0]), month(MONTHS[1]));
    let all: Vec<_> =
        [1, 2, 3].into_iter().flat_map(|seed| found_in(seed, first, checked, 12)).collect();
    assert!(all.len() <= 2 * 36, "{} in 36 months: {all:#?}", all.len());
}

/// In its first year a project has few months to tell seasons from.
#[test]
fn an_ordinary_first_year_is_quiet() {
    let first = month(MONTHS[1]);
    let all: Vec<_> =
        [4, 5, 6].into_iter().flat_map(|seed| found_in(seed, first, first, 12)).collect();
    assert!(all.len() <= 2 * 36, "{} in 36 months: {all:#?}", all.len());
}

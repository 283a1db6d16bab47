//! The project that `scorecard init` starts: it has nothing to complain about, its invented figures
//! agree with one another, and it shows every kind of indicator.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use scorecard::assess::Origin;
use scorecard::check::{self, Depth};
use scorecard::definition::{
    AreaKind, Bands, Definition, Frequency, Period, Polarity, Rollup, UnitWord,
};
use scorecard::diagnostic::Findings;
use scorecard::extract::Status;
use scorecard::figure::{Amount, Decimal};
use scorecard::history::Reach;
use scorecard::layout::{TableName, lay_out};
use scorecard::month::Month;
use scorecard::population::Population;
use scorecard::rating::Rag;

use crate::common::{Report, files_below};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("template")
}

fn definition() -> Definition {
    let mut findings = Findings::default();
    let definition = Definition::load(&folder().join("indicators.toml"), &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    definition.expect("there are no findings")
}

/// The report of a month, the latest unless one is named; with all that checks look at.
fn report(definition: &Definition, month: Option<Month>) -> Report<'_> {
    let mut findings = Findings::default();
    let data = folder().join("data");
    let report = Report::read(definition, &data, month, &["all"], Reach::Checks, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    report.expect("there are months")
}

/// A count and what it is out of; a number is out of nothing.
fn counts(amount: Option<&Amount>) -> (Decimal, Decimal) {
    match amount {
        Some(Amount::Ratio { numerator, denominator }) => (numerator.clone(), denominator.clone()),
        Some(Amount::Value(value)) => (value.clone(), Decimal::new(0, 0)),
        other => panic!("the template has no figure such as {other:?}"),
    }
}

fn sum(decimals: impl Iterator<Item = Decimal>) -> Decimal {
    decimals.fold(Decimal::new(0, 0), |total, next| &total + &next)
}

#[test]
fn nothing_is_found_in_it() {
    let definition = definition();
    for month in report(&definition, None).history.months() {
        let report = report(&definition, Some(month));
        let scorecard = report.scorecard();
        let extract = scorecard.extract().expect("the month is there");
        assert!(!extract.results.is_empty() && extract.about.as_at.is_some(), "{month}");
        lay_out(&scorecard, TableName::value_variants());
    }
}

/// Nor does anything look wrong in the month that is reported: what an officer sees first is a
/// project without findings.
#[test]
fn check_finds_nothing_in_its_latest_month() {
    let definition = definition();
    let report = report(&definition, None);
    let mut findings = Findings::default();
    check::run(&report.assessor(), &report.scope, Depth::Check, &mut findings);
    findings.change_severities(&definition.severities);
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn its_months_are_three_in_a_row_and_the_outturn() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let months: Vec<_> = history.months().collect();
    let latest = *months.last().unwrap();
    let outturn = definition.financial_year(latest).previous_outturn();
    assert_eq!(months, [outturn, latest.before(2), latest.before(1), latest]);
    let status = |month: Month| history.extract(month).unwrap().about.status;
    let statuses: Vec<_> = months.into_iter().map(status).collect();
    assert_eq!(
        statuses,
        [Some(Status::Final), Some(Status::Final), Some(Status::Final), Some(Status::Draft)]
    );
}

/// One that is not rated (N) is left to the documentation: most councils have none.
#[test]
fn it_shows_every_kind_of_indicator_that_is_rated() {
    let definition = definition();
    let indicators = &definition.indicators;
    let words = |of: fn(&scorecard::definition::Indicator) -> &'static str| {
        indicators.iter().map(of).collect::<BTreeSet<_>>()
    };
    assert_eq!(
        words(|indicator| indicator.polarity.as_str()),
        Polarity::WORDS.iter().copied().filter(|word| *word != "N").collect()
    );
    assert_eq!(
        words(|indicator| indicator.unit.word().as_str()),
        UnitWord::WORDS.iter().copied().collect()
    );
    for period in [Period::Snapshot, Period::YearToDate, Period::Rolling12Months, Period::Quarter] {
        assert!(
            words(|indicator| indicator.period.as_str()).contains(period.as_str()),
            "{period:?}"
        );
    }
    let bands = |wanted: fn(&Bands) -> bool| {
        definition.indicator_ids().any(|id| {
            definition
                .standard(id, "2026-10".parse().unwrap())
                .is_some_and(|standard| wanted(&standard.bands))
        })
    };
    assert!(
        bands(
            |bands| matches!(bands, Bands::Near { target, floor: Some(_), .. } if target.low < target.high)
        ),
        "a T with a pair"
    );
    assert!(
        bands(|bands| matches!(
            bands,
            Bands::Higher { floor: None, .. } | Bands::Lower { floor: None, .. }
        )),
        "green or red only"
    );
    assert!((8..=10).contains(&indicators.len()));
    assert_eq!(indicators.iter().filter(|indicator| indicator.rollup == Rollup::Sum).count(), 1);
    assert_eq!(
        definition
            .areas
            .iter()
            .filter(|area| area.kind == AreaKind::Area && area.parent.is_some())
            .count(),
        3
    );
    assert_eq!(definition.areas.iter().filter(|area| area.kind == AreaKind::Team).count(), 2);
    assert!((3..=5).contains(&definition.activities.len()));

    let report = report(&definition, None);
    let history = &report.history;
    let latest = history.months().next_back().unwrap();
    let entries = report.assessor().area(definition.top).entries;
    assert_eq!(entries.len(), indicators.len());
    let ratings: BTreeSet<_> = entries
        .iter()
        .map(|entry| entry.including.as_ref().expect("every indicator has a figure").rag)
        .collect();
    assert_eq!(ratings, [None, Some(Rag::Green), Some(Rag::Amber), Some(Rag::Red)].into());
    for entry in &entries {
        let (indicator, assessed) =
            (definition.indicator(entry.indicator), entry.including.as_ref().unwrap());
        let carried = indicator.frequency != Frequency::Monthly;
        assert_eq!(
            assessed.figure.month != latest,
            carried,
            "{}: what is not monthly is carried forward",
            indicator.id
        );
        assert_eq!(
            matches!(assessed.figure.origin, Origin::Sum),
            indicator.rollup == Rollup::Sum,
            "{}",
            indicator.id
        );
        assert_eq!(assessed.previous.result().is_some(), !carried, "{}", indicator.id);
        assert!(assessed.outturn.result().is_some(), "{}", indicator.id);
    }
    // One of last year's targets is another, and leaving the cohort out changes a rating.
    let rated_last_year = |entry: &&scorecard::assess::Entry<'_>| {
        entry.including.as_ref().unwrap().outturn.result().unwrap().rag().is_some()
    };
    assert_eq!(entries.iter().filter(rated_last_year).count(), 1);
    assert!(entries.iter().any(|entry| {
        entry
            .excluding
            .iter()
            .any(|excluding| excluding.assessed.rag != entry.including.as_ref().unwrap().rag)
    }));
    let on_the_floor =
        entries.iter().filter_map(|entry| entry.including.as_ref()).filter(|assessed| {
            let floor = assessed.standard().and_then(|standard| standard.bands.floor_low());
            floor.is_some_and(|floor| {
                assessed.outcome.as_ref().is_some_and(|outcome| outcome.exact == *floor)
            })
        });
    assert_eq!(
        on_the_floor.map(|assessed| assessed.rag).collect::<Vec<_>>(),
        [Some(Rag::Red)],
        "a result exactly on the floor is red here"
    );
}

#[test]
fn areas_add_up() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let mut sums = 0;
    for month in history.months() {
        let extract = history.extract(month).unwrap();
        for indicator in definition.indicator_ids() {
            let row = |area| {
                extract
                    .results
                    .row(area, indicator, Population::Everyone)
                    .map(|row| counts(row.amount().as_ref()))
            };
            let parts: Vec<_> = definition.parts(definition.top, month).filter_map(row).collect();
            let Some(own) = row(definition.top).filter(|_| !parts.is_empty()) else { continue };
            let total = (
                sum(parts.iter().map(|part| part.0.clone())),
                sum(parts.iter().map(|part| part.1.clone())),
            );
            assert_eq!(own, total, "{month}, indicator {}", definition.indicator(indicator).id);
            sums += 1;
        }
        for area in definition.area_ids() {
            let below: Vec<_> = definition
                .area_ids()
                .filter(|below| definition.area(*below).parent == Some(area))
                .collect();
            if below.is_empty() || extract.activities.is_empty() {
                continue;
            }
            for activity in &definition.activities {
                let activity = definition.find_activity(&activity.id).unwrap();
                let count = |area| counts(extract.activities.amount(area, activity)).0;
                assert_eq!(
                    count(area),
                    sum(below.iter().copied().map(count)),
                    "{month}, {}",
                    definition.area(area).name
                );
                sums += 1;
            }
        }
    }
    // Three indicators in four months; five activities of two areas with parts in three.
    assert_eq!(sums, 3 * 4 + 5 * 2 * 3);
}

#[test]
fn plans_flow_from_month_to_month() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let mut flows = 0;
    for month in history.months() {
        let (extract, Some(before)) =
            (history.extract(month).unwrap(), history.extract(month.before(1)))
        else {
            continue;
        };
        for area in definition.area_ids() {
            let count = |extract: &scorecard::extract::Extract, id: &str| {
                counts(extract.activities.amount(area, definition.find_activity(id).unwrap())).0
            };
            let expected = &(&count(before, "cp_plans") + &count(extract, "cp_starts"))
                - &count(extract, "cp_ends");
            assert_eq!(
                count(extract, "cp_plans"),
                expected,
                "{month}, {}",
                definition.area(area).name
            );
            flows += 1;
        }
    }
    assert_eq!(flows, 2 * definition.areas.len());
}

#[test]
fn the_results_and_the_activity_agree() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let mut compared = 0;
    for month in history.months() {
        let extract = history.extract(month).unwrap();
        for (indicator, activity) in [("4", "cp_plans"), ("10", "caseloads")] {
            let (indicator, activity) = (
                definition.find_indicator(indicator).unwrap(),
                definition.find_activity(activity).unwrap(),
            );
            for area in definition.area_ids() {
                let (row, entry) = (
                    extract.results.row(area, indicator, Population::Everyone),
                    extract.activities.of(area, activity),
                );
                if let (Some(row), Some(entry)) = (row, entry) {
                    assert_eq!(
                        counts(row.amount().as_ref()).0,
                        counts(entry.amount.as_ref()).0,
                        "{month}, {}",
                        definition.area(area).name
                    );
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(
        compared,
        3 * (4 + 1),
        "plans of four areas, caseloads of the top one, in three months"
    );
}

#[test]
fn counts_of_a_year_to_date_never_fall_within_the_year() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let mut compared = 0;
    for indicator in definition
        .indicator_ids()
        .filter(|id| definition.indicator(*id).period == Period::YearToDate)
    {
        for area in definition.area_ids() {
            let row = |month| {
                Some(counts(
                    history
                        .extract(month)?
                        .results
                        .row(area, indicator, Population::Everyone)?
                        .amount()
                        .as_ref(),
                ))
            };
            for month in history.months() {
                let (Some(now), Some(before)) = (row(month), row(month.before(1))) else {
                    continue;
                };
                assert!(
                    before.0 <= now.0 && before.1 <= now.1,
                    "{month}, {}",
                    definition.area(area).name
                );
                compared += 1;
            }
        }
    }
    assert_eq!(
        compared,
        2 * (3 + 1),
        "three areas of one indicator, one of another, over two months"
    );
}

#[test]
fn there_is_commentary_for_what_is_red_in_the_latest_month_and_for_nothing_else() {
    let definition = definition();
    let report = report(&definition, None);
    let history = &report.history;
    let latest = history.months().next_back().unwrap();
    let scorecard = report.scorecard();
    let mut reds = 0;
    for assessed in &scorecard.areas {
        let area = assessed.area;
        for entry in &assessed.entries {
            let red =
                entry.including.as_ref().is_some_and(|assessed| assessed.rag == Some(Rag::Red));
            let place = format!(
                "{}, indicator {}",
                definition.area(area).name,
                definition.indicator(entry.indicator).id
            );
            assert_eq!(scorecard.commentary(area, entry.indicator).is_some(), red, "{place}");
            reds += usize::from(red);
        }
    }
    assert!(reds >= 3, "there is something to read about");
    assert_eq!(
        files_below(&folder().join("data").join(latest.to_string()).join("commentary")).len(),
        reds,
        "no commentary is about nothing"
    );
}

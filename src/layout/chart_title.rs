//! What a chart says, in at most fifteen words: the latest result, which way it has gone and for how
//! long, and how it stands to its target.
//!
//! `Adopted from care: 9.5%, falling for four months, under the target of 13%`

use std::cmp::Ordering;

use super::{Number, Point};
use crate::assess::is_cumulative_count;
use crate::definition::{Definition, Indicator, Period, Polarity, Precision};
use crate::figure::Ratio;
use crate::month::Month;
use crate::rating::Rag;
use crate::text::number_word;
use crate::wording;

/// The most words of a title.
const MOST_WORDS: usize = 15;

/// How the results of an indicator may be read one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'d> {
    definition: &'d Definition,
    indicator: &'d Indicator,
    /// Whether each is of the year to date, so that it cannot be compared across the start of a
    /// year, and a count among them only grows.
    is_to_date: bool,
}

/// How the latest results follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// How each of them compares with the one before.
    way: Ordering,
    /// How many times in a row.
    times: usize,
}

impl<'d> Reading<'d> {
    /// The results as they are reported.
    pub(super) fn reported(definition: &'d Definition, indicator: &'d Indicator) -> Self {
        Self { definition, indicator, is_to_date: indicator.period == Period::YearToDate }
    }

    /// Results of single periods, whatever is reported.
    pub(super) fn single(definition: &'d Definition, indicator: &'d Indicator) -> Self {
        Self { definition, indicator, is_to_date: false }
    }

    /// The title of a chart of the points, whose periods end with `months`.
    pub(super) fn title(self, points: &[Point], months: &[Month]) -> String {
        let name = wording::name(self.indicator);
        let id = format!("Indicator {}", self.indicator.shown_id());
        let Some(last) = points.last() else { return name };
        let Some(result) = &last.result else {
            let said = format!("no figure for {}", last.label);
            return shortest([format!("{name}: {said}"), format!("{id}: {said}")]);
        };
        let run = self.run_words(points, months);
        let said = |stands: Option<String>| {
            let parts = [Some(result.to_string()), run.clone(), stands];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        };
        let full = said(self.stands(last, result, true));
        let short = said(self.stands(last, result, false));
        shortest([
            format!("{name}: {full}"),
            format!("{name}: {short}"),
            format!("{id}: {full}"),
            format!("{id}: {short}"),
        ])
    }

    /// What can be seen in a small line without a scale: `From 84.1% in Oct 2015 to 68.4% in Jan
    /// 2016, falling for three months`.
    pub(super) fn sparkline(self, points: &[Point], months: &[Month]) -> String {
        let mut with_results =
            points.iter().filter_map(|point| Some((point, point.result.as_ref()?)));
        let (Some((first, from)), Some((last, to))) =
            (with_results.next(), with_results.next_back())
        else {
            return String::new();
        };
        let run = self.run(points, months).filter(|run| run.times > 1 && run.way.is_ne());
        let run = run.map_or_else(String::new, |run| format!(", {}", self.for_so_long(run)));
        format!("From {from} in {} to {to} in {}{run}", first.label, last.label)
    }

    fn run_words(self, points: &[Point], months: &[Month]) -> Option<String> {
        let run = self.run(points, months)?;
        if run.times > 1 {
            return Some(self.for_so_long(run));
        }
        let [.., before, last] = points else { return None };
        let (before, now) = (before.result.as_ref()?, last.result.as_ref()?);
        Some(match run.way {
            Ordering::Equal => "unchanged".to_owned(),
            Ordering::Less if before.shown == now.shown => "slightly down".to_owned(),
            Ordering::Greater if before.shown == now.shown => "slightly up".to_owned(),
            Ordering::Less => format!("down from {before}"),
            Ordering::Greater => format!("up from {before}"),
        })
    }

    /// `falling for four months`.
    fn for_so_long(self, run: Run) -> String {
        let way = match run.way {
            Ordering::Less => "falling",
            Ordering::Equal => "unchanged",
            Ordering::Greater => "rising",
        };
        let periods = wording::statistics::periods(self.indicator, run.times);
        format!("{way} for {} {periods}", number_word(run.times))
    }

    /// How the latest results follow one another. `None` if the last two cannot be compared.
    fn run(self, points: &[Point], months: &[Month]) -> Option<Run> {
        if self.is_to_date && is_cumulative_count(self.indicator) {
            return None;
        }
        let way = |index: usize| {
            let before = index.checked_sub(1)?;
            let (this, earlier) = (*months.get(index)?, *months.get(before)?);
            let year = |month| self.definition.financial_year(month);
            if self.is_to_date && year(this) != year(earlier) {
                return None;
            }
            let [now, then] = [points.get(index)?, points.get(before)?].map(|point| {
                let result = point.result.as_ref()?;
                Some(self.compared(result))
            });
            Some(now?.cmp(&then?))
        };
        let last = points.len().checked_sub(1)?;
        let first = way(last)?;
        let times = (0..=last).rev().take_while(|index| way(*index) == Some(first)).count();
        Some(Run { way: first, times })
    }

    /// How the latest result stands to its target: `under the target of 13%`, or `under target`.
    fn stands(self, point: &Point, result: &Number, is_full: bool) -> Option<String> {
        let (rag, [low, high]) = (point.rag?, point.target.as_ref()?);
        let how = match rag {
            Rag::Green => self.met(result, low, high)?,
            Rag::Amber | Rag::Red if result.exact < low.exact => "under",
            Rag::Amber | Rag::Red if result.exact > high.exact => "over",
            Rag::Amber | Rag::Red => return None,
        };
        if !is_full {
            let target = if how == "meeting" || how == "near" { "the target" } else { "target" };
            return Some(format!("{how} {target}"));
        }
        let plain =
            |number: &Number| Number { shown: number.shown.clone().trimmed(), ..number.clone() };
        let [low, high] = [plain(low), plain(high)];
        Some(if low.exact == high.exact {
            format!("{how} the target of {low}")
        } else {
            format!("{how} the target of {low} to {high}")
        })
    }

    /// How a result that is green stands to its target. Where nearer values are better it is green
    /// on either side of it too. `None` if the target is not met, as a published rating may have it.
    fn met(self, result: &Number, low: &Number, high: &Number) -> Option<&'static str> {
        let result = self.compared(result);
        let is_met = match self.indicator.polarity {
            Polarity::Higher => result >= low.exact,
            Polarity::Lower => result <= high.exact,
            Polarity::Target if result < low.exact || result > high.exact => return Some("near"),
            Polarity::Target | Polarity::Neither => true,
        };
        is_met.then_some("meeting")
    }

    /// The number that directions compare.
    fn compared(self, result: &Number) -> Ratio {
        match self.definition.precision {
            Precision::Unrounded => result.exact.clone(),
            Precision::Displayed => Ratio::from(&result.shown),
        }
    }
}

/// The first that is short enough, else the last.
fn shortest<const N: usize>(titles: [String; N]) -> String {
    let last = titles.last().cloned().unwrap_or_default();
    let is_short = |title: &String| title.split_whitespace().count() <= MOST_WORDS;
    titles.into_iter().find(is_short).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Decimal;
    use crate::layout::Sign;

    /// An indicator with these keys; its id is 31.
    fn define(keys: &str) -> Definition {
        let polarity = if keys.contains("polarity") { "" } else { "polarity = 'H'\n" };
        Definition::for_test(&format!(
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[area]]\nname = 'Kent'\n[[indicator]]\n\
             id = '31'\nsection = 'S'\n{polarity}{keys}\n"
        ))
    }

    fn number(exact: &str, places: u8) -> Number {
        let exact = Ratio::from(exact.parse::<Decimal>().expect("a decimal"));
        Number { shown: exact.round(places), exact, unit: Sign::Percent, signed: false }
    }

    /// Points that end in January 2016, against a target of 13%. An empty text is no figure.
    fn points(results: &[&str], rag: Option<Rag>) -> (Vec<Point>, Vec<Month>) {
        let last: Month = "2016-01".parse().expect("a month");
        let back = |index: usize| u16::try_from(results.len() - 1 - index).expect("a few");
        let months: Vec<_> = (0..results.len()).map(|index| last.before(back(index))).collect();
        let point = |(result, month): (&&str, &Month)| Point {
            label: month.short(),
            result: (!result.is_empty()).then(|| number(result, 1)),
            rag,
            target: Some([number("13", 1), number("13", 1)]),
            ..Point::default()
        };
        (results.iter().zip(&months).map(point).collect(), months)
    }

    fn title(keys: &str, results: &[&str], rag: Option<Rag>) -> String {
        let definition = define(keys);
        let id = definition.indicator_ids().next().expect("an indicator");
        let reading = Reading::reported(&definition, definition.indicator(id));
        let (points, months) = points(results, rag);
        let title = reading.title(&points, &months);
        assert!(title.split_whitespace().count() <= MOST_WORDS, "{title}");
        title
    }

    const ADOPTED: &str = "name = 'Adopted from care'\nperiod = 'R12M'\nunit = 'percent'";

    /// The example of the issue: 9.5% against 13%, after four falls from 14%.
    #[test]
    fn it_says_the_result_the_run_and_the_target() {
        assert_eq!(
            title(ADOPTED, &["14", "12", "11.2", "10.1", "9.5"], Some(Rag::Red)),
            "Adopted from care: 9.5%, falling for four months, under the target of 13%"
        );
        assert_eq!(
            title(ADOPTED, &["12", "13.5", "14"], Some(Rag::Green)),
            "Adopted from care: 14.0%, rising for two months, meeting the target of 13%"
        );
        assert_eq!(
            title(ADOPTED, &["12", "12", "12"], Some(Rag::Amber)),
            "Adopted from care: 12.0%, unchanged for two months, under the target of 13%"
        );
    }

    /// Where nearer is better, 12% may be green beside a target of 13%, and does not meet it.
    #[test]
    fn a_target_is_met_as_its_polarity_says() {
        let near = ADOPTED.replace("period", "polarity = 'T'\nperiod");
        let lower = ADOPTED.replace("period", "polarity = 'L'\nperiod");
        let of = |keys: &str, result| title(keys, &[result], Some(Rag::Green));
        assert_eq!(of(&near, "12"), "Adopted from care: 12.0%, near the target of 13%");
        assert_eq!(of(&near, "13"), "Adopted from care: 13.0%, meeting the target of 13%");
        assert_eq!(of(&lower, "12"), "Adopted from care: 12.0%, meeting the target of 13%");
        // What was published as green may not be.
        assert_eq!(of(ADOPTED, "12"), "Adopted from care: 12.0%");
    }

    #[test]
    fn a_single_move_is_from_the_result_before() {
        assert_eq!(
            title(ADOPTED, &["9", "10.1", "9.5"], None),
            "Adopted from care: 9.5%, down from 10.1%"
        );
        // 9.52% and 9.48% are both shown as 9.5%.
        assert_eq!(
            title(ADOPTED, &["9.52", "9.48"], None),
            "Adopted from care: 9.5%, slightly down"
        );
        assert_eq!(title(ADOPTED, &["9.5"], None), "Adopted from care: 9.5%");
    }

    #[test]
    fn a_run_ends_where_there_is_no_figure() {
        assert_eq!(
            title(ADOPTED, &["12", "11", "", "10", "9", "8"], None),
            "Adopted from care: 8.0%, falling for two months"
        );
        assert_eq!(title(ADOPTED, &["12", "", "8"], None), "Adopted from care: 8.0%");
        assert_eq!(title(ADOPTED, &["12", ""], None), "Adopted from care: no figure for Jan 2016");
        assert_eq!(title(ADOPTED, &[], None), "Adopted from care");
    }

    /// The year starts in April: of eleven falls, nine are within 2015/16.
    #[test]
    fn figures_of_the_year_to_date_are_not_compared_across_the_start_of_a_year() {
        let falls: Vec<String> = (0..12).map(|index| (30 - index).to_string()).collect();
        let falls: Vec<&str> = falls.iter().map(String::as_str).collect();
        let to_date = "name = 'Adopted'\nperiod = 'YTD'\nunit = 'percent'";
        assert_eq!(title(to_date, &falls, None), "Adopted: 19.0%, falling for nine months");
        assert_eq!(title(ADOPTED, &falls, None), "Adopted from care: 19.0%, falling for 11 months");
    }

    /// A count of the year to date grows whatever happens, so that it does says nothing.
    #[test]
    fn a_count_of_the_year_to_date_has_no_run() {
        let keys = "name = 'Adoptions'\nperiod = 'YTD'\nunit = 'number'";
        assert_eq!(title(keys, &["1", "2", "3"], None), "Adoptions: 3.0%");
    }

    #[test]
    fn a_long_name_leaves_room_for_what_is_said() {
        let named = |words: usize| {
            format!("name = '{}'\nperiod = 'SS'\nunit = 'percent'", vec!["w"; words].join(" "))
        };
        let results = ["14", "12", "11.2", "10.1", "9.5"];
        let of = |words| title(&named(words), &results, Some(Rag::Red));
        assert_eq!(of(5), "w w w w w: 9.5%, falling for four months, under the target of 13%");
        assert_eq!(of(8), "w w w w w w w w: 9.5%, falling for four months, under target");
        assert_eq!(of(9), "Indicator 31: 9.5%, falling for four months, under the target of 13%");
    }

    #[test]
    fn a_small_line_is_from_its_first_result_to_its_last() {
        let definition = define(ADOPTED);
        let id = definition.indicator_ids().next().expect("an indicator");
        let reading = Reading::reported(&definition, definition.indicator(id));
        let said = |results: &[&str]| {
            let (points, months) = points(results, None);
            reading.sparkline(&points, &months)
        };
        assert_eq!(
            said(&["", "12", "11", "9.5"]),
            "From 12.0% in Nov 2015 to 9.5% in Jan 2016, falling for two months"
        );
        assert_eq!(said(&["12", "9.5"]), "From 12.0% in Dec 2015 to 9.5% in Jan 2016");
    }
}

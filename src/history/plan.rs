//! The months that a report needs, calculated from the definitions before anything is read.

use std::collections::BTreeSet;

use crate::definition::{CompareWith, Definition, Frequency, PreviousFrom};
use crate::extract::CommentaryPlan;
use crate::month::Month;
use crate::scope::Scope;

/// How many months back a run of reds is followed. Two years, so that a long history does not slow
/// a report down.
pub const RED_LOOK_BACK: u16 = 24;

/// How many months back to look for what has been reported: far enough for an annual figure.
pub const EXPECTED_LOOK_BACK: u16 = 12;

/// How many months of commentary the page of an indicator has.
pub const COMMENTARY_LOOK_BACK: u16 = 6;

/// How far a report looks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The figures, and those that they are compared with.
    Comparisons,
    /// Also statistics, if the definitions ask for limits: all months.
    Statistics,
    /// Also trends, and since when red indicators have been red.
    Trends,
    /// Also the commentary on the parts of areas.
    TrendsOfParts,
    /// Also the commentary of the last months.
    Commentaries,
    /// Also every month of the two years that checks look at.
    Checks,
}

/// The months to read. Those that are not in the data folder are skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The months whose extracts are needed.
    pub extracts: BTreeSet<Month>,
    /// The report month, if all months up to it are needed. [`with_months`](Self::with_months)
    /// adds them when it is known which there are.
    pub all_up_to: Option<Month>,
    /// Whether the publications of all those months are needed, too.
    pub all_publications: bool,
    /// The months whose published figures are needed.
    pub publications: BTreeSet<Month>,
    /// The months whose publications are verified, file by file.
    pub verified: BTreeSet<Month>,
    /// The months whose commentary is needed, with the areas.
    pub commentary: Vec<(Month, CommentaryPlan)>,
    /// The months whose commentary files have their names checked.
    pub names: BTreeSet<Month>,
}

impl Plan {
    /// What the report of `month` about the areas of `scope` needs.
    #[must_use]
    pub fn report(definition: &Definition, month: Month, scope: &Scope, reach: Reach) -> Self {
        let mut plan = Self::default();
        let mut asked = definition.indicators_in_force(month).map(|id| definition.indicator(id));
        let has_limits = asked.any(|indicator| indicator.spc.chart.is_some());
        plan.all_up_to = (has_limits && reach >= Reach::Statistics).then_some(month);
        let outturn = definition.financial_year(month).previous_outturn();
        // Activity is always shown next to that of the previous month.
        plan.add(definition, month, month, 1);
        plan.add(definition, month, month.before(1), 1);
        let more = months_of_coverage(definition, month);
        for frequency in frequencies(definition, month) {
            let step = frequency.months();
            let published = step.max(more + 1);
            // A figure is carried forward until the next one is due, and compared with the one
            // before it.
            for back in 0..2 * step + more {
                plan.add(definition, month, month.before(back), published);
            }
            for back in 0..step + more {
                plan.add(definition, month, outturn.before(back), published);
            }
            if is_compared_with_last_year(definition, month, frequency) {
                for back in 12..12 + 2 * step + more {
                    plan.add(definition, month, month.before(back), published);
                }
            }
            if reach >= Reach::Trends {
                let periods = definition.trend.max(RED_LOOK_BACK.max(step) / step + 1);
                for back in 0..(periods + 1) * step + more {
                    plan.add(definition, month, month.before(back), published);
                }
            }
        }
        // What targets are worked out from.
        for id in definition.indicators_in_force(month) {
            let indicator = definition.indicator(id);
            for since in indicator.standards.baselines().filter(|since| *since < month) {
                plan.add(definition, month, since, indicator.frequency.months());
            }
        }
        plan.commentary = commentary(definition, month, scope, reach);
        if reach == Reach::Commentaries {
            plan.extracts.extend((0..COMMENTARY_LOOK_BACK).map(|back| month.before(back)));
        }
        if reach == Reach::Checks {
            for back in 0..=RED_LOOK_BACK {
                let month = month.before(back);
                plan.extracts.insert(month);
                plan.verified.insert(month);
                plan.names.insert(month);
            }
        }
        plan
    }

    /// The same for a public edition: what it may show depends on all that a reader has seen.
    #[must_use]
    pub fn public(mut self, month: Month) -> Self {
        self.all_up_to = Some(month);
        self.all_publications = true;
        self
    }

    /// The months before `month` that show which figures it should have.
    #[must_use]
    pub fn expected(month: Month) -> Self {
        let extracts = (0..=EXPECTED_LOOK_BACK).map(|back| month.before(back)).collect();
        Self { extracts, ..Self::default() }
    }

    /// The same with the months that there are, if all of them are needed.
    #[must_use]
    pub fn with_months(mut self, definition: &Definition, months: &[Month]) -> Self {
        let Some(report) = self.all_up_to else { return self };
        let step = frequencies(definition, report).into_iter().map(Frequency::months).max();
        for month in months.iter().filter(|month| **month <= report) {
            self.add(definition, report, *month, step.unwrap_or(1));
            if self.all_publications {
                self.publications.insert(*month);
            }
        }
        self
    }

    /// What this plan and another need together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.all_up_to = self.all_up_to.max(other.all_up_to);
        self.all_publications |= other.all_publications;
        self.extracts.extend(other.extracts);
        self.publications.extend(other.publications);
        self.verified.extend(other.verified);
        self.names.extend(other.names);
        self.commentary.extend(other.commentary);
        self
    }

    /// Adds a month whose figures may be needed, and the months that may have published them. A
    /// figure that comes too late for its own month is published with a later one, before the next
    /// figure is due.
    fn add(&mut self, definition: &Definition, report: Month, month: Month, step: u16) {
        self.extracts.insert(month);
        if month < report && definition.previous == PreviousFrom::Published {
            let later = (0..step).map(|later| month.after(later));
            self.publications.extend(later.take_while(|later| *later < report));
        }
        self.publications.insert(report);
    }
}

/// The months whose commentary is needed, with the areas.
fn commentary(
    definition: &Definition,
    month: Month,
    scope: &Scope,
    reach: Reach,
) -> Vec<(Month, CommentaryPlan)> {
    let mut areas = match reach {
        Reach::Comparisons | Reach::Statistics => Vec::new(),
        Reach::Trends | Reach::Commentaries | Reach::Checks => scope.areas.clone(),
        Reach::TrendsOfParts => scope.with_parts(definition).areas,
    };
    // Checks look at the commentary of the top area even if it is not reported.
    if !areas.contains(&definition.top) {
        areas.push(definition.top);
    }
    let of_top = CommentaryPlan::Areas(vec![definition.top]);
    match reach {
        Reach::Checks => vec![(month, CommentaryPlan::All), (month.before(1), of_top)],
        Reach::Commentaries => (0..COMMENTARY_LOOK_BACK)
            .map(|back| (month.before(back), CommentaryPlan::Areas(areas.clone())))
            .collect(),
        _ => vec![(month, CommentaryPlan::Areas(areas)), (month.before(1), of_top)],
    }
}

/// How often the indicators of a report get a new figure.
fn frequencies(definition: &Definition, month: Month) -> BTreeSet<Frequency> {
    definition.indicators_in_force(month).map(|id| definition.indicator(id).frequency).collect()
}

/// How many months before a figure the share of records may be from that decides whether it is
/// rated: 2 where that is a quarterly figure.
fn months_of_coverage(definition: &Definition, month: Month) -> u16 {
    let indicators = definition.indicators_in_force(month).map(|id| definition.indicator(id));
    let coverages = indicators.filter_map(|indicator| indicator.coverage.as_ref());
    let months = coverages.map(|of| definition.indicator(of.indicator).frequency.months() - 1);
    months.max().unwrap_or(0)
}

/// Whether any indicator of this frequency is compared with the same period a year earlier.
fn is_compared_with_last_year(definition: &Definition, month: Month, frequency: Frequency) -> bool {
    let mut indicators = definition.indicators_in_force(month).map(|id| definition.indicator(id));
    indicators.any(|indicator| {
        indicator.frequency == frequency && indicator.compare.has(CompareWith::LastYear)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;

    /// The definitions of one indicator for each of these periods, with extra keys for the
    /// scorecard.
    fn define(periods: &[&str], keys: &str) -> Definition {
        let mut text = format!("[scorecard]\ntitle = 'T'\narea = 'Kent'\n{keys}\n");
        text += "[[area]]\nname = 'Kent'\n";
        for (id, period) in periods.iter().enumerate() {
            text += &format!(
                "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'N{id}'\npolarity = 'H'\n\
                 period = '{period}'\nunit = 'number'\n"
            );
        }
        Definition::for_test(&text)
    }

    fn plan(definition: &Definition, reach: Reach) -> Plan {
        let month = "2016-01".parse().expect("a month");
        let scope = Scope::new(definition, month, &[], &mut Findings::default());
        Plan::report(definition, month, &scope, reach)
    }

    fn months(months: &BTreeSet<Month>) -> Vec<String> {
        months.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn figures_of_every_month_need_three_months() {
        let plan = plan(&define(&["SS", "YTD"], ""), Reach::Comparisons);
        assert_eq!(months(&plan.extracts), ["2015-03", "2015-12", "2016-01"]);
        assert_eq!(plan.extracts, plan.publications);
    }

    #[test]
    fn a_quarter_is_carried_forward_for_three_months_and_compared_with_the_one_before() {
        let plan = plan(&define(&["Q"], ""), Reach::Comparisons);
        let needed = [
            "2015-01", "2015-02", "2015-03", "2015-08", "2015-09", "2015-10", "2015-11", "2015-12",
            "2016-01",
        ];
        assert_eq!(months(&plan.extracts), needed);
        // A figure of March may have been published with the report of May.
        assert!(plan.publications.contains(&"2015-05".parse().expect("a month")));
    }

    #[test]
    fn the_year_before_is_read_where_it_is_compared_with() {
        let asked = plan(&define(&["SS"], "compare = ['last_year']"), Reach::Comparisons);
        let year_before = "2015-01".parse().expect("a month");
        assert!(asked.extracts.contains(&year_before) && asked.publications.contains(&year_before));
        let quarter = plan(&define(&["Q"], "compare = ['last_year']"), Reach::Comparisons);
        let needed = ["2014-11", "2014-12", "2015-01"].map(|text| text.parse().expect("a month"));
        assert!(needed.iter().all(|month| quarter.extracts.contains(month)));
    }

    #[test]
    fn a_share_of_records_may_be_of_a_quarter_before() {
        let mut text =
            "[scorecard]\ntitle = 'T'\narea = 'Kent'\n[[area]]\nname = 'Kent'\n".to_owned();
        for (id, period, keys) in [
            ("1", "SS", "coverage = { indicator = '2', needed = 85 }"),
            ("2", "Q", "from = '2016-02'"),
        ] {
            text += &format!(
                "[[indicator]]\nid = '{id}'\nsection = 'S'\nname = 'N{id}'\npolarity = 'H'\n\
                 period = '{period}'\nunit = 'percent'\n{keys}\n"
            );
        }
        let plan = plan(&Definition::for_test(&text), Reach::Comparisons);
        // The figure of December goes by a share of December, November or October.
        assert!(plan.extracts.contains(&"2015-10".parse().expect("a month")));
    }

    #[test]
    fn limits_need_all_months_there_are() {
        let definition = define(&["SS"], "[statistics]\nspc = true");
        let months = ["1999-04", "2015-06", "2016-02"].map(|text| text.parse().expect("a month"));
        let of = |reach| plan(&definition, reach).with_months(&definition, &months);
        let asked = of(Reach::Statistics);
        assert!(asked.extracts.contains(&months[0]) && asked.publications.contains(&months[1]));
        assert!(!asked.extracts.contains(&months[2]), "not those after the report's");
        assert!(!of(Reach::Comparisons).extracts.contains(&months[0]));
    }

    #[test]
    fn trends_need_two_years_and_checks_all_of_them() {
        let definition = define(&["SS"], "");
        let (trends, checks) = (plan(&definition, Reach::Trends), plan(&definition, Reach::Checks));
        let two_years = (0..=RED_LOOK_BACK).map(|back| report_month().before(back));
        assert!(two_years.clone().all(|month| trends.extracts.contains(&month)));
        assert!(trends.extracts.len() < 30, "and little more");
        assert_eq!(checks.verified, two_years.collect());
        assert_eq!(checks.commentary[0], (report_month(), CommentaryPlan::All));
    }

    fn report_month() -> Month {
        "2016-01".parse().expect("a month")
    }

    #[test]
    fn what_was_published_is_not_read_where_current_figures_are_compared() {
        let plan = plan(&define(&["SS"], "previous = 'current'"), Reach::Comparisons);
        assert_eq!(months(&plan.publications), ["2016-01"]);
    }
}

//! `[[identity]]`: figures that are the same count.

use serde_json::{Value, json};

use super::build::Builder;
use super::words::Part;
use super::{ActivityId, IndicatorId};
use crate::diagnostic::{Code, Place};
use crate::population::CohortId;
use crate::toml_file::kinds::{Choice, TableList, TextValue};
use crate::toml_file::table;

table! {
    IdentityKeys: "[[identity]]",
        "Figures that are the same count, so that they must be equal in every area that has them.",
        rules = at_least_two;
    name: optional TextValue, "what is counted";
    same: required TableList<TermKeys>, "the figures, at least two: an indicator's, or an activity";
}

table! {
    TermKeys: "[[identity.same]]", "One of the figures of an identity.", rules = one_of_the_two;
    indicator: optional TextValue, "the id of an indicator";
    figure: optional Choice<Part>, "which of its figures; the denominator by default";
    cohort: optional TextValue,
        "the cohort whose part of the figure is meant; without it, everyone's";
    activity: optional TextValue, "instead of an indicator, the id of an activity";
}

fn at_least_two() -> Vec<Value> {
    vec![json!({ "properties": { "same": { "minItems": 2 } } })]
}

fn one_of_the_two() -> Vec<Value> {
    let of_indicator = json!({ "required": ["indicator"], "properties": { "activity": false } });
    let of_activity = json!({
        "required": ["activity"],
        "properties": { "indicator": false, "figure": false, "cohort": false },
    });
    vec![json!({ "oneOf": [of_indicator, of_activity] })]
}

/// Figures that are the same count.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What is counted.
    pub name: Option<String>,
    /// The figures, at least two.
    pub same: Vec<Term>,
    /// Where it is defined.
    pub place: Place,
}

/// A figure of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// An indicator's.
    Indicator {
        /// Which indicator.
        indicator: IndicatorId,
        /// Which of its figures.
        part: Part,
        /// The cohort whose part of it is meant; without it, everyone's.
        cohort: Option<CohortId>,
    },
    /// An activity's.
    Activity(ActivityId),
}

impl Builder<'_> {
    pub(super) fn identities(&mut self, identities: &[IdentityKeys]) -> Vec<Identity> {
        identities.iter().map(|keys| self.identity(keys)).collect()
    }

    fn identity(&mut self, keys: &IdentityKeys) -> Identity {
        if let Some(same) = keys.same.spanned()
            && same.value.len() < 2
        {
            let found = "an identity of fewer than two figures";
            let remedy = "name at least two figures that are the same count";
            self.report(Code::BadValue, same.span.clone(), found, remedy);
        }
        Identity {
            name: keys.name.value(),
            same: keys.same.items().iter().filter_map(|term| self.term(term)).collect(),
            place: self.place(&keys.span),
        }
    }

    fn term(&mut self, keys: &TermKeys) -> Option<Term> {
        match (keys.indicator.spanned(), keys.activity.spanned()) {
            (Some(id), None) => {
                let indicator = self.named_indicator(id, "the identity's")?;
                let part = keys.figure.value().unwrap_or(Part::Denominator);
                let cohort = keys.cohort.spanned().and_then(|id| self.named_cohort(id));
                Some(Term::Indicator { indicator, part, cohort })
            }
            (None, Some(id)) => {
                let beside = [("figure", keys.figure.span()), ("cohort", keys.cohort.span())];
                let beside = beside.into_iter().find_map(|(key, span)| Some((key, span?)));
                if let Some((key, span)) = beside {
                    let found = format!("`{key}` beside an activity, which has one figure");
                    let remedy = "take it out, or name an indicator instead";
                    self.report(Code::BadValue, span, found, remedy);
                }
                self.named_activity(id).map(Term::Activity)
            }
            (indicator, _) => {
                // One that cannot be read has been reported as that.
                if !keys.indicator.is_refused() && !keys.activity.is_refused() {
                    let found = if indicator.is_some() {
                        "a figure of both an indicator and an activity"
                    } else {
                        "a figure of neither an indicator nor an activity"
                    };
                    let remedy = "name one of the two: \
                        { indicator = \"14\", figure = \"denominator\" } or \
                        { activity = \"cp_plans\" }";
                    self.report(Code::BadValue, keys.span.clone(), found, remedy);
                }
                None
            }
        }
    }
}

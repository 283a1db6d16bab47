//! `[[activity]]`: the columns of the activity table.

use serde_json::{Value, json};

use super::ActivityId;
use super::allowance::{Allowance, AllowanceValue};
use super::build::Builder;
use super::words::{Sensitivity, Show};
use crate::diagnostic::{Code, Place};
use crate::text::quote;
use crate::toml_file::kinds::{Choice, IdValue, TextValue};
use crate::toml_file::{Spanned, table};

table! {
    ActivityKeys: "[[activity]]", "A column of the activity table.", rules = rules;
    id: required IdValue, "its column in the extracts";
    name: required TextValue, "its heading";
    show: optional Choice<Show>, "this month, last month and the change, or this month alone";
    starts: optional TextValue, "the activity that counts what came in since last month";
    ends: optional TextValue, "the activity that counts what went out since last month";
    disclosure: optional Choice<Sensitivity>,
        "\"none\" where it is not about people, so that a public edition shows small counts, too";
    allow: optional AllowanceValue,
        "how far it may be from the sum of its parts, and a stock from what flows";
}

/// Starts and ends stand together.
fn rules() -> Vec<Value> {
    vec![json!({ "dependencies": { "starts": ["ends"], "ends": ["starts"] } })]
}

/// A column of the activity table.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Its column in the extracts.
    pub id: String,
    /// Its heading.
    pub name: String,
    /// Whether last month and the change are shown too.
    pub show: Show,
    /// The activities that count what came in and what went out since last month, for one that is a
    /// stock.
    pub flow: Option<Flow>,
    /// Whether a public edition hides it where it is small.
    pub sensitivity: Sensitivity,
    /// How far it may be from the sum of its parts, and a stock from what flows.
    pub allow: Option<Allowance>,
    /// Where it is defined.
    pub place: Place,
}

/// What came in and what went out of a stock since last month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// What came in.
    pub starts: ActivityId,
    /// What went out.
    pub ends: ActivityId,
}

impl Builder<'_> {
    pub(super) fn activities(&mut self, activities: &[ActivityKeys]) -> Vec<Activity> {
        self.register_activities(activities);
        activities.iter().filter_map(|keys| self.activity(keys)).collect()
    }

    fn register_activities(&mut self, activities: &[ActivityKeys]) {
        for id in activities.iter().filter_map(|keys| keys.id.spanned()) {
            if ["area", "month"].contains(&id.value.to_lowercase().as_str()) {
                let found = format!("an activity cannot be called {}", quote(&id.value));
                let remedy = "give it another id: the columns `area` and `month` say whose \
                    activity it is, and of when";
                self.report(Code::BadValue, id.span.clone(), found, remedy);
            }
        }
        let ids = activities.iter().map(|keys| keys.id.spanned());
        self.names.activities = self.register_ids(ids, "activities", ActivityId::new);
    }

    fn activity(&mut self, keys: &ActivityKeys) -> Option<Activity> {
        let flow = match (keys.starts.spanned(), keys.ends.spanned()) {
            (Some(starts), Some(ends)) => self
                .named_activity(starts)
                .zip(self.named_activity(ends))
                .map(|(starts, ends)| Flow { starts, ends }),
            (None, None) => None,
            (Some(only), None) | (None, Some(only)) => {
                let found = "one of `starts` and `ends` without the other";
                let remedy = "name both `starts` and `ends`: last month plus what came in minus \
                    what went out is this month";
                self.report(Code::MissingKey, only.span.clone(), found, remedy);
                None
            }
        };
        Some(Activity {
            id: keys.id.value()?,
            name: keys.name.value()?,
            show: keys.show.value().unwrap_or(Show::Change),
            flow,
            sensitivity: keys.disclosure.value().unwrap_or(Sensitivity::All),
            allow: keys.allow.value(),
            place: self.place(&keys.span),
        })
    }

    pub(super) fn named_activity(&mut self, id: &Spanned<String>) -> Option<ActivityId> {
        self.named(id, |names| &names.activities, ["an", "activity"])
    }
}

//! `[[checked]]` of `month.toml`: findings of the month that somebody has looked into.

use crate::definition::{ActivityId, AreaId, Definition, IndicatorId, Lookup};
use crate::diagnostic::{Code, Findings, Place, Severity, Source};
use crate::text::{can_mean, did_you_mean, quote};
use crate::toml_file::kinds::{Flag, TextValue};
use crate::toml_file::{KeyValue, table};

table! {
    CheckedKeys: "[[checked]]",
        "Findings of the month that have been looked into and are right as they are.";
    finding: required TextValue, "the code of the findings, such as \"ytd-fell\"";
    indicator: optional TextValue,
        "the id of the indicator that they are about; without it, of whichever";
    activity: optional TextValue,
        "the id of the activity that they are about; without it, of whichever";
    area: optional TextValue, "the area or team that they are about; without it, whichever";
    reason: required TextValue, "why it is right as it is";
    public: optional Flag,
        "whether the reason is printed on the pages, as a note on the data; false by default";
}

/// Findings that somebody has looked into: those of a code, as far as it says about what.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The code of the findings.
    pub code: Code,
    /// The indicator that they are about, unless it is any.
    pub indicator: Option<IndicatorId>,
    /// The activity that they are about, unless it is any.
    pub activity: Option<ActivityId>,
    /// The area or team that they are about, unless it is any.
    pub area: Option<AreaId>,
    /// Why it is right as it is.
    pub reason: String,
    /// Whether the reason is printed on the pages.
    pub is_public: bool,
    /// Where it says so.
    pub place: Place,
}

/// Reads the entries. One that is not understood settles nothing, and is an error.
pub(super) fn read(
    entries: &[CheckedKeys],
    source: &Source,
    definition: &Definition,
    findings: &mut Findings,
) -> Vec<Checked> {
    let mut reader = Reader { source, definition, findings };
    entries.iter().filter_map(|keys| reader.entry(keys)).collect()
}

/// That a key names nothing there is, which has been reported.
struct NotUnderstood;

struct Reader<'r> {
    source: &'r Source,
    definition: &'r Definition,
    findings: &'r mut Findings,
}

impl Reader<'_> {
    fn entry(&mut self, keys: &CheckedKeys) -> Option<Checked> {
        let definition = self.definition;
        let code = self.code(&keys.finding);
        let indicator = self.name(&keys.indicator, "indicator", |id| {
            (definition.look_up_indicator(id), definition.indicators.iter().map(|one| &*one.id))
        });
        let activity = self.name(&keys.activity, "activity", |id| {
            (definition.look_up_activity(id), definition.activities.iter().map(|one| &*one.id))
        });
        let area = self.name(&keys.area, "area", |name| {
            (definition.look_up_area(name), definition.areas.iter().map(|one| &*one.name))
        });
        Some(Checked {
            code: code?,
            indicator: indicator.ok()?,
            activity: activity.ok()?,
            area: area.ok()?,
            reason: keys.reason.value()?,
            is_public: keys.public.value().unwrap_or(false),
            place: Place { column: None, ..self.source.place(&keys.span) },
        })
    }

    fn code(&mut self, key: &KeyValue<String>) -> Option<Code> {
        let read = key.spanned()?;
        let name = read.value.as_str();
        let (found, remedy) = match Code::from_name(name) {
            // A number in a text may be another one than that which is hidden: only a reader can tell.
            Some(code) if code.severity() != Severity::Error || code == Code::HiddenInText => {
                return Some(code);
            }
            Some(_) => {
                let found = format!("{name} is an error, which cannot be settled");
                (found, "correct what it is about, and delete this entry".to_owned())
            }
            None => {
                let guess = did_you_mean(name, Code::changeable());
                let remedy =
                    format!("{guess}write the code as `scorecard check` has it in brackets");
                (format!("there is no finding {}", quote(name)), remedy)
            }
        };
        self.findings.push(self.source.finding(Code::BadValue, read.span.clone(), found, remedy));
        None
    }

    /// What a key names; `None` if the key is not there.
    fn name<'d, T, N: Iterator<Item = &'d str>>(
        &mut self,
        key: &KeyValue<String>,
        what: &str,
        look_up: impl FnOnce(&str) -> (Lookup<'d, T>, N),
    ) -> Result<Option<T>, NotUnderstood> {
        if !key.is_there() {
            return Ok(None);
        }
        let read = key.spanned().ok_or(NotUnderstood)?;
        let name = read.value.as_str();
        let (lookup, names) = look_up(name);
        let (found, remedy) = match lookup {
            Lookup::One(found, _) => return Ok(Some(found)),
            Lookup::Several(names) => {
                let remedy = format!("write it exactly as in {}", self.definition.path);
                (can_mean(name, &names), remedy)
            }
            Lookup::Nothing => {
                let guess = did_you_mean(name, names);
                let found = format!("there is no {what} {}", quote(name));
                (found, format!("{guess}write it as in {}", self.definition.path))
            }
        };
        self.findings.push(self.source.finding(
            Code::UnknownName,
            read.span.clone(),
            found,
            remedy,
        ));
        Err(NotUnderstood)
    }
}

//! Findings that somebody has looked into, as `[[checked]]` of `month.toml` says.

use super::Collected;
use crate::definition::Definition;
use crate::diagnostic::{Code, Finding, Findings, Severity, Subject};
use crate::extract::Checked;
use crate::history::History;
use crate::month::Month;
use crate::scope::Scope;

/// Gives findings the severity that the definitions have for them, and sets those of the month
/// aside that somebody has looked into. What is an error stays.
pub fn settle(history: &History<'_>, month: Month, findings: &mut Findings) {
    let definition = history.definition();
    findings.change_severities(&definition.severities);
    for checked in entries(history, month) {
        findings.settle(&checked.reason, &checked.place, |finding| {
            finding.severity != Severity::Error && is_about(checked, definition, finding)
        });
    }
}

/// The same in a check, where an entry that settles nothing is a finding.
///
/// Only a check looks for everything, and only where everything could be read is it sure that
/// there is nothing to settle.
pub fn settle_all(history: &History<'_>, month: Month, scope: &Scope, findings: &mut Findings) {
    settle(history, month, findings);
    let definition = history.definition();
    if findings.has_errors() && !history.is_whole() || !scope.is_chosen(definition.top) {
        return;
    }
    let mut collected = Collected::new(&definition.severities);
    for checked in entries(history, month).iter().filter(|checked| is_looked_for(checked, scope)) {
        if findings.settled().iter().all(|settled| settled.place != checked.place) {
            collected.add(Code::CheckedNothing, || nothing(checked, definition, findings));
        }
    }
    let mut more = Findings::default();
    collected.finish(&mut more);
    more.change_severities(&definition.severities);
    findings.append(more);
}

fn entries<'h>(history: &'h History<'_>, month: Month) -> &'h [Checked] {
    history.extract(month).map_or(&[], |extract| &extract.about.checked)
}

/// Whether a finding is one that an entry settles: what the entry does not say may be anything.
fn is_about(checked: &Checked, definition: &Definition, finding: &Finding) -> bool {
    let Subject { indicator, activity, area } = &finding.subject;
    let is = |entry: Option<&str>, theirs: &Option<String>| {
        entry.is_none_or(|entry| theirs.as_deref() == Some(entry))
    };
    checked.code == finding.code
        && is(checked.indicator.map(|id| definition.indicator(id).id.as_str()), indicator)
        && is(checked.activity.map(|id| definition.activity(id).id.as_str()), activity)
        && is(checked.area.map(|area| definition.area(area).name.as_str()), area)
}

/// Whether what an entry settles would be found in a check of these areas: natural limits are only
/// worked out for them.
fn is_looked_for(checked: &Checked, scope: &Scope) -> bool {
    checked.code != Code::FarOutside || checked.area.is_none_or(|area| scope.is_chosen(area))
}

fn nothing(checked: &Checked, definition: &Definition, findings: &Findings) -> Finding {
    let is_error = |finding: &Finding| {
        finding.severity == Severity::Error && is_about(checked, definition, finding)
    };
    let code = checked.code.as_str();
    let (why, remedy) = if findings.iter().any(is_error) {
        (format!("{code} is an error here"), "correct it: what is an error cannot be settled")
    } else if definition.severities.of(checked.code).is_none() {
        (
            format!("{code} is off"),
            "delete the entry, or what turns the finding off under [findings]",
        )
    } else {
        let remedy = "delete the entry, or correct what it is about: `scorecard check` prints \
            entries as they should be";
        (format!("{code} finds nothing that it is about"), remedy)
    };
    let found = format!("this entry settles nothing: {why}");
    Finding::new(Code::CheckedNothing, checked.place.clone(), found, remedy)
}

/// An entry that settles a finding, ready to be pasted; nothing, for what cannot be settled. Its
/// reason is left to be written.
#[must_use]
pub fn entry(finding: &Finding) -> Option<String> {
    if finding.severity == Severity::Error || finding.code == Code::CheckedNothing {
        return None;
    }
    let Subject { indicator, activity, area } = &finding.subject;
    let keys = [("indicator", indicator), ("activity", activity), ("area", area)];
    let code = finding.code.as_str();
    let mut entry = format!("[[checked]]\nfinding = {}\n", toml_text(code));
    for (key, name) in keys {
        if let Some(name) = name {
            entry += &format!("{key} = {}\n", toml_text(name));
        }
    }
    Some(entry + "reason = \"\"\n")
}

/// Text as TOML writes it, which is as JSON does.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

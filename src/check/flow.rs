//! Stocks that do not flow: last month's plus what came in minus what went out should be this
//! month's.

use super::{Collected, Context};
use crate::definition::{ActivityId, Allowance, Flow};
use crate::diagnostic::{Code, Finding};
use crate::extract::{ActivityFigure, Extract};
use crate::figure::{Amount, Decimal};
use crate::text::quote;

/// Every activity that names its starts and ends, for the top area: below it, whatever moves from
/// one area to another is neither a start nor an end.
pub(super) fn check(context: Context<'_, '_>, collected: &mut Collected<'_>) {
    let Some(last) = context.last else { return };
    for stock in context.definition.activity_ids() {
        let Some(flow) = context.definition.activity(stock).flow else { continue };
        if let Some(finding) = drift(context, context.this, last, stock, flow) {
            collected.add(Code::DoesNotFlow, || finding);
        }
    }
}

fn drift(
    context: Context<'_, '_>,
    this: &Extract,
    last: &Extract,
    stock: ActivityId,
    flow: Flow,
) -> Option<Finding> {
    let area = context.definition.top;
    let (entry, now) = counted(this.activities.of(area, stock)?)?;
    let (_, before) = counted(last.activities.of(area, stock)?)?;
    let (_, starts) = counted(this.activities.of(area, flow.starts)?)?;
    let (_, ends) = counted(this.activities.of(area, flow.ends)?)?;
    let expected = &(before + starts) - ends;
    let allow = context.definition.activity(stock).allow.as_ref();
    if Allowance::agree(allow, &expected, now) {
        return None;
    }
    let adrift = now - &expected;
    let sign = if adrift.is_negative() { "" } else { "+" };
    let found = format!(
        "{} of {} should be {} last month plus {} starts minus {} ends, which is {}, and it is {} \
            ({sign}{})",
        quote(&context.definition.activity(stock).name),
        context.definition.area(area).name,
        before.grouped(),
        starts.grouped(),
        ends.grouped(),
        expected.grouped(),
        now.grouped(),
        adrift.grouped(),
    );
    let remedy = "look for cases that were opened or closed late, or counted in one extract and \
        not in the other";
    let finding = Finding::new(Code::DoesNotFlow, entry.place.clone(), found, remedy);
    Some(finding.about(context.definition.subject_activity(area, stock)))
}

fn counted(entry: &ActivityFigure) -> Option<(&ActivityFigure, &Decimal)> {
    if let Some(Amount::Value(count)) = &entry.amount { Some((entry, count)) } else { None }
}

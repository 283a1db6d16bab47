//! How areas are named in headings.

use crate::definition::AreaId;
use crate::scorecard::Scorecard;

/// What a page about one area is called where there is little room.
pub(super) fn page_name(scorecard: &Scorecard<'_>, what: &str, area: AreaId) -> String {
    if area == scorecard.definition.top {
        what.to_owned()
    } else {
        format!("{what} - {}", area_name(scorecard, area))
    }
}

/// The name of an area in headings: the top area's own pages carry it too.
pub(super) fn area_name<'s>(scorecard: &Scorecard<'s>, area: AreaId) -> &'s str {
    &scorecard.definition.area(area).name
}

//! What findings are about, by the names of the definitions.

use super::{ActivityId, AreaId, Definition, IndicatorId};
use crate::diagnostic::Subject;

impl Definition {
    /// An indicator of an area.
    #[must_use]
    pub fn subject(&self, area: AreaId, indicator: IndicatorId) -> Subject {
        let indicator = Some(self.indicator(indicator).id.clone());
        Subject { indicator, ..self.subject_area(area) }
    }

    /// An activity of an area or team.
    #[must_use]
    pub fn subject_activity(&self, area: AreaId, activity: ActivityId) -> Subject {
        let activity = Some(self.activity(activity).id.clone());
        Subject { activity, ..self.subject_area(area) }
    }

    /// An area or team.
    #[must_use]
    pub fn subject_area(&self, area: AreaId) -> Subject {
        Subject { area: Some(self.area(area).name.clone()), ..Subject::default() }
    }

    /// Indicators of an area: which one, where it is one alone.
    #[must_use]
    pub fn subject_indicators(&self, area: Option<AreaId>, indicators: &[IndicatorId]) -> Subject {
        let subject = area.map_or_else(Subject::default, |area| self.subject_area(area));
        let indicator = match indicators {
            [only] => Some(self.indicator(*only).id.clone()),
            _ => None,
        };
        Subject { indicator, ..subject }
    }
}

//! `from` and `until`: the months in which an area or an indicator is there.

use super::build::Builder;
use crate::diagnostic::Code;
use crate::month::Month;
use crate::toml_file::KeyValue;

/// The months in which something exists; no bound where none is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// The first month.
    pub from: Option<Month>,
    /// The last month.
    pub until: Option<Month>,
}

impl InForce {
    /// Whether it exists in `month`.
    #[must_use]
    pub fn covers(self, month: Month) -> bool {
        self.overlaps(month, month)
    }

    /// Whether it exists in any month from `first` to `last`.
    #[must_use]
    pub fn overlaps(self, first: Month, last: Month) -> bool {
        self.from.is_none_or(|from| from <= last) && self.until.is_none_or(|until| first <= until)
    }
}

impl Builder<'_> {
    pub(super) fn in_force(&mut self, from: &KeyValue<Month>, until: &KeyValue<Month>) -> InForce {
        if let (Some(from), Some(until)) = (from.get(), until.spanned())
            && *from > until.value
        {
            let found = format!("it ends in {} before it starts in {from}", until.value);
            self.report(
                Code::FromAfterUntil,
                until.span.clone(),
                found,
                "put the first month in `from` and the last in `until`",
            );
        }
        InForce { from: from.value(), until: until.value() }
    }
}

//! The value that a table has for a key.

use std::ops::Range;

/// A value and its position in the file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub(crate) value: T,
    /// Its position.
    pub(crate) span: Range<usize>,
}

/// The value that a table has for a key.
#[derive(Clone, Debug, Default)]
pub(crate) enum KeyValue<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there, but its value is not allowed, which has been reported.
    Refused(Range<usize>),
    /// The key has an allowed value.
    Read(Spanned<T>),
}

impl<T> KeyValue<T> {
    /// The value. `None` if it is absent or was refused.
    pub(crate) fn get(&self) -> Option<&T> {
        self.spanned().map(|read| &read.value)
    }

    /// A copy of the value. `None` if it is absent or was refused.
    pub(crate) fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.get().cloned()
    }

    /// The value and its position. `None` if it is absent or was refused.
    pub(crate) fn spanned(&self) -> Option<&Spanned<T>> {
        match self {
            Self::Read(read) => Some(read),
            Self::Absent | Self::Refused(_) => None,
        }
    }

    /// Whether the key is there, whatever its value.
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Whether the key is there with a value that is not allowed.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// The position of the value. `None` if the key is absent.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::Absent => None,
            Self::Refused(span) | Self::Read(Spanned { span, .. }) => Some(span.clone()),
        }
    }
}

impl<T> KeyValue<Vec<T>> {
    /// The items of the list; empty if there is none.
    pub(crate) fn items(&self) -> &[T] {
        self.get().map_or(&[], Vec::as_slice)
    }
}

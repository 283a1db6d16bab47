//! What a table has under a key.

use std::ops::Range;

/// A value and where it stands in its file, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// What it is.
    pub(crate) value: T,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// What a table has under a key.
#[derive(Clone, Debug, Default)]
pub(crate) enum KeyValue<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// It is there, and its value is not what it takes. That has been reported.
    Refused(Range<usize>),
    /// Its value is what it takes.
    Read(Spanned<T>),
}

impl<T> KeyValue<T> {
    /// The value, if it could be read.
    pub(crate) fn get(&self) -> Option<&T> {
        self.spanned().map(|read| &read.value)
    }

    /// A copy of the value, if it could be read.
    pub(crate) fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.get().cloned()
    }

    /// The value and where it stands, if it could be read.
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

    /// Whether the key is there with a value that it does not take.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// Where the value stands, if the key is there.
    pub(crate) fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::Absent => None,
            Self::Refused(span) | Self::Read(Spanned { span, .. }) => Some(span.clone()),
        }
    }
}

impl<T> KeyValue<Vec<T>> {
    /// What is in the list, if there is one.
    pub(crate) fn items(&self) -> &[T] {
        self.get().map_or(&[], Vec::as_slice)
    }
}

//! The CSS classes of ratings and directions, and their order for sorting.

use crate::layout::{Cell, Value};
use crate::rating::{Direction, Rag};

/// The CSS class of a rating or a direction.
pub(super) fn class(cell: &Cell) -> &'static str {
    match cell.value {
        Value::Rag(rag) => rag.as_str(),
        Value::Direction(direction) => direction.as_str(),
        Value::Missing
        | Value::Text
        | Value::Number(_)
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Sparkline(_) => "none",
    }
}

/// The position of a rating or direction when sorting, with those that need attention first. `None`
/// for other cells.
pub(super) fn rank(cell: &Cell) -> Option<usize> {
    match cell.value {
        Value::Rag(rag) => Rag::ALL.iter().rev().position(|one| *one == rag),
        Value::Direction(direction) => {
            Direction::ALL.iter().rev().position(|one| *one == direction)
        }
        Value::Missing
        | Value::Text
        | Value::Number(_)
        | Value::Worded(_)
        | Value::Pair(..)
        | Value::Sparkline(_) => None,
    }
}

//! Ratings and directions: their classes in the style of the page, and how they are sorted.

use crate::layout::{Cell, Value};
use crate::rating::{Direction, Rag};

/// The class of a rating or a direction.
pub(super) fn class(cell: &Cell) -> &'static str {
    match cell.value {
        Value::Rag(rag) => rag.as_str(),
        Value::Direction(direction) => direction.as_str(),
        Value::Missing | Value::Text | Value::Number(_) | Value::Pair(..) => "none",
    }
}

/// Where a rating or a direction comes when a reader sorts by it: what calls for attention first.
pub(super) fn rank(cell: &Cell) -> Option<usize> {
    match cell.value {
        Value::Rag(rag) => Rag::ALL.iter().rev().position(|one| *one == rag),
        Value::Direction(direction) => {
            Direction::ALL.iter().rev().position(|one| *one == direction)
        }
        Value::Missing | Value::Text | Value::Number(_) | Value::Pair(..) => None,
    }
}

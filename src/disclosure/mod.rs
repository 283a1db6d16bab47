//! Which figures a public edition leaves out, so that nobody can be identified from the rest.
//!
//! [`primary`] says which figures are hidden for what they say themselves: 3 of 20. Those could
//! often be worked out from what is left: a total and its other parts, a cohort and the others, the
//! same count in another place. What a reader can add up is a [`System`] of whole numbers, and
//! [`protect`] hides as few further figures as it finds necessary.
//!
//! A small count is protected when two other *worlds* agree with everything that is shown: two
//! sets of numbers that add up in the same way, and in which the count is as far apart as small
//! counts go. They come with the answer, as a [`Certificate`], and are added up again before
//! they are believed, whatever found them. A search that does not find what is there hides one
//! figure more than necessary, and never one less.

mod check;
mod components;
mod edition;
mod month;
pub mod primary;
mod protect;
mod rules;
mod search;
mod system;

pub use edition::{Key, NumberOf, PublicEdition, PublicMonth, Reason, Sensitive};
pub use protect::{Certificate, Protection, Why, insiders, protect};
pub use rules::DisclosureRules;
pub use system::{Cost, FigureId, Item, Quantity, Status, System, Term};

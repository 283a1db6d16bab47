//! A result over the last periods as a small line in a cell, with a mark at its end in the colour of
//! the rating.

use askama::Template;

use super::chart::Px;
use crate::figure::{Decimal, Ratio};
use crate::layout::{Number, Sparkline};

/// A small line.
#[derive(Template)]
#[template(path = "sparkline.html")]
pub(super) struct SparklineView<'d> {
    /// What can be seen in it, for people who cannot see it.
    label: &'d str,
    width: Px,
    height: Px,
    path: String,
    /// The mark at the last result.
    x: Px,
    y: Px,
    class: &'static str,
}

impl askama::filters::HtmlSafe for SparklineView<'_> {}

/// The size of the drawing, and the space around the line, in tenths of a unit.
const WIDTH: i64 = 760;
const HEIGHT: i64 = 200;
const MARGIN: i64 = 40;

impl<'d> SparklineView<'d> {
    /// The drawing. `None` if there are no results.
    pub(super) fn of(sparkline: &'d Sparkline, label: &'d str) -> Option<Self> {
        let results = || sparkline.points.iter().map(|point| point.result.as_ref());
        let shown = || results().flatten().map(|number| &number.shown);
        let (low, high) = (shown().min()?, shown().max()?);
        let steps = i64::try_from(sparkline.points.len()).unwrap_or(1).saturating_sub(1).max(1);
        let x = |index: usize| {
            MARGIN + (WIDTH - 2 * MARGIN) * i64::try_from(index).unwrap_or(0) / steps
        };
        let y = |number: &Number| {
            let room = Decimal::new(HEIGHT - 2 * MARGIN, 0);
            let part = Ratio::new(&(&number.shown - low), &(high - low), 1);
            let up = part.and_then(|part| part.scaled(&room, 1).round(0).mantissa());
            // A line that does not move lies in the middle.
            HEIGHT - MARGIN - up.unwrap_or((HEIGHT - 2 * MARGIN) / 2)
        };
        let (mut path, mut is_drawn, mut last) = (String::new(), false, None);
        for (index, (result, point)) in results().zip(&sparkline.points).enumerate() {
            if let Some(number) = result {
                let (x, y) = (Px(x(index)), Px(y(number)));
                path += &format!("{}{x} {y}", if is_drawn { "L" } else { "M" });
                last = Some((x, y, point.rag));
            }
            is_drawn = result.is_some();
        }
        let (x, y, rag) = last?;
        let class = rag.map_or("none", |rag| rag.as_str());
        Some(Self { label, width: Px(WIDTH), height: Px(HEIGHT), path, x, y, class })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Point, Sign};
    use crate::rating::Rag;

    fn sparkline(results: &[&str]) -> Sparkline {
        let point = |text: &&str| Point {
            result: text.parse::<Decimal>().ok().map(|shown| Number {
                exact: Ratio::from(&shown),
                shown,
                unit: Sign::Percent,
                signed: false,
            }),
            rag: Some(Rag::Red),
            ..Point::default()
        };
        Sparkline { name: "9".to_owned(), points: results.iter().map(point).collect() }
    }

    fn path(results: &[&str]) -> Option<(String, Px, Px)> {
        let sparkline = sparkline(results);
        SparklineView::of(&sparkline, "").map(|view| (view.path, view.x, view.y))
    }

    /// The line is 68 wide and 12 high, 4 from the edges: 75% lies a quarter below the top.
    #[test]
    fn the_line_goes_from_its_lowest_result_to_its_highest() {
        assert_eq!(path(&["60", "80", "75"]), Some(("M4 16L38 4L72 7".into(), Px(720), Px(70))));
        assert_eq!(path(&["60", "", "80"]), Some(("M4 16M72 4".into(), Px(720), Px(40))));
        assert_eq!(path(&["7", "7"]), Some(("M4 10L72 10".into(), Px(720), Px(100))));
    }

    #[test]
    fn the_mark_is_at_the_last_result_that_there_is() {
        assert_eq!(path(&["60", "80", ""]), Some(("M4 16L38 4".into(), Px(380), Px(40))));
        assert_eq!(path(&["", ""]), None);
    }
}

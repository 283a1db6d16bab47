//! Pages of paper: how wide they are, where a new one starts, and how tables fit them: the widths of
//! their columns, the font size, and their division into several tables if they are too wide.

use std::borrow::Cow;

use crate::layout::{Align, Block, Cell, Column, Medium, Page, Room, Row, Table, Value};
use crate::render::measure;

/// A length on a page, in twentieths of a point.
pub(super) type Twips = u32;

/// The sides of A4, and the longest of A3, and the margins for each orientation.
const SHORT: Twips = 11_906;
const LONG: Twips = 16_838;
const LONGEST: Twips = 23_811;
const MARGIN_PORTRAIT: Twips = 1_134;
const MARGIN_LANDSCAPE: Twips = 850;
/// The margins above and below.
pub(super) const MARGIN_UPRIGHT: Twips = 1_000;

/// The size and orientation of pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Orientation {
    #[default]
    Portrait,
    Landscape,
    /// A3 in landscape. No printer of an office is asked for it unless a table fits nothing else.
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "Word documents are on A4"))]
    Large,
}

/// Whether a heading among the blocks of a page starts a new sheet: each report on an indicator does,
/// except the first one, which follows the heading of the page.
pub(super) fn starts_page(blocks: &[Block], heading: usize) -> bool {
    let mut below = blocks[heading + 1..].iter();
    let is_report =
        matches!(below.find(|block| !matches!(block, Block::Fields(_))), Some(Block::Series(_)));
    heading > 0 && is_report
}

/// The caption of a part of a table that may be divided into several.
pub(super) fn caption(table: &Table, part: usize) -> Cow<'_, str> {
    if part == 0 {
        Cow::Borrowed(&table.caption)
    } else {
        Cow::Owned(format!("{}, further columns", table.caption))
    }
}

/// The room for text in a column of this width, in thousandths of the font size.
pub(super) fn room(width: Twips, size: u32) -> u32 {
    width.saturating_sub(2 * MARGIN).saturating_mul(100) / size
}

impl Orientation {
    /// That of a page of the report: portrait, unless one of its tables is too wide for it.
    pub(super) fn of(page: &Page) -> Self {
        let is_too_wide = |block: &Block| {
            block.table().is_some_and(|table| TablePlan::whole(table, Self::Portrait).is_none())
        };
        if page.blocks.iter().any(is_too_wide) { Self::Landscape } else { Self::Portrait }
    }

    /// How wide and how high the paper is, and its margins at the sides.
    pub(super) fn paper(self) -> [Twips; 3] {
        match self {
            Self::Portrait => [SHORT, LONG, MARGIN_PORTRAIT],
            Self::Landscape => [LONG, SHORT, MARGIN_LANDSCAPE],
            Self::Large => [LONGEST, LONG, MARGIN_LANDSCAPE],
        }
    }

    /// The width between the margins.
    pub(super) fn width(self) -> Twips {
        let [width, _, margin] = self.paper();
        width - 2 * margin
    }

    /// The height between the margins.
    fn height(self) -> Twips {
        let [_, height, _] = self.paper();
        height - 2 * MARGIN_UPRIGHT
    }
}

/// The font sizes to try, in half points; the first that fits is used.
const SIZES: [u32; 3] = [18, 16, 15];
/// The font size of a table that is divided.
const SIZE_DIVIDED: u32 = 16;
/// The space to the left and right of the text of a cell.
const MARGIN: Twips = 60;
/// The height of a line, in hundredths of the size of its letters in twentieths of a point.
const LINE: u32 = 115;
/// The space above and below the text of a cell, with its line.
const PADDING: Twips = 50;
/// The height of the title and caption above a table.
const TITLE: Twips = 1000;
/// The minimum width of a column of running text.
const NARROWEST_TEXT: Twips = 1900;
/// The minimum width of the column that takes the remaining space.
const NARROWEST_FLEXIBLE: Twips = 2700;

/// A table is made smaller, and its sparest columns of text are left out, until it fits and takes no
/// more pages than this.
const FEW_PAGES: u32 = 2;
/// Columns that are as spare as this may be left out.
const SPARE: u8 = 3;

/// How a table is laid out.
pub(super) struct TablePlan {
    /// The columns of each table, with their widths.
    pub tables: Vec<Vec<(usize, Twips)>>,
    /// The font size, in half points.
    pub size: u32,
    /// The headings of the columns that are left out.
    left_out: Vec<String>,
    /// Whether its columns are narrower than their words.
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "Word documents are on A4"))]
    pub is_squeezed: bool,
}

impl TablePlan {
    /// The layout of a table as a whole on pages of this kind. `None` if it does not fit.
    pub(super) fn whole(table: &Table, page: Orientation) -> Option<Self> {
        let mut shown: Vec<_> = table.columns_in(Medium::Paper).collect();
        let mut left_out = Vec::new();
        loop {
            let plan = Self::with(table, &shown, page, &left_out);
            let is_few = plan.as_ref().is_some_and(|plan| plan.pages(table, page) <= FEW_PAGES);
            let spare = |column: &usize| match table.columns[*column] {
                Column { room: Room::Spare(rank), align: Align::Left, .. } if rank >= SPARE => rank,
                _ => 0,
            };
            let sparest =
                shown.iter().copied().max_by_key(spare).filter(|column| spare(column) > 0);
            match sparest {
                Some(sparest) if !is_few => {
                    shown.retain(|column| *column != sparest);
                    left_out.push(table.columns[sparest].heading.clone());
                }
                _ => return plan,
            }
        }
    }

    /// The layout with these columns, in the largest size of those that take the fewest pages.
    fn with(
        table: &Table,
        shown: &[usize],
        page: Orientation,
        left_out: &[String],
    ) -> Option<Self> {
        let plans = SIZES.into_iter().filter_map(|size| {
            let needs: Vec<_> = shown.iter().map(|column| Need::of(table, *column, size)).collect();
            (needs.iter().map(|need| need.least).sum::<u32>() <= page.width()).then(|| Self {
                tables: vec![fit(shown, &needs, page.width())],
                size,
                left_out: left_out.to_vec(),
                is_squeezed: false,
            })
        });
        plans.min_by_key(|plan| plan.pages(table, page))
    }

    /// The layout of a table on pages of this kind. If it does not fit, groups of columns are put
    /// below one another, and columns that are still too wide are made narrower than their words.
    pub(super) fn of(table: &Table, page: Orientation) -> Self {
        Self::whole(table, page).unwrap_or_else(|| {
            let mut is_squeezed = false;
            let shown: Vec<_> = table.columns_in(Medium::Paper).collect();
            let tables = divided(table, &shown, page.width());
            let tables = tables.into_iter().map(|columns| {
                let needs: Vec<_> =
                    columns.iter().map(|column| Need::of(table, *column, SIZE_DIVIDED)).collect();
                is_squeezed |= needs.iter().map(|need| need.least).sum::<u32>() > page.width();
                fit(&columns, &needs, page.width())
            });
            let tables = tables.collect();
            Self { tables, size: SIZE_DIVIDED, left_out: Vec::new(), is_squeezed }
        })
    }

    /// What is said below the table of columns that are left out.
    pub(super) fn said(&self) -> Option<String> {
        let left_out = self.left_out.join(", ");
        let is_whole = self.left_out.is_empty();
        (!is_whole).then(|| format!("Not shown on paper: {left_out}. The workbook has them."))
    }

    /// How many pages the table takes, its headings repeated on each.
    fn pages(&self, table: &Table, page: Orientation) -> u32 {
        let height = |lines: u32| lines * (self.size * 10) * LINE / 100 + PADDING;
        let Some(columns) = self.tables.first() else { return 0 };
        let lines = |column: usize, width: Twips, text: &str, bold: bool| {
            let room = room(width, self.size);
            if table.columns[column].align == Align::Left || bold {
                measure::lines(text, room, bold)
            } else {
                1
            }
        };
        let heading = columns
            .iter()
            .map(|(column, width)| lines(*column, *width, &table.columns[*column].heading, true));
        let room = page.height().saturating_sub(height(heading.max().unwrap_or(1)));
        let rows = table.rows.iter().map(|row| match row {
            Row::Section(_) => height(1),
            Row::Cells(cells) => {
                let lines = columns
                    .iter()
                    .map(|(column, width)| lines(*column, *width, &worded(&cells[*column]), false));
                height(lines.max().unwrap_or(1))
            }
        });
        let (mut pages, mut used) = (1, TITLE);
        for row in rows {
            if used + row > room {
                pages += 1;
                used = 0;
            }
            used += row;
        }
        pages
    }
}

/// The width that a column needs.
struct Need {
    /// The minimum, below which words or numbers would be split.
    least: Twips,
    /// The width at which no text is wrapped.
    most: Twips,
}

impl Need {
    fn of(table: &Table, column: usize, size: u32) -> Self {
        let about = &table.columns[column];
        let twips = |length: u32| {
            length
                .saturating_mul(size)
                .saturating_mul(10)
                .div_ceil(1000)
                .saturating_add(2 * MARGIN + 20)
        };
        let cells = || table.cells().map(|cells| &cells[column]);
        let is_bold = |cell: &Cell| matches!(cell.value, Value::Rag(_));
        let most =
            cells().map(|cell| measure::width(&shown(cell), is_bold(cell))).max().unwrap_or(0);
        let is_text = about.align == Align::Left;
        let whole = if is_text {
            cells().map(|cell| measure::longest_word(&cell.text, false)).max().unwrap_or(0)
        } else {
            most
        };
        let heading = twips(measure::longest_word(&about.heading, true));
        let most = twips(most).max(heading);
        let readable = match (is_text, about.room) {
            (_, Room::Flexible) => NARROWEST_FLEXIBLE.min(most),
            (true, _) => NARROWEST_TEXT.min(most),
            (false, _) => 0,
        };
        Self { least: twips(whole).max(heading).max(readable), most }
    }
}

/// Gives each column its minimum width, and shares the rest among the columns whose text would be
/// wrapped.
fn fit(columns: &[usize], needs: &[Need], page: Twips) -> Vec<(usize, Twips)> {
    let least: u32 = needs.iter().map(|need| need.least).sum();
    let wanted: u32 = needs.iter().map(|need| need.most.saturating_sub(need.least)).sum();
    let left = page.saturating_sub(least).min(wanted);
    let width = |need: &Need| {
        let more = need.most.saturating_sub(need.least);
        let share = u64::from(more) * u64::from(left) / u64::from(wanted.max(1));
        let width = need.least + u32::try_from(share).unwrap_or(0);
        // If the page is too narrow even so, all columns shrink.
        if least > page {
            u32::try_from(u64::from(width) * u64::from(page) / u64::from(least)).unwrap_or(width)
        } else {
            width
        }
    };
    columns.iter().zip(needs).map(|(column, need)| (*column, width(need))).collect()
}

/// Divides groups of columns over several tables of similar widths. Each table begins with the
/// columns that are in no group.
fn divided(table: &Table, shown: &[usize], page: Twips) -> Vec<Vec<usize>> {
    let group = |column: usize| {
        if let Room::Group(group) = table.columns[column].room { Some(group) } else { None }
    };
    let (grouped, keys): (Vec<usize>, Vec<usize>) =
        shown.iter().partition(|column| group(**column).is_some());
    let least = |columns: &[usize]| {
        columns.iter().map(|column| Need::of(table, *column, SIZE_DIVIDED).least).sum::<u32>()
    };
    let groups: Vec<(&[usize], Twips)> = grouped
        .chunk_by(|a, b| group(*a) == group(*b))
        .map(|group| (group, least(group)))
        .collect();
    let room = page.saturating_sub(least(&keys));
    let fill = |most: Twips| {
        let mut tables: Vec<(Vec<usize>, Twips)> = Vec::new();
        for (columns, needed) in &groups {
            match tables.last_mut() {
                Some((open, used)) if *used + needed <= most => {
                    open.extend(*columns);
                    *used += needed;
                }
                _ => tables.push((keys.iter().chain(*columns).copied().collect(), *needed)),
            }
        }
        tables.into_iter().map(|(columns, _)| columns).collect::<Vec<_>>()
    };
    let filled = fill(room);
    if filled.is_empty() {
        return vec![keys];
    }
    // Without adding a table, fill each only as far as necessary, so that their widths are similar.
    let whole: Twips = groups.iter().map(|(_, needed)| needed).sum();
    let even = (1..=20)
        .map(|part| whole / u32::try_from(filled.len()).unwrap_or(1) + room / 20 * part)
        .map(|most| fill(most.min(room)));
    even.into_iter().find(|tables| tables.len() == filled.len()).unwrap_or(filled)
}

/// The text of a cell, with the arrow of a direction.
pub(super) fn worded(cell: &Cell) -> String {
    // The non-breaking space keeps an arrow and its word together.
    let text = cell.lettered();
    cell.arrow().map_or_else(|| text.to_string(), |arrow| format!("{arrow}\u{a0}{text}"))
}

/// The text of a cell for measuring, with two digits in place of each of its small note marks.
fn shown(cell: &Cell) -> String {
    format!("{}{}", worded(cell), "00".repeat(cell.notes.len()))
}

//! Generates projects of any size with invented figures that look like a council's: the parts of an area
//! add up to it, results drift from month to month, and counts of the year to date grow until March.
//! The same size always gives the same bytes.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// How large a project is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many areas, including the top one.
    pub areas: usize,
    /// How many indicators.
    pub indicators: usize,
    /// How many of the indicators have a row for a cohort as well as one for everyone.
    pub with_cohort: usize,
    /// How many months of data, up to January 2016.
    pub months: usize,
    /// Another seed gives other figures.
    pub seed: u64,
}

impl Size {
    /// A county: a top area, four below it, forty-four indicators.
    pub const COUNTY: Self =
        Self { areas: 5, indicators: 44, with_cohort: 14, months: 15, seed: 42 };
    /// A nation: every area of every authority.
    pub const NATION: Self =
        Self { areas: 4560, indicators: 44, with_cohort: 14, months: 15, seed: 42 };
}

/// The last month of every generated project.
pub const MONTH: &str = "2016-01";

/// Writes the project into a folder.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(size: Size, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("indicators.toml"), definitions(size))?;
    let mut figures = Figures::begin(size);
    for back in (0..size.months).rev() {
        let months = 2016 * 12 - back;
        let (year, month) = (months / 12, months % 12 + 1);
        figures.next_month(month == 4);
        let folder = folder.join("data").join(format!("{year:04}-{month:02}"));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("results.csv"), figures.results())?;
    }
    Ok(())
}

/// The definitions: polarities, units and floors alternate, and the areas are a tree of authorities
/// with thirty areas each.
pub fn definitions(size: Size) -> String {
    let mut text = "[scorecard]\ntitle = \"Generated\"\narea = \"Area 0\"\n\n\
        [[cohort]]\nid = \"uasc\"\nname = \"UASC\"\n"
        .to_owned();
    for area in 0..size.areas {
        let _ = write!(text, "\n[[area]]\nname = \"Area {area}\"\n");
        if area > 0 {
            let _ = writeln!(text, "parent = \"Area {}\"", parent(area));
        }
    }
    for indicator in 0..size.indicators {
        let keys = match indicator % 4 {
            0 => "polarity = \"H\"\ntarget = 85\nfloor = 76.5\nunit = \"percent\"",
            1 => "polarity = \"L\"\ntarget = 9\nfloor = 12\nunit = \"percent\"",
            2 => {
                "polarity = \"T\"\ntarget = 50\ngreen = [40, 60]\nfloor = [30, 70]\n\
                 unit = \"percent\""
            }
            _ => "polarity = \"L\"\ntarget = 15\nfloor = 25\nunit = \"average\"",
        };
        let section = indicator / 6;
        let period = if of_the_year(indicator) { "YTD" } else { "MS" };
        let _ = write!(
            text,
            "\n[[indicator]]\nid = \"{indicator}\"\nsection = \"SECTION {section}\"\n\
             name = \"Measure {indicator} of what was done in time\"\nperiod = \"{period}\"\n{keys}\n"
        );
    }
    text
}

/// The area that an area is part of: each authority is an area with twenty-nine below it.
const fn parent(area: usize) -> usize {
    if area % 30 == 1 { 0 } else { (area - 1) / 30 * 30 + 1 }
}

/// Whether the figures of an indicator are of the year to date.
const fn of_the_year(indicator: usize) -> bool {
    indicator % 11 == 5
}

/// The counts of an indicator in an area: for everyone, and the cohort's share of them.
#[derive(Clone, Copy, Default)]
struct Counts {
    numerator: u64,
    denominator: u64,
    cohort_numerator: u64,
    cohort_denominator: u64,
}

impl Counts {
    const fn add(&mut self, other: Self) {
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.cohort_numerator += other.cohort_numerator;
        self.cohort_denominator += other.cohort_denominator;
    }
}

/// What an area without parts tends to, in an indicator.
#[derive(Clone, Copy)]
struct Tendency {
    /// How many there are in a month.
    out_of: u64,
    /// The numerator per thousand of the denominator.
    per_thousand: u64,
}

/// The figures of a month, and what the next month's come from.
struct Figures {
    size: Size,
    random: Random,
    tendencies: Vec<Tendency>,
    counts: Vec<Counts>,
}

impl Figures {
    fn begin(size: Size) -> Self {
        let mut random = Random(size.seed);
        // Each authority has its own way with an indicator, and its areas are near it.
        let mut authorities = Vec::new();
        for _ in 0..size.areas.div_ceil(30) {
            for indicator in 0..size.indicators {
                let (least, most) = match indicator % 4 {
                    0 => (700, 950),
                    1 => (40, 160),
                    2 => (250, 750),
                    // Days.
                    _ => (10_000, 30_000),
                };
                authorities.push(Tendency {
                    out_of: 60 + random.below(540),
                    per_thousand: least + random.below(most - least),
                });
            }
        }
        let tendencies = (0..size.areas * size.indicators)
            .map(|cell| {
                let (area, indicator) = (cell / size.indicators, cell % size.indicators);
                let authority =
                    authorities[area.saturating_sub(1) / 30 * size.indicators + indicator];
                let spread = authority.per_thousand / 25 + 1;
                Tendency {
                    out_of: authority.out_of + random.below(60),
                    per_thousand: authority.per_thousand - spread + random.below(2 * spread),
                }
            })
            .collect();
        let counts = vec![Counts::default(); size.areas * size.indicators];
        Self { size, random, tendencies, counts }
    }

    /// Makes the counts of the next month, which may be the first of a financial year.
    fn next_month(&mut self, new_year: bool) {
        let Size { areas, indicators, .. } = self.size;
        let mut has_parts = vec![false; areas];
        for area in 1..areas {
            has_parts[parent(area)] = true;
        }
        for (area, has_parts) in has_parts.into_iter().enumerate() {
            for indicator in 0..indicators {
                let cell = area * indicators + indicator;
                let grows = of_the_year(indicator) && !new_year && !has_parts;
                let mut counts = if grows { self.counts[cell] } else { Counts::default() };
                if !has_parts {
                    counts.add(self.month_of(cell, of_the_year(indicator)));
                }
                self.counts[cell] = counts;
            }
        }
        // Parts stand behind what they are part of, so that the last is added first.
        for area in (1..areas).rev() {
            for indicator in 0..indicators {
                let part = self.counts[area * indicators + indicator];
                self.counts[parent(area) * indicators + indicator].add(part);
            }
        }
    }

    /// What happened in a month, in an area without parts.
    fn month_of(&mut self, cell: usize, a_twelfth: bool) -> Counts {
        let tendency = &mut self.tendencies[cell];
        let drift = tendency.per_thousand / 100 + 1;
        tendency.per_thousand = tendency.per_thousand + self.random.below(2 * drift + 1)
            - drift.min(tendency.per_thousand);
        tendency.out_of = tendency.out_of + self.random.below(5) - 2;
        let denominator = if a_twelfth { tendency.out_of / 12 } else { tendency.out_of };
        let most = if cell % self.size.indicators % 4 == 3 { u64::MAX } else { denominator };
        let numerator = (denominator * tendency.per_thousand / 1000).min(most);
        // A part with the result of the whole leaves no more than there is for everyone else.
        let cohort_denominator = denominator.div_ceil(20 + self.random.below(3));
        let cohort_numerator = numerator * cohort_denominator / denominator.max(1);
        Counts { numerator, denominator, cohort_numerator, cohort_denominator }
    }

    /// The extract of the month.
    fn results(&self) -> String {
        let Size { areas, indicators, with_cohort, .. } = self.size;
        let mut text = String::with_capacity(areas * (indicators + with_cohort) * 28);
        text.push_str("indicator,area,cohort,numerator,denominator,value\n");
        for area in 0..areas {
            for indicator in 0..indicators {
                let Counts { numerator, denominator, cohort_numerator, cohort_denominator } =
                    self.counts[area * indicators + indicator];
                let _ = writeln!(text, "{indicator},Area {area},all,{numerator},{denominator},");
                if indicator < with_cohort {
                    let _ = writeln!(
                        text,
                        "{indicator},Area {area},uasc,{cohort_numerator},{cohort_denominator},"
                    );
                }
            }
        }
        text
    }
}

/// Knuth's linear congruential generator, which is good enough for figures that nobody reads.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

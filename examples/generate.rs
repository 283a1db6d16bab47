//! Writes a project of any size, for measuring the whole program:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/nation 4560 44 14 15
//! ```
//!
//! The numbers are those of areas, indicators, indicators with a cohort, and months.

#[path = "../benches/generator.rs"]
#[allow(dead_code)]
mod generator;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "generated".to_owned()));
    let mut number =
        |default: usize| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(default);
    let county = generator::Size::COUNTY;
    let size = generator::Size {
        areas: number(county.areas),
        indicators: number(county.indicators),
        with_cohort: number(county.with_cohort),
        months: number(county.months),
    };
    generator::write(size, &folder)
}

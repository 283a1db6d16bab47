//! Writes a project of any size, for measuring the whole program:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/nation 4560 44 14 15
//! ```
//!
//! The numbers are those of areas, indicators, indicators with a cohort, and months. A sixth is the
//! seed: another one gives other figures.

#[path = "../benches/generator.rs"]
#[allow(dead_code)]
mod generator;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "generated".to_owned()));
    let county = generator::Size::COUNTY;
    let size = generator::Size {
        areas: number(&mut arguments).unwrap_or(county.areas),
        indicators: number(&mut arguments).unwrap_or(county.indicators),
        with_cohort: number(&mut arguments).unwrap_or(county.with_cohort),
        months: number(&mut arguments).unwrap_or(county.months),
        seed: number(&mut arguments).unwrap_or(county.seed),
    };
    generator::write(size, &folder)
}

fn number<N: std::str::FromStr>(arguments: &mut impl Iterator<Item = String>) -> Option<N> {
    arguments.next()?.parse().ok()
}

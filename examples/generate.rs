//! Writes a project of any size, for measuring the whole program:
//!
//! ```sh
//! cargo run --release --example generate -- /tmp/nation 4560 44 14 15
//! ```
//!
//! The numbers are those of areas, indicators, indicators with a cohort, and months. A sixth is the
//! seed: another one gives other figures. Without numbers it is a county.

#[path = "../benches/generator.rs"]
#[allow(dead_code)]
mod generator;

use std::path::PathBuf;

use clap::Parser;

/// Writes a project of any size, with invented figures.
#[derive(Parser)]
struct Arguments {
    /// The folder to make
    folder: PathBuf,

    /// How many areas, with the top one
    #[arg(default_value_t = generator::Size::COUNTY.areas)]
    areas: usize,

    /// How many indicators
    #[arg(default_value_t = generator::Size::COUNTY.indicators)]
    indicators: usize,

    /// How many of the indicators have rows of a cohort
    #[arg(default_value_t = generator::Size::COUNTY.with_cohort)]
    with_cohort: usize,

    /// How many months, up to January 2016
    #[arg(default_value_t = generator::Size::COUNTY.months)]
    months: usize,

    /// Another seed gives other figures
    #[arg(default_value_t = generator::Size::COUNTY.seed)]
    seed: u64,
}

fn main() -> std::io::Result<()> {
    let Arguments { folder, areas, indicators, with_cohort, months, seed } = Arguments::parse();
    generator::write(generator::Size { areas, indicators, with_cohort, months, seed }, &folder)
}

//! The tests of the whole program. They are one binary, because each binary is linked with all of
//! the program and of what the tests use.
//!
//! ```sh
//! cargo test --test suite              # all of them
//! cargo test --test suite kent::       # those of one module
//! ```

mod architecture;
mod benchmarks;
mod cases;
mod checks;
mod cohorts;
mod command_line;
mod common;
mod conformance;
mod coverage;
mod definitions;
mod disclosure;
mod docs;
mod documents;
mod email;
mod excel;
mod findings;
mod formats;
#[path = "../../benches/generator.rs"]
#[allow(dead_code)]
mod generator;
mod hostile;
mod implausible;
mod indicator;
mod json;
mod kent;
mod mutations;
mod new;
mod no_figure;
mod pack;
mod pdf;
mod picture;
mod privacy;
mod products;
mod properties;
mod quiet;
mod record;
mod records;
mod reported;
mod rules;
mod samples;
mod settled;
mod site;
mod sources;
mod statistics;
mod suggest;
mod template;
mod terminal;
mod wellformed;
mod whole_or_nothing;
mod words;

//! Measures where the time goes: each stage on its own, then the whole program, for a county and
//! for a nation.
//!
//! ```sh
//! cargo bench                     # everything
//! cargo bench -- assess           # one stage
//! ```

mod generator;

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use clap::ValueEnum;
use divan::{Bencher, black_box};
use generator::{MONTH, Size};
use scorecard::assess::Assessor;
use scorecard::definition::{AreaId, Definition};
use scorecard::diagnostic::Findings;
use scorecard::history::{self, History, Plan, Reach};
use scorecard::input::Keep;
use scorecard::layout::{Document, TableName, lay_out};
use scorecard::month::Month;
use scorecard::render;
use scorecard::scope::Scope;
use scorecard::scorecard::{Depth, Scorecard};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A project on disk, and its definitions.
struct Project {
    folder: TempDir,
    definition: Definition,
}

impl Project {
    fn generate(size: Size) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        generator::write(Size { months: 3, ..size }, folder.path()).expect("written");
        // The outturn is older than the three months above.
        let outturn = folder.path().join("data/2015-03");
        std::fs::create_dir_all(&outturn).expect("made");
        std::fs::copy(folder.path().join("data/2015-12/results.csv"), outturn.join("results.csv"))
            .expect("copied");
        let definition = load(folder.path());
        Self { folder, definition }
    }

    /// The project of this size, generated on first use.
    fn named(size: &str) -> &'static Self {
        static COUNTY: LazyLock<Project> = LazyLock::new(|| Project::generate(Size::COUNTY));
        static NATION: LazyLock<Project> = LazyLock::new(|| Project::generate(Size::NATION));
        if size == "nation" { &NATION } else { &COUNTY }
    }

    /// Reads everything that a report of every area needs.
    fn read(&self) -> History<'_> {
        let mut findings = Findings::default();
        let files = history::Project::in_folder(self.folder.path(), Keep::Nothing);
        let calendar = files.calendar(&self.definition, &mut findings);
        let everywhere = Scope::everywhere(&self.definition, month());
        let plan = Plan::report(&self.definition, month(), &everywhere, Reach::Comparisons);
        files.read(&self.definition, calendar, plan, &mut findings)
    }
}

fn load(project: &Path) -> Definition {
    Definition::load(&project.join("indicators.toml"), &mut Findings::default())
        .expect("sound definitions")
}

fn month() -> Month {
    MONTH.parse().expect("a month")
}

/// Runs `work` with an assessor and the scope of all areas.
fn with_assessor(size: &str, work: impl FnOnce(&Assessor<'_>, &Scope)) {
    let project = Project::named(size);
    let history = project.read();
    work(&Assessor::new(&history, month()), &Scope::everywhere(&project.definition, month()));
}

/// Runs `work` with the scorecard of a county.
fn with_scorecard(work: impl FnOnce(&Scorecard<'_>)) {
    with_assessor("county", |assessor, scope| {
        work(&Scorecard::assess(assessor, scope.clone(), Depth::WithParts));
    });
}

/// Runs `work` with the pages of a county.
fn with_document(tables: &[TableName], work: impl FnOnce(&Document)) {
    with_scorecard(|scorecard| work(&lay_out(scorecard, tables)));
}

const SIZES: [&str; 2] = ["county", "nation"];

#[divan::bench(args = SIZES, max_time = 5)]
fn parse_definitions(size: &str) -> Definition {
    load(Project::named(size).folder.path())
}

#[divan::bench(args = SIZES, max_time = 5)]
fn read_extracts(bencher: Bencher, size: &str) {
    let project = Project::named(size);
    bencher.bench(|| black_box(project.read()).months_read().count());
}

#[divan::bench(args = SIZES, max_time = 5)]
fn assess(bencher: Bencher, size: &str) {
    with_assessor(size, |assessor, scope| {
        bencher.bench_local(|| {
            let with_figures = |area: &AreaId| {
                let entries = assessor.area(*area).entries;
                entries.iter().filter(|entry| entry.including.is_some()).count()
            };
            scope.areas.iter().map(with_figures).sum::<usize>()
        });
    });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn tidy(bencher: Bencher, size: &str) {
    with_assessor(size, |assessor, scope| {
        bencher.bench_local(|| render::tidy::write(assessor, scope, std::io::sink()));
    });
}

#[divan::bench]
fn json(bencher: Bencher) {
    with_assessor("county", |assessor, scope| {
        bencher.bench_local(|| render::json::write(assessor, scope, std::io::sink()));
    });
}

#[divan::bench(name = "lay out")]
fn lay_out_pages(bencher: Bencher) {
    with_scorecard(|scorecard| {
        bencher.bench_local(|| lay_out(scorecard, TableName::value_variants()));
    });
}

#[divan::bench]
fn text(bencher: Bencher) {
    with_document(TableName::value_variants(), |document| {
        let style = render::text::Style { width: 120, colour: true };
        bencher.bench_local(|| render::text::write(document, style, &mut std::io::sink()));
    });
}

#[divan::bench]
fn markdown(bencher: Bencher) {
    with_document(TableName::value_variants(), |document| {
        bencher.bench_local(|| render::markdown::write(document, &mut std::io::sink()));
    });
}

#[divan::bench]
fn csv(bencher: Bencher) {
    with_document(&[TableName::Scorecard], |document| {
        bencher.bench_local(|| render::csv::write(document, &mut std::io::sink()));
    });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn whole_program(bencher: Bencher, size: &str) {
    let project = Project::named(size);
    bencher.bench(|| {
        let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
            .current_dir(project.folder.path())
            .args(["--month", MONTH, "--area", "all", "--format", "tidy", "--output", "tidy.csv"])
            .output()
            .expect("the program runs");
        assert!(run.status.success());
    });
}

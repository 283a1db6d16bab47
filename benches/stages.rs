//! Where the time goes: each stage by itself, then the whole program, for a county and for a
//! nation.
//!
//! ```sh
//! cargo bench                       # everything
//! cargo bench -- county/assess      # one of them
//! ```

mod generator;

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use clap::ValueEnum;
use criterion::{Criterion, criterion_group, criterion_main};
use generator::{MONTH, Size};
use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::layout::{TableName, lay_out};
use scorecard::month::Month;
use scorecard::months::Archive;
use scorecard::render;
use scorecard::scorecard::Scorecard;

fn stages(criterion: &mut Criterion) {
    for (name, size) in [("county", Size::COUNTY), ("nation", Size::NATION)] {
        let folder = tempfile::tempdir().expect("a folder");
        generator::write(Size { months: 3, ..size }, folder.path()).expect("written");
        // The outturn too, which is further back than three months.
        let outturn = folder.path().join("data/2015-03");
        std::fs::create_dir_all(&outturn).expect("made");
        std::fs::copy(folder.path().join("data/2015-12/results.csv"), outturn.join("results.csv"))
            .expect("copied");
        stages_of(criterion, name, folder.path());
    }
}

fn stages_of(criterion: &mut Criterion, name: &str, project: &Path) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    let month: Month = MONTH.parse().expect("a month");
    let load = || {
        Definition::load(&project.join("indicators.toml"), &mut Findings::default())
            .expect("sound definitions")
    };
    let open =
        |definition| Archive::open(definition, &project.join("data"), &mut Findings::default());
    let everywhere = ["all".to_owned()];

    group.bench_function("parse definitions", |bencher| bencher.iter(load));
    let definition = load();
    group.bench_function("read extracts", |bencher| {
        bencher.iter(|| {
            let archive = open(&definition);
            archive.read_ahead(&[month, month.before(1), month.before(10)]);
            black_box(archive.extract(month).is_some())
        });
    });

    let archive = open(&definition);
    let scorecard = Scorecard::new(&archive, month, &everywhere, &mut Findings::default());
    group.bench_function("assess", |bencher| {
        bencher.iter(|| {
            scorecard
                .areas
                .iter()
                .map(|area| {
                    scorecard.assessor.area(*area).filter(|entry| entry.including.is_some()).count()
                })
                .sum::<usize>()
        });
    });
    group.bench_function("tidy", |bencher| {
        bencher.iter(|| render::tidy::write(&scorecard, std::io::sink()));
    });
    if name == "county" {
        group.bench_function("json", |bencher| {
            bencher.iter(|| render::json::write(&scorecard, std::io::sink()));
        });
        group.bench_function("lay out", |bencher| {
            bencher.iter(|| lay_out(&scorecard, TableName::value_variants()));
        });
        let document = lay_out(&scorecard, TableName::value_variants());
        let style = render::text::Style { width: 120, colour: true };
        group.bench_function("text", |bencher| {
            bencher.iter(|| render::text::write(&document, style, &mut std::io::sink()));
        });
        group.bench_function("markdown", |bencher| {
            bencher.iter(|| render::markdown::write(&document, &mut std::io::sink()));
        });
        let table = lay_out(&scorecard, &[TableName::Scorecard]);
        group.bench_function("csv", |bencher| {
            bencher.iter(|| render::csv::write(&table, &mut std::io::sink()));
        });
    }
    group.bench_function("whole program, tidy", |bencher| {
        bencher.iter(|| {
            let run = Command::new(env!("CARGO_BIN_EXE_scorecard"))
                .current_dir(project)
                .args([
                    "--month", MONTH, "--area", "all", "--format", "tidy", "--output", "tidy.csv",
                ])
                .output()
                .expect("the program runs");
            assert!(run.status.success());
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);

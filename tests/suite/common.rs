//! What the tests share: projects, loaded and run in this process.

use std::path::{Path, PathBuf};

use scorecard::definition::Definition;
use scorecard::diagnostic::Findings;
use scorecard::layout::{TableName, lay_out};
use scorecard::month::Month;
use scorecard::months::Archive;
use scorecard::render;
use scorecard::scorecard::Scorecard;

/// The sample project: the repository itself.
pub fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Makes the scorecard of `month` and does `work` with it; panics on anything but warnings.
pub fn with_scorecard<T>(
    project: &Path,
    month: &str,
    areas: &[&str],
    work: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    let mut findings = Findings::default();
    let definition = Definition::load(&project.join("indicators.toml"), &mut findings);
    let definition = definition.unwrap_or_else(|| panic!("the definitions load: {findings:#?}"));
    let archive = Archive::open(&definition, &project.join("data"), &mut findings);
    let month: Month = month.parse().expect("a month");
    let areas: Vec<_> = areas.iter().map(ToString::to_string).collect();
    let scorecard = Scorecard::new(&archive, month, &areas, &mut findings);
    let result = work(&scorecard);
    findings.append(archive.take_findings());
    assert!(!findings.has_errors(), "{findings:#?}");
    result
}

/// A table as CSV, without the thousands separators: its header and its rows.
pub fn table(
    project: &Path,
    month: &str,
    areas: &[&str],
    table: TableName,
) -> (Vec<String>, Vec<Vec<String>>) {
    let bytes = with_scorecard(project, month, areas, |scorecard| {
        let mut bytes = Vec::new();
        render::csv::write(&lay_out(scorecard, &[table]), &mut bytes)
            .expect("memory can be written");
        bytes
    });
    let mut rows = read_csv(&bytes).into_iter();
    let header = rows.next().expect("a header");
    (
        header,
        rows.map(|row| row.into_iter().map(|cell| without_separators(&cell)).collect()).collect(),
    )
}

/// The tidy output.
pub fn tidy(project: &Path, month: &str, areas: &[&str]) -> String {
    with_scorecard(project, month, areas, |scorecard| {
        let mut bytes = Vec::new();
        render::tidy::write(scorecard, &mut bytes).expect("memory can be written");
        String::from_utf8(bytes).expect("tidy is text")
    })
}

/// All the rows of a CSV file, the header among them.
pub fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader
        .records()
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect()
}

/// `12,542` as `12542`; text is left alone.
fn without_separators(cell: &str) -> String {
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit() || b",.+-%".contains(&byte));
    if is_number { cell.replace(',', "") } else { cell.to_owned() }
}

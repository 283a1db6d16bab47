//! `scorecard new MONTH`: makes a month's folder to be filled in, or says what is still to be
//! filled in, and makes files for the commentary on what has become red.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;

use super::inputs::named_month;
use super::outputs::{print, refuse, written_listing};
use super::safe::keep_inputs_safe;
use crate::assess::{Assessed, Assessor};
use crate::cli::{ListingFormat, Mistake, OutputOptions, ProjectOptions, spelling};
use crate::definition::{Definition, ExtractSource, Indicator, IndicatorId, SourceKind};
use crate::diagnostic::Findings;
use crate::expected::Expected;
use crate::history::{History, Plan, Reach};
use crate::input::Keep;
use crate::layout::outstanding;
use crate::month::{Month, NamedMonth};
use crate::output::{Files, write_folder};
use crate::rating::Rag;
use crate::scope::Scope;
use crate::stderr::say;
use crate::wording;

/// The options of `new`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard new 2016-02               make its folder, or list what is missing
  scorecard new 2016-02 -o to-do.csv  the list as a file")]
pub struct NewOptions {
    /// The month, or the quarter that it ends, such as 2015/16-Q4
    #[arg(value_name = "YYYY-MM", value_parser = spelling::month)]
    month: NamedMonth,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    output: OutputOptions<ListingFormat>,
}

pub(super) fn run(options: &NewOptions) -> Result<ExitCode> {
    let format = options.output.format()?;
    keep_inputs_safe(&options.project, &options.output.file)?;
    let data = options.project.data();
    let project = options.project.open(Keep::Nothing);
    let mut findings = Findings::default();
    let Some(definition) = project.definition(&mut findings) else { return refuse(&findings) };
    let Some(month) = named_month(&options.month, &definition, &mut findings) else {
        return refuse(&findings);
    };
    // A project may have no months yet, and no folder for them.
    let mut listed = Findings::default();
    let calendar = project.calendar(&definition, &mut listed);
    if data.try_exists().unwrap_or(true) && fs::read_dir(&data).is_err() {
        findings.append(listed);
    }
    // What was red in the last month there is wants commentary.
    let last = calendar.months().rfind(|last| *last < month);
    let mut plan = Plan::expected(month);
    if let Some(last) = last {
        let top = Scope::new(&definition, last, &[], &mut Findings::default());
        plan = plan.and(Plan::report(&definition, last, &top, Reach::Comparisons));
    }
    // So does what is red in a month that is being filled in.
    let is_latest = calendar.months().next_back() == Some(month);
    if is_latest {
        let top = Scope::new(&definition, month, &[], &mut Findings::default());
        plan = plan.and(Plan::report(&definition, month, &top, Reach::Comparisons));
    }
    let of_benchmarks = |source: &ExtractSource| source.kind == SourceKind::Benchmarks;
    let lacks_benchmarks = !definition.benchmarks.is_empty()
        && calendar.benchmark_files().is_empty()
        && !definition.sources.iter().any(of_benchmarks);
    let history = project.read(&definition, calendar, plan, &mut findings);
    let expected = Expected::of(&history, month);
    let folder = data.join(month.to_string());
    let is_new =
        fs::read_dir(&folder).map_or(!folder.exists(), |mut entries| entries.next().is_none());
    if is_new && expected.is_empty() && !findings.has_errors() {
        return Err(Mistake(nothing_due(&history, month)).into());
    }
    let waiting = match history.extract(month).filter(|_| !is_new) {
        Some(extract) => expected.outstanding(extract),
        None => expected,
    };
    let files = if is_new { files(&history, last, month, &waiting)? } else { Vec::new() };
    if findings.has_errors() {
        return refuse(&findings);
    }
    let given = history.extract_if_read(month).map_or(&[][..], |extract| &extract.sources);
    let given: Vec<_> = given.iter().chain(history.benchmarks().sources()).cloned().collect();
    let listing = outstanding(&definition, month, &waiting, &given);
    // Everything is written before any of it shows.
    let listing = written_listing(&listing, format, &options.output)?;
    let benchmarks = data.join("benchmarks.csv");
    let (mut of_benchmarks, mut of_stubs) = (Files::default(), Files::default());
    if lacks_benchmarks {
        of_benchmarks.write(&benchmarks, &benchmark_rows(&definition, month)?)?;
    }
    let is_filled_in = !is_new && is_latest && history.record().latest(month).is_none();
    if is_filled_in {
        write_stubs(&history, month, &folder, &mut of_stubs)?;
    }
    let folder = folder.as_path();
    if is_new {
        write_folder(folder, files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))?;
        let names: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        say(&format!("Made {} with {}.", folder.display(), names.join(", ")));
    } else {
        say(&made_stubs(&of_stubs.add()?, folder));
    }
    if !of_benchmarks.add()?.is_empty() {
        let path = benchmarks.display();
        say(&format!("Made {path}: write what benchmarks have there, a row for each figure."));
    }
    print(listing, options.output.no_pager)?;
    Ok(ExitCode::SUCCESS)
}

/// That no figure is expected of a month, and of which later one there is.
fn nothing_due(history: &History<'_>, month: Month) -> String {
    let mut later = (1..=12).map(|later| month.after(later));
    let next = later.find(|later| !Expected::of(history, *later).is_empty());
    let next = next.map_or_else(String::new, |next| format!("; the next is {next}"));
    format!("nothing is due in {}{next}", month.long())
}

/// The files of a new month, by their paths in its folder.
fn files(
    history: &History<'_>,
    last: Option<Month>,
    month: Month,
    expected: &Expected,
) -> Result<Vec<(String, Vec<u8>)>> {
    let definition = history.definition();
    let mut files = vec![(
        "results.csv".to_owned(),
        results(definition, expected).context("cannot write results.csv")?,
    )];
    if !expected.activity.is_empty() {
        files.push((
            "activity.csv".to_owned(),
            activity(definition, expected).context("cannot write activity.csv")?,
        ));
    }
    files.push(("month.toml".to_owned(), month_file(month).into_bytes()));
    let stubs = last.into_iter().flat_map(|last| stubs(history, last, month));
    files.extend(stubs.map(|(name, text)| (format!("{COMMENTARY}/{name}"), text.into_bytes())));
    Ok(files)
}

/// A row for each figure that is expected, its figures blank.
fn results(definition: &Definition, expected: &Expected) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["indicator", "area", "cohort", "numerator", "denominator", "value"])?;
    for (indicator, area, who) in &expected.results {
        let who = definition.population_name(*who);
        csv.write_record([
            definition.indicator(*indicator).id.as_str(),
            &definition.area(*area).name,
            &who,
            "",
            "",
            "",
        ])?;
    }
    Ok(csv.into_inner()?)
}

/// The file of what benchmarks have, with a row for each figure of `month` that a rating depends on.
fn benchmark_rows(definition: &Definition, month: Month) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["benchmark", "indicator", "month", "value", "source", "released"])?;
    for id in definition.indicators_in_force(month) {
        for benchmark in definition.benchmarks_rated_against(id, month) {
            let (benchmark, indicator) =
                (&definition.benchmark(benchmark).id, &definition.indicator(id).id);
            csv.write_record([benchmark, indicator, &month.to_string(), "", "", ""])?;
        }
    }
    Ok(csv.into_inner()?)
}

/// A row for each area and team that was reported, a column for each activity that was.
fn activity(definition: &Definition, expected: &Expected) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let columns: Vec<_> = definition
        .activity_ids()
        .filter(|activity| expected.activity.iter().any(|(_, expected)| expected == activity))
        .collect();
    csv.write_field("area")?;
    for activity in &columns {
        csv.write_field(&definition.activity(*activity).id)?;
    }
    csv.write_record(None::<&[u8]>)?;
    for area in expected.active() {
        csv.write_field(&definition.area(area).name)?;
        for _ in &columns {
            csv.write_field("")?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    Ok(csv.into_inner()?)
}

fn month_file(month: Month) -> String {
    format!(
        "as_at = {month}-{:02}        # the day that the figures describe\n\
         # extracted = {next}-05    # the day on which they were taken from the system\n\
         # meeting = {next}-22      # the meeting that they go to\n\
         status = \"draft\"          # \"draft\" while they may still change, then \"final\"\n\
         \n\
         # A warning of `scorecard check` that is right as it is, settled for this month:\n\
         # [[checked]]\n\
         # finding = \"denominator-jump\"\n\
         # indicator = \"19\"\n\
         # area = \"Kent\"\n\
         # reason = \"A home for 25 children opened in the district\"\n",
        month.days(),
        next = month.after(1),
    )
}

/// Writes a file for the commentary on each indicator that is red and has none.
fn write_stubs(
    history: &History<'_>,
    month: Month,
    folder: &Path,
    files: &mut Files,
) -> Result<()> {
    let there = history.extract(month).and_then(|extract| extract.commentary.folder());
    let commentary = there.map_or_else(|| folder.join(COMMENTARY), Path::to_owned);
    for (name, text) in stubs(history, month, month) {
        files.write(&commentary.join(&name), text.as_bytes())?;
    }
    Ok(())
}

/// What is said of the files that were made in a folder that was there.
fn made_stubs(made: &[PathBuf], folder: &Path) -> String {
    let folder = folder.display();
    if made.is_empty() {
        return format!("{folder} is there already, and is left as it is.");
    }
    let made: Vec<_> = made.iter().map(|path| path.display().to_string()).collect();
    let made = made.join(", ");
    format!("Made {made}, for what has become red. {folder} is otherwise left as it is.")
}

/// The folder of the commentary within that of a month.
const COMMENTARY: &str = "commentary";

/// A file of commentary to be written in `month` for each indicator that is red in `red_in` and has
/// no file yet. Nothing but a comment stands in it, which is no commentary.
fn stubs(history: &History<'_>, red_in: Month, month: Month) -> Vec<(String, String)> {
    let definition = history.definition();
    let assessor = Assessor::new(history, red_in);
    let has_file = |id: IndicatorId| {
        let extract = history.extract(month);
        extract.is_some_and(|extract| extract.commentary.file(definition.top, id).is_some())
    };
    let mut stubs = Vec::new();
    for entry in assessor.area(definition.top).entries {
        let indicator = definition.indicator(entry.indicator);
        let is_wanted = indicator.in_force.covers(month) && !has_file(entry.indicator);
        let red = entry.including.filter(|assessed| assessed.rag == Some(Rag::Red));
        if let Some(assessed) = red.filter(|_| is_wanted) {
            stubs.push((format!("{}.md", indicator.id), stub(indicator, &assessed, red_in, month)));
        }
    }
    stubs
}

/// What stands in a file that is to be written.
fn stub(indicator: &Indicator, assessed: &Assessed<'_>, red_in: Month, month: Month) -> String {
    let target = assessed.standard().map_or_else(String::new, |standard| {
        format!(", target {}", wording::target(standard, indicator))
    });
    let was = if red_in == month { "is" } else { "was" };
    format!(
        "<!--\n{}\nIt {was} red in {}: {}{target}.\n\n\
         Write what the service says about {} below this comment:\n\
         - What has happened, and why\n\
         - The action that is being taken\n\
         - Who is responsible for it\n\
         - By when it will have worked\n\n\
         If it is no longer red, delete the file.\n-->\n",
        wording::named(indicator).replace("--", "-"),
        red_in.long(),
        wording::result(assessed, indicator),
        month.long(),
    )
}

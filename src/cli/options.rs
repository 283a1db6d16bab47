//! Options that several commands share. Each command takes only those that it uses.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::{Format, Mistake, spelling};
use crate::definition::Edition;
use crate::history::Project;
use crate::input::Keep;
use crate::month::NamedMonth;
use crate::output::Output;
use crate::text::and;

/// The location of the project, for every command that reads one.
#[derive(Args, Clone, Debug)]
pub struct ProjectOptions {
    /// The definitions, or their folder
    #[arg(short, long, value_name = "FILE", default_value = "indicators.toml")]
    #[arg(value_parser = spelling::definitions())]
    pub definitions: PathBuf,

    /// The folder of the months [default: data, beside the definitions]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl ProjectOptions {
    /// The data folder, which holds the folders of the months.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.data
            .clone()
            .unwrap_or_else(|| self.definitions.parent().unwrap_or(Path::new("")).join("data"))
    }

    /// The project; `keep` says what to keep of each file that is read.
    #[must_use]
    pub fn open(&self, keep: Keep) -> Project {
        Project::new(self.definitions.clone(), self.data(), keep)
    }
}

/// The month, for commands that use the latest one by default.
#[derive(Args, Clone, Debug)]
pub struct MonthOptions {
    /// The month to report, or the quarter that it ends, such as 2015/16-Q3
    /// [default: the latest there is]
    #[arg(short, long, value_name = "YYYY-MM", value_parser = spelling::month)]
    pub month: Option<NamedMonth>,
}

/// The areas, for commands that report on the top area by default.
#[derive(Args, Clone, Debug)]
pub struct AreaOptions {
    /// An area to report; again or with commas for more, "all" for every one [default: the top area]
    #[arg(short, long = "area", value_name = "NAME")]
    pub areas: Vec<String>,
}

/// The product, for commands that show one or the whole scorecard.
#[derive(Args, Clone, Debug)]
pub struct ProductOptions {
    /// A paper that shows a part of the scorecard: the id of a product of the definitions
    #[arg(long, value_name = "ID")]
    pub product: Option<String>,
}

/// The edition, for commands that write for directors or for the public.
#[derive(Args, Clone, Debug)]
pub struct EditionOptions {
    /// Who it is for: the public is not shown figures that could identify somebody
    /// [default: directors]
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<Edition>,
}

/// What a report is about, for commands that read all that it needs.
#[derive(Args, Clone, Debug)]
pub struct AboutOptions {
    /// Where the project is.
    #[command(flatten)]
    pub project: ProjectOptions,

    /// Which month.
    #[command(flatten)]
    pub month: MonthOptions,

    /// Which areas.
    #[command(flatten)]
    pub areas: AreaOptions,

    /// Which product.
    #[command(flatten)]
    pub product: ProductOptions,

    /// Which edition.
    #[command(flatten)]
    pub edition: EditionOptions,
}

impl AboutOptions {
    /// The month that is named.
    #[must_use]
    pub fn month(&self) -> Option<&NamedMonth> {
        self.month.month.as_ref()
    }

    /// The areas that are named.
    #[must_use]
    pub fn areas(&self) -> &[String] {
        &self.areas.areas
    }
}

/// Where the output goes.
#[derive(Args, Clone, Debug)]
pub struct FileOptions {
    /// Write to a file, whole or not at all, instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl FileOptions {
    /// The file to write. `None` for stdout.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Refuses a file with an ending that says that it is something else than what a command writes,
    /// which has one of `endings`: the usual one first.
    ///
    /// # Errors
    ///
    /// If it has another ending.
    pub fn must_end_in(&self, endings: &[&str]) -> Result<(), Mistake> {
        let Some((path, ending)) = self.path().and_then(|path| Some((path, ending(path)?))) else {
            return Ok(());
        };
        if endings.contains(&ending.as_str()) {
            return Ok(());
        }
        let usual = endings.first().copied();
        Err(Mistake(not_written(path, &ending, usual, endings.iter().copied())))
    }

    /// Opens the file, or stdout if none is named.
    ///
    /// # Errors
    ///
    /// If no file can be created there.
    pub fn open(&self) -> Result<Output> {
        Output::open(self.path())
    }
}

/// The formats that a command can write, the default one among them.
pub trait CommandFormat: ValueEnum + Default + Into<Format> + Send + Sync + 'static {}

impl<F: ValueEnum + Default + Into<Format> + Send + Sync + 'static> CommandFormat for F {}

/// The format of the output, one of `F`, and where it goes.
#[derive(Args, Clone, Debug)]
pub struct OutputOptions<F: CommandFormat> {
    /// The format [default: from the output file's ending, else text]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<F>,

    /// Where the output goes.
    #[command(flatten)]
    pub file: FileOptions,

    /// Print text that is longer than the screen straight to the terminal, not through a pager
    #[arg(long)]
    pub no_pager: bool,
}

impl<F: CommandFormat> OutputOptions<F> {
    /// The format, named by the user or chosen by the ending of the output file.
    ///
    /// # Errors
    ///
    /// If no format of the command has the ending, or if the output is a terminal and the format is
    /// binary.
    pub fn format(&self) -> Result<F, Mistake> {
        let chosen = match (&self.format, self.file.path()) {
            (Some(format), _) => format.clone(),
            (None, Some(path)) => of_ending(path)?,
            (None, None) => F::default(),
        };
        let format: Format = chosen.clone().into();
        if !format.is_built() {
            return Err(no_pdf(self.file.path()));
        }
        if format.is_binary() && self.file.path().is_none() && io::stdout().is_terminal() {
            return Err(Mistake(format!(
                "--format {} is nothing that a terminal can show: name a file with --output",
                format.name()
            )));
        }
        Ok(chosen)
    }
}

/// How somebody gets a PDF whose program was built without.
fn no_pdf(path: Option<&Path>) -> Mistake {
    let name = |ending: &str| {
        let path = path.unwrap_or(Path::new("scorecard"));
        path.with_extension(ending).display().to_string()
    };
    Mistake(format!(
        "this scorecard was built without PDF: write {} and save it as a PDF in Word, or write {} \
         and print it from a browser. A program that writes PDF takes minutes more to build: \
         `cargo install --path . --features pdf`",
        name("docx"),
        name("html"),
    ))
}

/// The ending of a file, in small letters. `None` if it has none, or is nothing but a device.
fn ending(path: &Path) -> Option<String> {
    let ending = path.extension().filter(|_| path.is_file() || !path.exists())?;
    Some(ending.to_string_lossy().to_lowercase())
}

/// That a command writes no files with an ending: which was probably meant, and which it writes.
fn not_written<'e>(
    path: &Path,
    ending: &str,
    instead: Option<&str>,
    written: impl Iterator<Item = &'e str>,
) -> String {
    let guess = instead.map_or_else(String::new, |ending| {
        format!(" Did you mean {}?", path.with_extension(ending).display())
    });
    let written: Vec<_> = written.map(|ending| format!(".{ending}")).collect();
    format!(
        "{}: this command writes no .{ending} files.{guess} It writes {}",
        path.display(),
        and(&written),
    )
}

/// The format among those of `F` that has the ending of a file, or the usual one for a file without.
fn of_ending<F: CommandFormat>(path: &Path) -> Result<F, Mistake> {
    let format = |format: &F| Into::<Format>::into(format.clone());
    let Some(ending) = ending(path) else { return Ok(F::default()) };
    let has_ending = |one: &&F| format(one).endings().contains(&ending.as_str());
    if let Some(found) = F::value_variants().iter().find(has_ending) {
        return Ok(found.clone());
    }
    let written = F::value_variants().iter().map(format).filter(|format| format.is_built());
    let written: Vec<_> = written.collect();
    let usual = |format: &Format| format.endings().first().copied();
    let instead = Format::instead_of(&ending, &written).as_ref().and_then(usual);
    let said = not_written(path, &ending, instead, written.iter().filter_map(usual));
    Err(Mistake(format!("{said}; --format says what a file with any other ending is to be")))
}

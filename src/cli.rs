//! The command line: what may be asked for.

use crate::month::Date;

use std::path::{Path, PathBuf};

use crate::layout::TableName;
use crate::month::Month;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns indicator definitions and monthly extracts into the performance scorecard that the
/// committee reads.
///
/// Without a command it prints the report of the latest month.
#[derive(Debug, Parser)]
#[command(name = "scorecard", version, about, long_about, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do; report unless said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// For which project, month and areas, and in which form.
    #[command(flatten)]
    pub options: Options,
}

const EXIT_CODES: &str = "Exit codes: 0 fine (warnings are on stderr), 1 the data or definitions have errors, 2 a mistake on the command line.";

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print or write the dashboard (the default)
    Report,
    /// Validate definitions and extracts: every finding, with place and remedy
    Check {
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
    },
    /// Show the working behind one figure, from file and line to rating and arrow
    Explain {
        /// The indicator's id or reference
        id: String,
    },
    /// Make a month's folder to be filled in, or list what is still to be filled in
    New {
        /// The month
        #[arg(value_name = "YYYY-MM")]
        month: Month,
    },
    /// Write the whole committee pack of a month, for members, directors and other programs
    Pack {
        /// The folder of the pack; a pack that is there is replaced
        dir: Option<PathBuf>,
    },
    /// Freeze a month as it goes to committee: its results, and all that they were made from
    Publish {
        /// The meeting that it is for [default: the one in month.toml]
        #[arg(long, value_name = "YYYY-MM-DD")]
        meeting: Option<Date>,
        /// Why it is published again: the first publication needs none
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Make what was published again from what was frozen with it, and compare
    Reproduce {
        /// The month
        #[arg(value_name = "YYYY-MM")]
        month: Month,
        /// Which publication of it [default: the latest]
        #[arg(long, value_name = "N")]
        revision: Option<u32>,
    },
    /// List what was published and would be different today, and what was published again and why
    Revisions,
    /// Compare two months, publications or projects: results, ratings, arrows, targets, definitions
    Diff {
        /// A month (2016-01), a publication (published/2016-01, published/2016-01/2) or the folder
        /// of a project
        from: String,
        /// The same of what it is compared with
        to: String,
    },
    /// Start a project that runs at once, for a fictional council
    Init {
        /// The folder to make
        dir: PathBuf,
    },
    /// Print the JSON Schema of indicators.toml, for editors
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// The options; they may stand before or after the command.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// The definitions
    #[arg(short, long, global = true, value_name = "FILE", default_value = "indicators.toml")]
    pub definitions: PathBuf,

    /// The folder of the months [default: data, beside the definitions]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// The month to report [default: the latest there is]
    #[arg(short, long, global = true, value_name = "YYYY-MM")]
    pub month: Option<Month>,

    /// An area to report; again for more, "all" for every one [default: the top area]
    #[arg(short, long = "area", global = true, value_name = "NAME")]
    pub areas: Vec<String>,

    /// A table to print; again for more [default: all but trend, definitions and notes]
    #[arg(short, long = "table", global = true, value_name = "NAME")]
    pub tables: Vec<TableName>,

    /// The format [default: from the output file's ending, else text]
    #[arg(short, long, global = true, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// With tidy: three more columns at the end, for figures that are provisional or revised
    #[arg(long, global = true)]
    pub marks: bool,

    /// Write to a file, whole or not at all, instead of stdout
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal
    Text,
    /// One table, for a spreadsheet
    Csv,
    /// Every figure as a row, for other programs
    Tidy,
    /// Everything, nested, with the evidence
    Json,
    /// For a wiki or an issue
    Markdown,
    /// A web page of its own, for everyone
    Html,
    /// An Excel workbook
    Xlsx,
    /// A Word document
    Docx,
}

impl Format {
    /// The endings of files that mean it, the usual one first.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Tidy => &[],
            Self::Json => &["json"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm"],
            Self::Xlsx => &["xlsx"],
            Self::Docx => &["docx"],
        }
    }

    /// The format that a file's ending means, where it means one.
    fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::value_variants()
            .iter()
            .copied()
            .find(|format| format.endings().contains(&ending.as_str()))
    }

    /// Whether it is a document of the committee pack: what is in it, unless tables are named, is
    /// the whole pack.
    #[must_use]
    pub fn is_document(self) -> bool {
        match self {
            Self::Html | Self::Xlsx | Self::Docx => true,
            Self::Text | Self::Csv | Self::Tidy | Self::Json | Self::Markdown => false,
        }
    }

    /// Whether it is bytes that no terminal can show.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Docx)
    }

    /// Whether it is of the whole scorecard and takes no choice of tables.
    fn is_complete(self) -> bool {
        matches!(self, Self::Tidy | Self::Json)
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

impl Options {
    /// The folder of the months.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.data
            .clone()
            .unwrap_or_else(|| self.definitions.parent().unwrap_or(Path::new("")).join("data"))
    }

    /// The format asked for, by name or by the ending of the output file.
    ///
    /// # Errors
    ///
    /// What is wrong, where the ending means no format.
    pub fn format(&self) -> Result<Format, String> {
        match (self.format, &self.output) {
            (Some(format), _) => Ok(format),
            (None, Some(path)) if path.extension().is_some() && path.is_file() | !path.exists() => {
                Format::of_ending(path).ok_or_else(|| {
                    let endings: Vec<_> = Format::value_variants().iter().filter_map(|format| format.endings().first().copied()).collect();
                    let endings = endings.join(", ");
                    format!("the ending of {} means no format: the endings are {endings}; or name the format with --format", path.display())
                })
            }
            _ => Ok(Format::Text),
        }
    }

    /// The tables to lay out for `format`, each once.
    ///
    /// # Errors
    ///
    /// What is wrong, where the format does not take them.
    pub fn tables(&self, format: Format) -> Result<Vec<TableName>, String> {
        if self.marks && format != Format::Tidy {
            return Err(format!(
                "--marks is for --format tidy; --format {} has them where there are any",
                format.name()
            ));
        }
        if format.is_complete() && !self.tables.is_empty() {
            return Err(format!(
                "--table cannot be used with --format {}, which is always complete",
                format.name()
            ));
        }
        let mut tables = Vec::new();
        for table in &self.tables {
            if !tables.contains(table) {
                tables.push(*table);
            }
        }
        match (format, tables.len()) {
            (Format::Csv, 0) => Ok(vec![TableName::Scorecard]),
            (Format::Csv, 2..) => Err("--format csv is one table: name one --table".to_owned()),
            (_, 0) => Ok(TableName::REPORT.to_vec()),
            _ => Ok(tables),
        }
    }
}

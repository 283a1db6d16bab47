//! What a finding is: a stable code, a severity, a place, what was found and what to do about it.
//!
//! Every stage adds its findings to one [`Findings`] and goes on, so that one run reports them all.
//! Nothing here prints: [`crate::render::diagnostics`] turns findings into text.

pub mod cause;
pub mod known;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the report: a figure could be wrong.
    Error,
    /// Printed with the report: somebody should look.
    Warning,
    /// Shown by `check` only.
    Note,
}

impl Severity {
    /// All of them, the most serious first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $text:literal $severity:ident $meaning:literal;)*) => {
        /// A kind of finding. Its text is stable: scripts may rely on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, in kebab case.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// How much findings of this kind matter.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The code with this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }

            /// The names of the codes whose severity may be changed.
            #[must_use]
            pub fn changeable() -> Vec<&'static str> {
                let is_error = |code: &&Self| code.severity() == Severity::Error;
                Self::ALL.iter().filter(|code| !is_error(code)).map(|code| code.as_str()).collect()
            }

            /// What findings of this kind mean, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    // Files.
    CannotRead "cannot-read" Error
        "A file or folder that is needed is not there or cannot be read.";
    TooLarge "too-large" Error
        "A file that is far larger than any extract or definitions file.";
    // indicators.toml and month.toml.
    Syntax "toml-syntax" Error
        "A file is not TOML.";
    UnknownKey "unknown-key" Error
        "A key that the program does not know.";
    MissingKey "missing-key" Error
        "A key that must be there is not.";
    WrongType "wrong-type" Error
        "A value of the wrong kind for its key.";
    BadValue "bad-value" Error
        "A value of the right kind that its key cannot have.";
    Duplicate "duplicate-name" Error
        "The same id or name twice, also under `was`.";
    UnknownName "unknown-name" Error
        "A definition, or the command line, names what is not defined.";
    EmptyProduct "empty-product" Error
        "A product that has nothing to show.";
    UnknownProduct "unknown-product" Error
        "The product asked for is not defined.";
    AreaTree "area-tree" Error
        "The areas do not make one tree under the top area.";
    NoParent "no-parent" Warning
        "An area that is not part of the top area.";
    TargetWithoutFloor "target-without-floor" Error
        "A target without a floor, or a floor or green band without a target.";
    FloorSide "floor-side" Error
        "A floor on the wrong side of the target.";
    GreenBand "green-band" Error
        "A green band where there can be none, or that does not fit the target and the floor.";
    BadProfile "bad-profile" Error
        "A profile that does not add up to its target, or where there can be none.";
    TargetScale "target-scale" Warning
        "A target or floor that no result can reach.";
    FromAfterUntil "from-after-until" Error
        "Something that ends before it starts.";
    // Extracts.
    NoMonth "no-month" Error
        "The month asked for has no folder or has not been published, or there are no months at all.";
    MissingColumn "missing-column" Error
        "An extract without a column that it needs.";
    RepeatedColumn "repeated-column" Error
        "The same column twice in an extract.";
    EmptyFile "empty-file" Error
        "An extract with nothing in it.";
    RowLength "row-length" Error
        "A row with fewer or more cells than the header.";
    Quote "unclosed-quote" Error
        "A quotation mark that opens a cell and never closes it.";
    NulByte "nul-byte" Error
        "A NUL byte, which text never has.";
    UnknownIndicator "unknown-indicator" Error
        "A row, or the command line, names an indicator that is not defined.";
    UnknownArea "unknown-area" Error
        "A row, or the command line, names an area that is not defined.";
    UnknownBenchmark "unknown-benchmark" Error
        "A row of a benchmark that is not defined, or that is the mean of others.";
    NotADate "not-a-date" Error
        "A cell of a benchmark that should hold a month or a day and does not.";
    UnknownPeriod "unknown-period" Error
        "A row of a benchmark whose period is none.";
    UnknownCohort "unknown-cohort" Error
        "A row for a cohort that is not defined.";
    TeamInResults "team-in-results" Error
        "A row of results for a team; teams are in the activity table only.";
    DuplicateFigure "duplicate-figure" Error
        "Two rows for the same figure.";
    NotANumber "not-a-number" Error
        "A cell that should hold a figure and does not.";
    TooManyDigits "too-many-digits" Error
        "A figure with more digits than a spreadsheet keeps.";
    NegativeCount "negative-count" Error
        "A count below 0.";
    WrongMonth "wrong-month" Error
        "A row of another month than its folder.";
    ValueDisagrees "value-disagrees" Error
        "A value that is not its numerator divided by its denominator.";
    HalfARatio "half-a-ratio" Error
        "A numerator without its denominator, or the other way round.";
    CohortLarger "cohort-larger" Error
        "A cohort larger than the whole that it is part of.";
    UnknownColumn "unknown-column" Note
        "A column that the program does not use.";
    NoHeading "no-heading" Warning
        "A column of figures without a heading, which is not read.";
    UnknownStatus "unknown-status" Warning
        "A status of a figure that is not known, and is not used.";
    GapHasRow "gap-has-row" Warning
        "A row of an indicator that is a gap, which is worked out from others.";
    NotInForce "not-in-force" Warning
        "A row for an indicator or area outside its `from` and `until`, which is left out.";
    RestLarger "rest-larger" Warning
        "Everyone but a cohort is more than everyone.";
    NoResults "no-results" Warning
        "A month without any results file, or without a single figure.";
    ReadAsWindows1252 "read-as-windows-1252" Note
        "A file that is not UTF-8, read as Windows-1252, which Excel and older editors write in \
         Britain.";
    DamagedText "damaged-text" Error
        "A file whose bytes are not text in any one encoding.";
    RowsAboveHeader "rows-above-header" Note
        "Rows above the header of an extract, which are not read.";
    FiguresAboveHeader "figures-above-header" Error
        "A row of figures above the header of an extract.";
    ExcelError "excel-error" Error
        "An error of a spreadsheet where a figure should be.";
    BecameADate "became-a-date" Error
        "A date where a figure should be.";
    LostDigits "lost-digits" Error
        "A figure in scientific notation, which leaves digits out.";
    ColumnTooNarrow "column-too-narrow" Error
        "A cell of ####, which a spreadsheet shows where a figure does not fit its column.";
    DecimalComma "decimal-comma" Error
        "A figure with what may be a decimal comma.";
    NotCalculated "not-calculated" Error
        "A formula whose result is not in the file.";
    OtherPunctuation "other-punctuation" Note
        "A name that differs from a defined one in punctuation alone, and is read as it.";
    ChangedId "changed-id" Warning
        "An indicator's id with zeros lost or added, read as the id with the same number.";
    GaveUp "gave-up" Error
        "An extract with so many errors that the rest of it is not read.";
    UnreadFile "unread-file" Warning
        "A file that looks like an extract and is not read, because of its name, its kind or its \
            place.";
    OtherSheets "other-sheets" Note
        "Sheets of a workbook that are not read.";
    SecondSheet "second-sheet" Warning
        "A second sheet of a workbook that looks like an extract, and is not read.";
    MergedCells "merged-cells" Error
        "Merged cells among the figures of a workbook.";
    HiddenRows "hidden-rows" Note
        "Rows or columns of a workbook that Excel does not show, and that are read.";
    UnseenCells "unseen-cells" Warning
        "Cells of a workbook whose number format shows nothing of them, and that are read.";
    OddText "odd-text" Error
        "A figure or a name of a workbook with a part in superscript or struck out.";
    RowsLeftOut "rows-left-out" Note
        "Rows of an extract that are no figures, such as a footer, and are not read.";
    RowCount "row-count" Warning
        "A footer that gives another number of rows than its file has.";
    FileRepeated "file-repeated" Warning
        "A file of a month that repeats another.";
    RowRepeated "row-repeated" Note
        "Rows that say the same as others of the month.";
    BlankArea "blank-area" Warning
        "Rows without an area, below rows that have one.";
    SeveralFiles "several-files" Error
        "A source with more files in a month than it may have.";
    UnknownHeading "unknown-heading" Error
        "A heading of a source that is none of what runs across.";
    UnknownActivity "unknown-activity" Error
        "A row for an activity that is not defined.";
    TotalDiffers "total-differs" Warning
        "A total in a source that is not the sum of the rows above it.";
    NoPopulation "no-population" Error
        "A population that populations.csv has no count of.";
    NoFile "no-file" Warning
        "A source without a file, where there is one of a like name or all months should have it.";
    NoRows "no-rows" Note
        "An area without a record that counts, which has 0.";
    UnreadableCell "unreadable-cell" Warning
        "Records with a cell that a condition cannot be asked of, and that do not count there.";
    RecordRepeated "record-repeated" Warning
        "The same record twice in a list.";
    NoDay "no-day" Note
        "Records without one of the days between which days are counted, which do not count there.";
    ClosedDaysUnknown "closed-days-unknown" Note
        "Working days are counted, and the days besides weekends on which nobody works are not listed.";
    LookupUnmatched "lookup-unmatched" Note
        "Records of which there is no row in a file that columns are looked up in.";
    LookupRepeated "lookup-repeated" Warning
        "The same id twice in a file that columns are looked up in.";
    MonthWithoutFile "month-without-file" Warning
        "A month of a year or of 12 months without the file of its events.";
    // What has been published.
    BadRecord "bad-record" Error
        "A record of what was published that cannot be read, or that does not fit.";
    DamagedRecord "damaged-record" Error
        "A file of the record that is not what was published.";
    FiguresRevised "figures-revised" Warning
        "Earlier figures that differ from what was published of them.";
    // Public editions.
    NoDisclosure "no-disclosure" Error
        "A public edition of definitions that do not say what it may show.";
    CannotJudge "cannot-judge" Warning
        "Results without counts, which a public edition does not show.";
    CannotProtect "cannot-protect" Error
        "A small count that could be worked out, whatever is left out.";
    HiddenInText "hidden-in-text" Error
        "A text with a number that is not shown.";
    PublishedBefore "published-before" Warning
        "A figure that is not shown and has been published before.";
    TellsFew "tells-few" Note
        "A small count that a public edition tells those who know more.";
    // What a careful officer looks for.
    PartsDiffer "parts-differ" Warning
        "An area's total is not the sum of its parts, or is less than one of them.";
    SumIncomplete "sum-incomplete" Warning "A sum that cannot be made, because a part has no \
        figure that can be added.";
    SuppressionRecoverable "suppression-recoverable" Warning
        "A suppressed figure that can be worked out from those beside it.";
    DoesNotFlow "does-not-flow" Warning
        "Last month's stock plus starts minus ends is not this month's.";
    CommentaryUnknown "commentary-unknown" Warning
        "Commentary for an indicator or area that is not defined.";
    BrokenComment "broken-comment" Warning
        "A comment in commentary that begins and never ends, or ends and never began.";
    NotTheSame "identity" Warning
        "Figures that the definitions call the same count and that are not the same.";
    PartsOfWhole "parts-of-whole" Warning
        "A cohort and everyone else that do not add up to everyone.";
    CohortIsWhole "cohort-is-whole" Warning
        "A cohort exactly as large as the whole that it is part of.";
    CoverageLow "coverage-low" Warning
        "A figure of which too little is recorded to rate it.";
    CoverageUnknown "coverage-unknown" Warning
        "A figure of which nothing says how much is recorded.";
    CohortGap "cohort-gap" Warning
        "A figure in the table of a cohort that has nothing to be compared with.";
    Above100 "above-100" Warning
        "A percentage above 100, or below 0.";
    Outstanding "outstanding" Warning
        "Rows of results, or counts of activity, that are still blank.";
    FigureGone "figure-gone" Warning
        "A figure that was there last time and is not there now.";
    ResultGone "result-gone" Warning
        "A result that was worked out in the period before and cannot be worked out now.";
    MonthCopied "month-copied" Warning
        "Figures that are all the same as last month's, as if the file had been copied.";
    AreaCopied "area-copied" Warning
        "The figures of an area that are all those of an earlier month, while those of other areas \
         are new, or those of another area.";
    OneOfASplit "one-of-a-split" Warning
        "Rows that are read as everyone, and that a column says are one part of a split.";
    DatesStale "dates-stale" Warning
        "Dates of `month.toml` that are not of its month, or are in the wrong order.";
    FellToZero "fell-to-zero" Warning
        "A count of 10 or more that has become 0.";
    FractionForPercent "fraction-for-percent" Warning
        "A percentage that seems to be given as a fraction, such as 0.784 for 78.4%.";
    PercentAsCounts "percent-as-counts" Warning
        "A percentage or rate that is written as a numerator and a denominator, such as 71.8 of 100.";
    ResultJump "result-jump" Warning
        "A result that has moved further than its counts explain.";
    YtdFell "ytd-fell" Warning
        "A year-to-date count that is lower than last month's.";
    YtdGoesOn "ytd-goes-on" Warning
        "A year-to-date count that has not started again with the financial year.";
    DenominatorJump "denominator-jump" Warning
        "A denominator, or activity, that has grown by more than half or shrunk by more than a \
            third.";
    NoPrevious "no-previous" Warning
        "There is no folder of the period before.";
    NoOutturn "no-outturn" Warning
        "There is no folder of the month at the end of the financial year before.";
    TrendGap "trend-gap" Warning
        "A period missing within the trend of an exception report.";
    TargetsOfAnotherYear "targets-of-another-year" Warning
        "Targets that are for another financial year than the report month's.";
    NoBaseline "no-baseline" Warning
        "A target that is worked out from a figure that is not there, or that comes out beyond its \
            floor.";
    StepMonth "step-month" Warning
        "A target that steps in a month that its indicator has no figure for.";
    QuarterMonth "quarter-month" Warning
        "A quarterly figure in a month that no quarter ends with.";
    GivenTooOften "given-too-often" Warning
        "A figure of a year or a quarter that is given again within it.";
    NoCommentary "no-commentary" Warning
        "A red indicator without commentary.";
    CommentaryRepeated "commentary-repeated" Warning
        "Commentary that is last month's, word for word.";
    CommentaryDiffers "commentary-differs" Warning
        "Commentary whose figures are not those of its indicator and month.";
    NoBenchmark "no-benchmark" Warning
        "An indicator whose rating or target is a benchmark's, which has no figure to compare with.";
    MeanIncomplete "mean-incomplete" Warning
        "A mean of benchmarks that cannot be made, because one of them has no figure.";
    LookAlike "look-alike" Warning
        "Two names that look the same and are not.";
    CheckedNothing "checked-nothing" Warning
        "An entry of `[[checked]]` that settles nothing.";
    NoPreviousResult "no-previous-result" Note
        "A result without one in the period before to compare it with.";
    NoOutturnResult "no-outturn-result" Note
        "A result without an outturn to compare it with.";
    AcrossYear "across-year" Note
        "A year-to-date result that is compared with one of the year before.";
    BenchmarkPeriod "benchmark-period" Note
        "A figure of a benchmark that covers another length of time than the indicator.";
    GapNegative "gap-negative" Note
        "A gap that is below 0: the two groups have changed places.";
    CarriedForward "carried-forward" Note
        "A figure from an earlier month than the report's.";
    ShortHistory "short-history" Note
        "There are too few months to see what the checks need a history for.";
    FarOutside "far-outside" Note
        "A result outside the natural limits of its earlier results.";
    NoLimits "no-limits" Error
        "An indicator that asks for limits which its figures cannot have.";
    ShortSegment "short-segment" Warning
        "Limits that start again with fewer figures than they need.";
    UnevenDenominators "uneven-denominators" Note
        "Limits of a percentage or rate whose denominators are very uneven.";
    Unused "unused" Note
        "Something that is defined and is in no extract.";
}

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The path as the user would type it.
    pub path: Arc<str>,
    /// The line, counted from 1; nothing when it is the file as a whole.
    pub line: Option<u32>,
    /// The column, counted in characters from 1.
    pub column: Option<u32>,
    /// The sheet and cell, of a workbook: `Sheet1!B7`.
    pub cell: Option<String>,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), line: None, column: None, cell: None }
    }

    /// A whole file or folder, by its path.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        Self::file(&path.display().to_string().into())
    }

    /// A line of a file.
    #[must_use]
    pub fn line(path: &Arc<str>, line: u32) -> Self {
        Self { path: Arc::clone(path), line: Some(line), column: None, cell: None }
    }
}

impl fmt::Display for Place {
    /// `path`, `path:line` or `path:line:column`; of a workbook `path:Sheet1!B7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(cell) = &self.cell {
            return write!(f, ":{cell}");
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// The line of a file that a finding is about, and the bytes of it to point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, without its end.
    pub text: String,
    /// Where the part pointed at starts and ends in `text`, in bytes.
    pub span: Range<usize>,
}

/// The most bytes of a line that an excerpt keeps.
const EXCERPT_MAX: usize = 160;

impl Excerpt {
    /// An excerpt of one line; of a very long one, the part around `span`.
    #[must_use]
    pub fn new(line: &str, span: Range<usize>) -> Self {
        let start = floor_boundary(line, span.start);
        let end = floor_boundary(line, span.end.max(start));
        if line.len() <= EXCERPT_MAX {
            return Self { text: line.to_owned(), span: start..end };
        }
        let from = floor_boundary(line, start.saturating_sub(EXCERPT_MAX / 4));
        let to = floor_boundary(line, from + EXCERPT_MAX);
        let end = end.clamp(from, to);
        Self { text: line[from..to].to_owned(), span: start - from..end - from }
    }
}

/// A text file that findings point into.
#[derive(Debug)]
pub struct Source {
    path: Arc<str>,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// The text of the file at `path`.
    #[must_use]
    pub fn new(path: Arc<str>, text: String) -> Self {
        let line_starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|index| index + 1))
            .collect();
        Self { path, text, line_starts }
    }

    /// Its path as the user would type it.
    #[must_use]
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// All of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place where `span`, in bytes, starts.
    #[must_use]
    pub fn place(&self, span: &Range<usize>) -> Place {
        let (line, start) = self.start(span);
        let column = self.text[self.line_starts[line]..start].chars().count() + 1;
        Place {
            path: Arc::clone(&self.path),
            line: u32::try_from(line + 1).ok(),
            column: u32::try_from(column).ok(),
            cell: None,
        }
    }

    /// The index of the line that a span starts in, and where it starts.
    fn start(&self, span: &Range<usize>) -> (usize, usize) {
        let start = floor_boundary(&self.text, span.start);
        (self.line_starts.partition_point(|&line_start| line_start <= start).max(1) - 1, start)
    }

    /// The line that `span` starts in.
    fn excerpt(&self, span: &Range<usize>) -> Excerpt {
        let (line, start) = self.start(span);
        let line_start = self.line_starts[line];
        let text = self.text[line_start..].lines().next().unwrap_or_default();
        Excerpt::new(text, start - line_start..span.end.saturating_sub(line_start))
    }

    /// A finding about `span`.
    pub fn finding(
        &self,
        code: Code,
        span: Range<usize>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding::new(code, self.place(&span), found, remedy).with_excerpt(self.excerpt(&span))
    }
}

/// The nearest start of a character at or before `index`.
#[must_use]
pub fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// What a finding is about, by the names of the definitions, as far as it is about one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The id of an indicator.
    pub indicator: Option<String>,
    /// The id of an activity.
    pub activity: Option<String>,
    /// The name of an area or team.
    pub area: Option<String>,
}

/// One thing that is wrong, or may be.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters: what the code says, unless the definitions say otherwise.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// Where.
    pub place: Option<Place>,
    /// The line itself.
    pub excerpt: Option<Excerpt>,
    /// What was found, in a sentence without its full stop.
    pub found: String,
    /// What to do about it.
    pub remedy: String,
    /// Other places that belong to it, each with a word on what is there.
    pub related: Vec<(Place, String)>,
    /// Whether it is a mistake on the command line, which asks for what there is not.
    pub is_mistake: bool,
}

impl Finding {
    /// A finding at a place, where there is one.
    pub fn new(
        code: Code,
        place: impl Into<Option<Place>>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { place: place.into(), ..Self::nowhere(code, found, remedy) }
    }

    /// A finding about the run as a whole.
    pub fn nowhere(code: Code, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            subject: Subject::default(),
            place: None,
            excerpt: None,
            found: found.into(),
            remedy: remedy.into(),
            related: Vec::new(),
            is_mistake: false,
        }
    }

    /// A finding about what the command line asks for: nothing that has been read is wrong.
    pub fn mistake(code: Code, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { is_mistake: true, ..Self::nowhere(code, found, remedy) }
    }

    /// With what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = subject;
        self
    }

    /// With the line itself.
    #[must_use]
    pub fn with_excerpt(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }

    /// As a note, where the code's other findings matter more.
    #[must_use]
    pub fn as_note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }

    /// With the place that it is about as a whole.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn with_related(
        mut self,
        place: impl Into<Option<Place>>,
        what: impl Into<String>,
    ) -> Self {
        self.related.extend(place.into().map(|place| (place, what.into())));
        self
    }
}

/// What the severity of codes is changed to. A code that is an error stays one: what it finds
/// cannot be true.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    changed: HashMap<Code, Option<Severity>>,
}

impl Severities {
    /// The words for what a severity can be changed to.
    pub const WORDS: &'static [&'static str] = &["error", "warning", "note", "off"];

    /// Changes the severity of a code to what a word says.
    pub fn change(&mut self, code: Code, word: &str) {
        let severity = Severity::ALL.into_iter().find(|severity| severity.as_str() == word);
        self.changed.insert(code, severity);
    }

    /// The severity of a code; nothing when it is off.
    #[must_use]
    pub fn of(&self, code: Code) -> Option<Severity> {
        self.or(code, code.severity())
    }

    /// What the severity of a code is changed to, and `severity` where it is not changed.
    fn or(&self, code: Code, severity: Severity) -> Option<Severity> {
        self.changed.get(&code).copied().unwrap_or(Some(severity))
    }
}

/// A finding that somebody has looked into.
#[derive(Clone, Debug)]
pub struct Settled {
    /// What was found.
    pub finding: Finding,
    /// Why it is right as it is.
    pub reason: String,
    /// Where that is said.
    pub place: Place,
}

/// The findings of a run, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    settled: Vec<Settled>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.all.push(finding);
    }

    /// Adds some.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.all.extend(findings);
    }

    /// Adds all of another stage's.
    pub fn append(&mut self, other: Self) {
        self.all.extend(other.all);
        self.settled.extend(other.settled);
    }

    /// Says what those made since there were `count` are about, where they do not say it
    /// themselves.
    pub fn about_since(&mut self, count: usize, subject: impl Fn() -> Subject) {
        for finding in &mut self.all[count..] {
            if finding.subject == Subject::default() {
                finding.subject = subject();
            }
        }
    }

    /// Sets those aside that somebody has looked into.
    pub fn settle(&mut self, reason: &str, place: &Place, is_it: impl Fn(&Finding) -> bool) {
        let (settled, left) = std::mem::take(&mut self.all).into_iter().partition(is_it);
        self.all = left;
        let settled: Vec<Finding> = settled;
        self.settled.extend(settled.into_iter().map(|finding| Settled {
            finding,
            reason: reason.to_owned(),
            place: place.clone(),
        }));
    }

    /// Those that somebody has looked into.
    #[must_use]
    pub fn settled(&self) -> &[Settled] {
        &self.settled
    }

    /// Adds those of another stage's that are not there yet.
    pub fn append_new(&mut self, other: Self) {
        let is =
            |a: &Finding, b: &Finding| (a.code, &a.place, &a.found) == (b.code, &b.place, &b.found);
        for finding in other.all {
            if !self.all.iter().any(|known| is(known, &finding)) {
                self.all.push(finding);
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether any of them stops the report.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether any of them is a mistake on the command line.
    #[must_use]
    pub fn has_mistakes(&self) -> bool {
        self.all.iter().any(|finding| finding.is_mistake)
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Drops what may only follow from findings of a code that made part of a file unreadable:
    /// other findings about the same lines, and those about something that is missing.
    pub fn drop_consequences_of(&mut self, code: Code) {
        let line = |finding: &Finding| {
            finding.place.as_ref().map(|place| (Arc::clone(&place.path), place.line))
        };
        let lines: HashSet<_> =
            self.all.iter().filter(|finding| finding.code == code).map(line).collect();
        if lines.is_empty() {
            return;
        }
        let says_missing = |finding: &Finding| {
            matches!(
                finding.code,
                Code::MissingKey | Code::UnknownName | Code::NoParent | Code::TargetWithoutFloor
            )
        };
        self.all.retain(|finding| {
            finding.code == code || !lines.contains(&line(finding)) && !says_missing(finding)
        });
    }

    /// Gives findings the severity that the severity of their code is changed to, and drops those
    /// that are off.
    pub fn change_severities(&mut self, severities: &Severities) {
        self.all.retain_mut(|finding| match severities.or(finding.code, finding.severity) {
            Some(severity) => {
                finding.severity = severity;
                true
            }
            None => false,
        });
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.all.iter()
    }

    /// All of them, the most serious first, those of a code together, then by place.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Finding> {
        let mut sorted: Vec<_> = self.all.iter().collect();
        sorted
            .sort_by_cached_key(|finding| (finding.severity, finding.code, finding.place.clone()));
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{name}"
            );
        }
    }

    #[test]
    fn an_excerpt_is_the_line_and_where_in_it() {
        let source = Source::new("file.toml".into(), "one\r\ntwo £ three\r\nfour".to_owned());
        let (place, excerpt) = (source.place(&(12..17)), source.excerpt(&(12..17)));
        assert_eq!(
            (excerpt.text.as_str(), &excerpt.text[excerpt.span.clone()]),
            ("two £ three", "three")
        );
        assert_eq!(place.to_string(), "file.toml:2:7");
        assert_eq!(source.place(&(17..99)).to_string(), "file.toml:2:12");
        assert_eq!(source.place(&(19..99)).to_string(), "file.toml:3:1");
    }

    #[test]
    fn an_excerpt_of_a_long_line_is_short() {
        let line = "é".repeat(5000);
        let excerpt = Excerpt::new(&line, 4001..4003);
        assert!(excerpt.text.len() <= EXCERPT_MAX && !excerpt.text.is_empty());
    }
}

//! `month.toml`: dates and the status of a month's extract.

use std::sync::Arc;

use crate::diagnostic::{Code, Findings, Source};
use crate::input::File;
use crate::month::Date;
use crate::toml_file::{Document, Key, Kind, Section, Shape};

/// What `month.toml` says; nothing of it has to be said.
#[derive(Clone, Debug, Default)]
pub struct MonthFile {
    /// The day that the figures describe.
    pub as_at: Option<Date>,
    /// The day on which they were extracted.
    pub extracted: Option<Date>,
    /// The day of the meeting that they go to.
    pub meeting: Option<Date>,
    /// Whether they are final.
    pub status: Option<Status>,
}

/// Whether a month's figures may still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They may.
    Draft,
    /// They are done.
    Final,
}

impl Status {
    const WORDS: &'static [&'static str] = &["draft", "final"];

    fn from_word(word: &str) -> Option<Self> {
        match word {
            "draft" => Some(Self::Draft),
            "final" => Some(Self::Final),
            _ => None,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
        }
    }
}

/// The keys of `month.toml`.
pub static FILE: Shape = Shape {
    header: "month.toml",
    about: "Dates and the status of a month's extract.",
    keys: &[
        Key::optional("as_at", Kind::Date, "the day that the figures describe"),
        Key::optional("extracted", Kind::Date, "the day on which they were extracted"),
        Key::optional("meeting", Kind::Date, "the day of the meeting that they go to"),
        Key::optional("status", Kind::Choice(Status::WORDS), "whether they may still change"),
    ],
};

/// Reads the file, where there is one.
pub(super) fn read(file: &File, findings: &mut Findings) -> MonthFile {
    let Some(text) = file
        .read_text("the month's dates and status; delete it if there is nothing to say", findings)
    else {
        return MonthFile::default();
    };
    let source = Source::new(Arc::clone(&file.name), text);
    let mut found = Findings::default();
    let document = Document::parse(&source, &mut found);
    let root = document.root();
    root.check(&FILE, &[], &mut found);
    found.drop_echoes_of(Code::Syntax);
    findings.append(found);
    let date = |key: &str| date(&root, key);
    MonthFile {
        as_at: date("as_at"),
        extracted: date("extracted"),
        meeting: date("meeting"),
        status: root.choice("status", Status::from_word).map(|word| word.value),
    }
}

fn date(root: &Section<'_>, key: &str) -> Option<Date> {
    root.date(key).map(|date| Date {
        year: date.value.year,
        month: date.value.month,
        day: date.value.day,
    })
}

//! `month.toml`: dates and the status of a month's extract.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::diagnostic::{Code, Findings, Source};
use crate::input::File;
use crate::month::Month;
use crate::toml_file::{Document, Key, Kind, Section, Shape};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The calendar year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The last day of a month.
    #[must_use]
    pub fn last_of(month: Month) -> Self {
        Self {
            year: u16::try_from(month.year()).unwrap_or_default(),
            month: month.number(),
            day: month.days(),
        }
    }
}

/// A text that is not a date written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date is written YYYY-MM-DD, such as 2016-03-22")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let (month, day) =
            text.rsplit_once('-').filter(|(_, day)| day.len() == 2).ok_or(NotADate)?;
        let month: Month = month.parse().map_err(|_| NotADate)?;
        let day: u8 = day.parse().map_err(|_| NotADate)?;
        let year = u16::try_from(month.year()).map_err(|_| NotADate)?;
        if (1..=month.days()).contains(&day) {
            Ok(Self { year, month: month.number(), day })
        } else {
            Err(NotADate)
        }
    }
}

impl fmt::Display for Date {
    /// `2016-03-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_that_there_are() {
        assert_eq!(
            "2016-02-29".parse::<Date>().map(|date| date.to_string()),
            Ok("2016-02-29".to_owned())
        );
        for text in [
            "2015-02-29",
            "2016-04-31",
            "2016-3-22",
            "2016-03-2",
            "2016-03-00",
            "22/03/2016",
            "2016-03",
            "",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NotADate), "{text}");
        }
    }
}

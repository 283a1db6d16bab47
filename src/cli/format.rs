//! The formats that a command can write.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::text::nearest;

/// A format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal
    #[default]
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
    /// The same workbook as an OpenDocument spreadsheet
    Ods,
    /// A Word document
    Docx,
    /// The same document as an accessible PDF, if the program was built with it
    Pdf,
}

/// Endings of files that many programs write, and what is written here instead: the nearest first.
const INSTEAD: [(&[&str], &[Format]); 6] = [
    (
        &["doc", "docm", "docx", "dotx", "odt", "rtf", "pages", "pdf"],
        &[Format::Docx, Format::Html, Format::Markdown],
    ),
    (
        &["xls", "xlsm", "xlsb", "xlsx", "xltx", "ods", "fods", "numbers"],
        &[Format::Xlsx, Format::Ods, Format::Csv, Format::Html, Format::Markdown],
    ),
    (&["tsv", "tab", "csv"], &[Format::Csv, Format::Xlsx, Format::Markdown]),
    (&["htm", "html", "xhtml", "mht", "mhtml"], &[Format::Html, Format::Markdown]),
    (&["text", "log", "prn"], &[Format::Text]),
    (&["xml", "yaml", "yml", "jsonl"], &[Format::Json]),
];

impl Format {
    /// The file endings of the format, the usual one first.
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
            Self::Ods => &["ods"],
            Self::Docx => &["docx"],
            Self::Pdf => &["pdf"],
        }
    }

    /// The format among `written` whose files are nearest to those with an ending: of the same kind,
    /// such as Word for `odt`, or with nearly the same ending.
    #[must_use]
    pub fn instead_of(ending: &str, written: &[Self]) -> Option<Self> {
        let alike = INSTEAD.iter().filter(|(endings, _)| endings.contains(&ending));
        let of_kind = alike.flat_map(|(_, formats)| *formats).find(|one| written.contains(one));
        of_kind.copied().or_else(|| {
            let endings = || written.iter().flat_map(|format| format.endings());
            let near = nearest(ending, endings().copied())?;
            written.iter().find(|format| format.endings().contains(&near)).copied()
        })
    }

    /// Whether it is a document for readers. Such a document holds the whole pack unless tables are
    /// named.
    #[must_use]
    pub fn is_document(self) -> bool {
        match self {
            Self::Html | Self::Xlsx | Self::Ods | Self::Docx | Self::Pdf => true,
            Self::Text | Self::Csv | Self::Tidy | Self::Json | Self::Markdown => false,
        }
    }

    /// Whether it is in the folder of the committee pack, which has one workbook.
    #[must_use]
    pub fn is_in_pack(self) -> bool {
        self.is_document() && self != Self::Ods && self.is_built()
    }

    /// Whether this program was built with it.
    #[must_use]
    pub fn is_built(self) -> bool {
        self != Self::Pdf || cfg!(feature = "pdf")
    }

    /// Whether it is binary, so that no terminal can show it.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods | Self::Docx | Self::Pdf)
    }

    /// Whether it always holds the whole scorecard, so that tables cannot be chosen.
    #[must_use]
    pub fn is_complete(self) -> bool {
        matches!(self, Self::Tidy | Self::Json)
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// A format for lists: any except tidy, which holds the figures of one month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListingFormat(Format);

impl ValueEnum for ListingFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self(Format::Text),
            Self(Format::Csv),
            Self(Format::Json),
            Self(Format::Markdown),
            Self(Format::Html),
            Self(Format::Xlsx),
            Self(Format::Ods),
            Self(Format::Docx),
            Self(Format::Pdf),
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        self.0.to_possible_value()
    }
}

impl From<ListingFormat> for Format {
    fn from(format: ListingFormat) -> Self {
        format.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_that_is_written_is_named_for_one_that_is_not() {
        let every = Format::value_variants();
        for (ending, format) in [
            ("odt", Some(Format::Docx)),
            ("doc", Some(Format::Docx)),
            ("xls", Some(Format::Xlsx)),
            ("tsv", Some(Format::Csv)),
            ("xlxs", Some(Format::Xlsx)),
            ("mrkdown", Some(Format::Markdown)),
            ("zip", None),
        ] {
            assert_eq!(Format::instead_of(ending, every), format, "{ending}");
        }
        let few = [Format::Text, Format::Markdown];
        assert_eq!(Format::instead_of("docx", &few), Some(Format::Markdown));
        assert_eq!(Format::instead_of("json", &few), None);
    }
}

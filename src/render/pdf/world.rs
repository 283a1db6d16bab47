//! All that Typst sees: the document's style, what is on its pages, its charts, and two typefaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::data::Content;

/// How the pages look.
const STYLE: &str = include_str!("document.typ");
/// The typeface for letters that the first has not. It is in a crate of Typst's, with others.
const SPARE: &str = "DejaVu Sans Mono";

/// The typefaces, the one that is used first.
pub(super) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let noto = [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        notosans::ITALIC_TTF,
        notosans::BOLD_ITALIC_TTF,
    ];
    let all = noto.into_iter().chain(typst_assets::fonts());
    let fonts = all.flat_map(|bytes| Font::iter(Bytes::new(bytes)));
    let is_used = |font: &Font| ["Noto Sans", SPARE].contains(&font.info().family.as_str());
    fonts.filter(is_used).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Cells that head their row still need a feature that may change; Cargo.lock keeps its version.
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The files of one document, in memory.
pub(super) struct DocumentWorld {
    main: Source,
    files: HashMap<FileId, Bytes>,
}

impl DocumentWorld {
    pub(super) fn of(content: &Content) -> Result<Self, Vec<String>> {
        let named = |name: &str| file(name).map_err(|error| vec![error]);
        let mut files = HashMap::new();
        files.insert(named("document.json")?, Bytes::from_string(content.pages.to_string()));
        for (name, chart) in &content.charts {
            files.insert(named(name)?, Bytes::from_string(chart.clone()));
        }
        Ok(Self { main: Source::new(named("document.typ")?, STYLE.to_owned()), files })
    }
}

fn file(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|error| format!("{name}: {error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// There is no clock: a document is dated by its figures.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

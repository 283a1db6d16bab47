//! `commentary/`: what the service says about an indicator, in Markdown; and `covering.md`, what the
//! officer says in the covering report.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::{self, Ledger};
use crate::text::{did_you_mean, nearest};

/// Whose commentary is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CommentaryPlan {
    /// Nobody's.
    #[default]
    None,
    /// That on some areas.
    Areas(Vec<AreaId>),
    /// All of it, so that what cannot be read is found before somebody reports its area.
    All,
}

impl CommentaryPlan {
    /// This and another.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (plan, Self::None) => plan,
            (Self::None, other) => other.clone(),
            (Self::Areas(mut areas), Self::Areas(more)) => {
                areas.extend(
                    more.iter().filter(|area| !areas.contains(area)).copied().collect::<Vec<_>>(),
                );
                Self::Areas(areas)
            }
        }
    }

    fn has(&self, area: AreaId) -> bool {
        match self {
            Self::None => false,
            Self::Areas(areas) => areas.contains(&area),
            Self::All => true,
        }
    }
}

/// The commentary of a month.
#[derive(Debug, Default)]
pub struct Commentary {
    said: HashMap<(AreaId, IndicatorId), Said>,
    /// The file about each, whether or not it says anything.
    files: HashMap<(AreaId, IndicatorId), PathBuf>,
    /// The folder, where there is one.
    folder: Option<PathBuf>,
}

/// What the file on an indicator says.
#[derive(Debug)]
enum Said {
    Text(String),
    /// It cannot be read, which has been reported.
    Unreadable,
}

impl Commentary {
    /// Reads the commentary in `folder`, that of the month: `<id>.md` for the top area,
    /// `<area>/<id>.md` for others. A file with nothing in it but comments says nothing. With `names`, files that
    /// belong to no indicator and folders that belong to no area are findings: nobody would ever
    /// read them.
    pub(super) fn read(
        definition: &Definition,
        folder: &Path,
        ledger: &Ledger,
        plan: &CommentaryPlan,
        names: bool,
        findings: &mut Findings,
    ) -> Self {
        let mut commentary = Self { folder: Some(folder.to_owned()), ..Self::default() };
        if *plan == CommentaryPlan::None && !names {
            return commentary;
        }
        let known = Known::of(definition);
        let listing = FolderListing::of(folder, definition, findings);
        for path in listing.in_order() {
            let subject = known.subject(folder, path);
            let read = subject.and_then(|subject| listing.file(folder, definition, subject));
            if read != Some(path) {
                if names {
                    findings.extend(unread(path, folder, read, definition, &known));
                }
                continue;
            }
            let Some(subject) = subject.filter(|(area, _)| plan.has(*area)) else { continue };
            commentary.files.insert(subject, path.to_owned());
            let before = findings.len();
            let said = match read_text(path, ledger, findings) {
                Some(text) => written(&text, path, ledger, findings).map(Said::Text),
                None => Some(Said::Unreadable),
            };
            findings.about_since(before, || {
                definition.subject_indicators(Some(subject.0), &[subject.1])
            });
            commentary.said.extend(said.map(|said| (subject, said)));
        }
        commentary
    }

    /// The folder that it was read from, where there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The file about an indicator, where there is one: it may say nothing yet.
    #[must_use]
    pub fn file(&self, area: AreaId, indicator: IndicatorId) -> Option<&Path> {
        self.files.get(&(area, indicator)).map(PathBuf::as_path)
    }

    /// What there is commentary on, in order.
    #[must_use]
    pub fn subjects(&self) -> Vec<(AreaId, IndicatorId)> {
        let mut subjects: Vec<_> = self.said.keys().copied().collect();
        subjects.sort_unstable();
        subjects
    }

    /// What is said about an indicator.
    #[must_use]
    pub fn of(&self, area: AreaId, indicator: IndicatorId) -> Option<&str> {
        match self.said.get(&(area, indicator))? {
            Said::Text(text) => Some(text),
            Said::Unreadable => None,
        }
    }

    /// Whether there is a file about an indicator that cannot be read.
    #[must_use]
    pub fn is_unreadable(&self, area: AreaId, indicator: IndicatorId) -> bool {
        matches!(self.said.get(&(area, indicator)), Some(Said::Unreadable))
    }
}

/// Reads what the officer says in the covering report; nothing, where that is nothing but comments.
pub(super) fn read_covering(
    path: &Path,
    ledger: &Ledger,
    findings: &mut Findings,
) -> Option<String> {
    let text = read_text(path, ledger, findings)?;
    written(&text, path, ledger, findings)
}

/// What is left of a text without its comments, where anything is.
fn written(text: &str, path: &Path, ledger: &Ledger, findings: &mut Findings) -> Option<String> {
    let (kept, broken) = without_comments(text);
    findings.extend(broken.map(|broken| broken.finding(text, &ledger.file(path).name)));
    Some(kept).filter(|kept| !kept.trim().is_empty())
}

fn read_text(path: &Path, ledger: &Ledger, findings: &mut Findings) -> Option<String> {
    ledger.file(path).read_text("commentary in Markdown", findings)
}

/// The files and folders of commentary, by their paths in lower case: names match in capitals or
/// not, on every system alike.
struct FolderListing(HashMap<String, Vec<PathBuf>>);

impl FolderListing {
    fn of(folder: &Path, definition: &Definition, findings: &mut Findings) -> Self {
        // No deeper than the areas' folders are: links may lead round in circles.
        let depth = definition
            .area_ids()
            .filter_map(|area| Some(folder_of(definition, area)?.components().count()))
            .max();
        let mut listing: HashMap<_, Vec<_>> = HashMap::new();
        let mut folders = vec![folder.to_owned()];
        for _ in 0..=depth.unwrap_or(0) {
            for folder in std::mem::take(&mut folders) {
                for path in input::paths_in(&folder).unwrap_or_else(|error| {
                    findings.push(input::cannot_list(&folder, &error));
                    Vec::new()
                }) {
                    if path.is_dir() {
                        folders.push(path.clone());
                    }
                    listing.entry(lower(&path)).or_default().push(path);
                }
            }
        }
        Self(listing)
    }

    fn in_order(&self) -> Vec<&Path> {
        let mut paths: Vec<_> = self.0.values().flatten().map(PathBuf::as_path).collect();
        paths.sort();
        paths
    }

    /// The file about an indicator, where there is one; the one that is named exactly, where there
    /// are several.
    fn file(
        &self,
        folder: &Path,
        definition: &Definition,
        (area, indicator): (AreaId, IndicatorId),
    ) -> Option<&Path> {
        let wanted = folder
            .join(folder_of(definition, area)?)
            .join(format!("{}.md", definition.indicator(indicator).id));
        let there = self.0.get(&lower(&wanted))?;
        there.iter().find(|path| **path == wanted).or(there.first()).map(PathBuf::as_path)
    }
}

/// The indicators and areas that there may be commentary on, by what their files and folders are
/// called, in lower case.
struct Known {
    indicators: HashMap<String, IndicatorId>,
    areas: HashMap<PathBuf, AreaId>,
}

impl Known {
    fn of(definition: &Definition) -> Self {
        let indicators =
            definition.indicator_ids().map(|id| (definition.indicator(id).id.to_lowercase(), id));
        let areas =
            definition.area_ids().filter(|area| definition.area(*area).kind == AreaKind::Area);
        let areas = areas
            .filter_map(|area| Some((PathBuf::from(lower(folder_of(definition, area)?)), area)));
        Self { indicators: indicators.collect(), areas: areas.collect() }
    }

    /// What a file is about, by its name and its folder.
    fn subject(&self, folder: &Path, path: &Path) -> Option<(AreaId, IndicatorId)> {
        let area = self.areas.get(Path::new(&lower(path.strip_prefix(folder).ok()?.parent()?)))?;
        let name = lower(Path::new(path.file_name()?));
        Some((*area, *self.indicators.get(name.strip_suffix(".md")?)?))
    }

    /// Whether a folder is an area's, or on the way to one: an area with a / in its name is a
    /// folder in a folder.
    fn is_of_area(&self, folder: &Path) -> bool {
        let folder = PathBuf::from(lower(folder));
        self.areas.keys().any(|area| area.starts_with(&folder))
    }
}

/// The folder of an area's commentary within that of the month.
fn folder_of(definition: &Definition, area: AreaId) -> Option<&Path> {
    if area == definition.top {
        Some(Path::new(""))
    } else {
        contained(&definition.area(area).name)
    }
}

fn lower(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

/// The finding for a file or folder of commentary that is not read, where nothing else says so.
fn unread(
    path: &Path,
    folder: &Path,
    read: Option<&Path>,
    definition: &Definition,
    known: &Known,
) -> Option<Finding> {
    let within = path.strip_prefix(folder).ok()?;
    // What is in a folder that is nobody's has been said of the folder.
    if !known.is_of_area(within.parent()?) {
        return None;
    }
    let name = lower(Path::new(path.file_stem()?));
    let place = Place::of_path(path);
    let names = "commentary is commentary/<id>.md for the top area, and commentary/<area>/<id>.md \
        for others";
    let is_markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    // In lower case: `9.md` of `9.md.txt`, where endings of names are hidden.
    let without_ending = name.strip_suffix(".md").unwrap_or(&name);
    let (found, remedy) = if let Some(read) = read {
        let read = read.file_name().unwrap_or_default().to_string_lossy();
        (
            format!("the file is not read: {read} is, which is about the same"),
            "put what they say into one of them".to_owned(),
        )
    } else if path.is_dir() {
        if known.is_of_area(within) {
            return None;
        }
        let guess = did_you_mean(&name, definition.areas.iter().map(|area| area.name.as_str()));
        (
            "the folder is named after no area that has commentary of its own".to_owned(),
            format!("{guess}{names}"),
        )
    } else if !is_markdown && known.indicators.contains_key(without_ending) {
        (
            "the file is not read: its name does not end in .md".to_owned(),
            if without_ending == name {
                format!("save it as plain text; {names}")
            } else {
                format!("name it {name}: Windows hides endings, and adds .txt; {names}")
            },
        )
    } else if is_markdown {
        let guess = did_you_mean(
            &name,
            definition.indicators.iter().map(|indicator| indicator.id.as_str()),
        );
        ("the file is named after no indicator".to_owned(), format!("{guess}{names}"))
    } else {
        return None;
    };
    Some(Finding::new(Code::CommentaryUnknown, place, found, remedy))
}

/// The finding for a file or folder of a month that is like commentary, or the covering report's
/// text, and is not where that is read: `name` is its name in lower case.
pub(super) fn misplaced(path: &Path, name: &str, definition: &Definition) -> Option<Finding> {
    // What is commentary may be saved as text, or written in Word.
    let endings = [".md.txt", ".md", ".markdown", ".txt", ".docx", ".doc"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending));
    let is_markdown = name.strip_suffix(".md").is_some();
    let is_like_covering =
        |stem: &str| stem == "covering" || is_markdown && nearest(stem, ["covering"]).is_some();
    let is_indicator =
        |id: &str| definition.indicators.iter().any(|indicator| indicator.id.to_lowercase() == id);
    let (found, remedy) = if path.is_dir() {
        nearest(name, ["commentary"])?;
        ("the folder is not read: it is like commentary, and not named so", "name it commentary")
    } else if stem.is_some_and(is_like_covering) {
        (
            "the file is not read: the text of the covering report is covering.md",
            "save it as plain text with the name covering.md; Windows hides endings, and adds .txt",
        )
    } else if stem.is_some_and(is_indicator) {
        (
            "the file is not read: commentary is in the folder commentary",
            "move it there, as commentary/<id>.md",
        )
    } else {
        return None;
    };
    let place = Place::of_path(path);
    Some(Finding::new(Code::CommentaryUnknown, place, found, remedy))
}

const BEGINS: &str = "<!--";
const ENDS: &str = "-->";

/// Where a comment is broken, by the byte of its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Broken {
    /// It begins and never ends.
    NoEnd(usize),
    /// It ends and never began.
    NoBeginning(usize),
    /// Another begins before it ends.
    Another(usize),
}

impl Broken {
    fn finding(self, text: &str, file: &Arc<str>) -> Finding {
        let (at, found, remedy) = match self {
            Self::NoEnd(at) => (
                at,
                "the comment that begins here never ends: nothing from here on is printed",
                "write --> where it ends, above what is to be printed",
            ),
            Self::NoBeginning(at) => (
                at,
                "a comment ends here and never began: nothing above is printed",
                "write <!-- where it begins; if --> is meant as an arrow, say it in words",
            ),
            Self::Another(at) => (
                at,
                "another comment begins before the one that begins here ends: what is between \
                    them is not printed",
                "write --> where the first ends",
            ),
        };
        let line = text[..at].matches('\n').count() + 1;
        let place = Place::line(file, u32::try_from(line).unwrap_or(u32::MAX));
        Finding::new(Code::BrokenComment, place, found, remedy)
    }
}

/// A text without its comments, `<!-- ... -->`: they are for those who write it, and on no page.
/// Of one that is broken nobody knows how far it goes, so that as much is left out as it can be:
/// all that comes after its beginning, or all that comes before its end. With it, where the first
/// that is broken is.
fn without_comments(text: &str) -> (String, Option<Broken>) {
    let mut kept = String::with_capacity(text.len());
    let (mut at, mut broken) = (0, None);
    loop {
        let find = |mark, from: usize| text[from..].find(mark).map(|found| from + found);
        let ends = find(ENDS, at);
        let begins = find(BEGINS, at).filter(|begins| ends.is_none_or(|ends| *begins < ends));
        match (begins, ends) {
            (None, None) => return (kept + &text[at..], broken),
            (Some(begins), _) => {
                kept.push_str(&text[at..begins]);
                let within = begins + BEGINS.len();
                let Some(ends) = find(ENDS, within) else {
                    return (kept, broken.or(Some(Broken::NoEnd(begins))));
                };
                if text[within..ends].contains(BEGINS) {
                    broken = broken.or(Some(Broken::Another(begins)));
                }
                at = ends + ENDS.len();
            }
            (None, Some(ends)) => {
                kept.clear();
                broken = broken.or(Some(Broken::NoBeginning(ends)));
                at = ends + ENDS.len();
            }
        }
    }
}

/// A name as a path that cannot lead out of its folder.
fn contained(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::{Broken, without_comments};

    #[test]
    fn comments_are_on_no_page() {
        for (text, kept) in [
            ("", ""),
            ("<!-- to be written -->\n", "\n"),
            ("<!---->", ""),
            ("<!-- a -->\n\n<!-- b\nc -->", "\n\n"),
            (
                "<!-- It was red. -->\nTwo families were on holiday.",
                "\nTwo families were on holiday.",
            ),
            ("It fell. <!-- Did it? --> Again.", "It fell.  Again."),
            ("<b></b> -> - -", "<b></b> -> - -"),
        ] {
            assert_eq!(without_comments(text), (kept.to_owned(), None), "{text:?}");
        }
    }

    #[test]
    fn nothing_of_a_broken_comment_is_on_a_page() {
        for (text, kept, broken) in [
            ("It fell. <!-- secret", "It fell. ", Broken::NoEnd(9)),
            ("It fell. <!-->", "It fell. ", Broken::NoEnd(9)),
            ("It was red.\n-->\nIt fell.", "\nIt fell.", Broken::NoBeginning(12)),
            ("a <!-- b --> c --> d <!-- e", " d ", Broken::NoBeginning(15)),
            ("a <!-- b <!-- c --> d --> e", " e", Broken::Another(2)),
            ("a <!-- b\nIt fell.\n<!-- c --> d", "a  d", Broken::Another(2)),
        ] {
            assert_eq!(without_comments(text), (kept.to_owned(), Some(broken)), "{text:?}");
        }
    }
}

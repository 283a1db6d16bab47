//! `commentary/`: what the service says about an indicator, in Markdown.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use super::encoding;
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::Ledger;
use crate::text::did_you_mean;

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
}

/// What the file on an indicator says.
#[derive(Debug)]
enum Said {
    Text(String),
    /// It cannot be read, which has been reported.
    Unreadable,
}

impl Commentary {
    /// Reads the commentary of the month in `folder`: `<id>.md` for the top area, `<area>/<id>.md`
    /// for others. A file with nothing in it but comments says nothing. With `names`, files that
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
        let mut commentary = Self::default();
        let folder = &folder.join("commentary");
        if *plan == CommentaryPlan::None && !names || !folder.is_dir() {
            return commentary;
        }
        let known = Known::of(definition);
        let listing = FolderListing::of(folder, definition);
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
            match read_text(path, ledger, findings) {
                Some(text) => {
                    let text = without_comments(&text);
                    if !text.trim().is_empty() {
                        commentary.said.insert(subject, Said::Text(text));
                    }
                }
                None => _ = commentary.said.insert(subject, Said::Unreadable),
            }
        }
        commentary
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

fn read_text(path: &Path, ledger: &Ledger, findings: &mut Findings) -> Option<String> {
    let file = ledger.file(path);
    let bytes = file.read_bytes("commentary in Markdown", findings)?;
    let text = encoding::decode(bytes, &file.name, findings)?;
    if text.contains('\0') {
        findings.push(encoding::nul_byte(Place::file(&file.name)));
        return None;
    }
    Some(text)
}

/// The files and folders of commentary, by their paths in lower case: names match in capitals or
/// not, on every system alike.
struct FolderListing(HashMap<String, Vec<PathBuf>>);

impl FolderListing {
    fn of(folder: &Path, definition: &Definition) -> Self {
        // No deeper than the areas' folders are: links may lead round in circles.
        let depth = definition
            .area_ids()
            .filter_map(|area| Some(folder_of(definition, area)?.components().count()))
            .max();
        let mut listing: HashMap<_, Vec<_>> = HashMap::new();
        let mut folders = vec![folder.to_owned()];
        for _ in 0..=depth.unwrap_or(0) {
            for folder in std::mem::take(&mut folders) {
                let mut paths: Vec<_> = std::fs::read_dir(folder)
                    .into_iter()
                    .flatten()
                    .filter_map(|entry| Some(entry.ok()?.path()))
                    .collect();
                paths.sort();
                for path in paths {
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
    let place = Place::file(&path.display().to_string().into());
    let names = "commentary is commentary/<id>.md for the top area, and commentary/<area>/<id>.md for others";
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

/// A text without its comments, `<!-- ... -->`: they are for those who write it, and on no page.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

/// A name as a path that cannot lead out of its folder.
fn contained(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::without_comments;

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
            ("It fell. <!-- never closed", "It fell. <!-- never closed"),
            ("<b></b>", "<b></b>"),
        ] {
            assert_eq!(without_comments(text), kept, "{text:?}");
        }
    }
}

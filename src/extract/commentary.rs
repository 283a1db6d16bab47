//! `commentary/`: what the service says about an indicator, in Markdown.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::encoding;
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place};
use crate::input::Ledger;
use crate::text::did_you_mean;

/// The commentary of a month, read file by file when it is asked for.
#[derive(Debug, Default)]
pub struct Commentary {
    folder: PathBuf,
    ledger: Ledger,
    /// What there is, by its path in lower case: names match in capitals or not, on every system
    /// alike.
    listing: OnceLock<HashMap<String, Vec<PathBuf>>>,
}

impl Commentary {
    /// The commentary of the month in `folder`.
    pub(super) fn within(folder: &Path, ledger: &Ledger) -> Self {
        Self { folder: folder.join("commentary"), ledger: ledger.clone(), listing: OnceLock::new() }
    }

    /// What is said about an indicator: `<id>.md` for the top area, `<area>/<id>.md` for others. A
    /// file with nothing in it but comments says nothing.
    pub fn of(
        &self,
        definition: &Definition,
        area: AreaId,
        indicator: IndicatorId,
        findings: &mut Findings,
    ) -> Option<String> {
        let path = self.file(definition, area, indicator)?;
        let file = self.ledger.file(path);
        let text = encoding::decode(
            file.read_bytes("commentary in Markdown", findings)?,
            &file.name,
            findings,
        )?;
        if text.contains('\0') {
            findings.push(encoding::nul_byte(Place::file(&file.name)));
            return None;
        }
        (!is_blank(&text)).then_some(text)
    }

    /// Reads all of it, so that what cannot be read is found before somebody reports the area that
    /// it is about.
    pub fn read_every(&self, definition: &Definition, findings: &mut Findings) {
        let known = Known::of(definition);
        for path in self.listed(definition) {
            if let Some((area, indicator)) = known.subject(&self.folder, path)
                && self.file(definition, area, indicator) == Some(path)
            {
                self.of(definition, area, indicator, findings);
            }
        }
    }

    /// Finds files that belong to no indicator, and folders to no area: nobody would ever read
    /// them.
    pub fn check(&self, definition: &Definition, findings: &mut Findings) {
        let known = Known::of(definition);
        for path in self.listed(definition) {
            let subject = known.subject(&self.folder, path);
            let read = subject.and_then(|(area, indicator)| self.file(definition, area, indicator));
            if read != Some(path)
                && let Some(finding) = unread(path, &self.folder, read, definition, &known)
            {
                findings.push(finding);
            }
        }
    }

    /// The file about an indicator, where there is one; the one that is named exactly, where there
    /// are several.
    fn file(&self, definition: &Definition, area: AreaId, indicator: IndicatorId) -> Option<&Path> {
        let wanted = self
            .folder
            .join(folder_of(definition, area)?)
            .join(format!("{}.md", definition.indicator(indicator).id));
        let there = self.listing(definition).get(&lower(&wanted))?;
        there.iter().find(|path| **path == wanted).or(there.first()).map(PathBuf::as_path)
    }

    /// What there is, in order.
    fn listed(&self, definition: &Definition) -> Vec<&Path> {
        let mut listed: Vec<_> =
            self.listing(definition).values().flatten().map(PathBuf::as_path).collect();
        listed.sort();
        listed
    }

    fn listing(&self, definition: &Definition) -> &HashMap<String, Vec<PathBuf>> {
        self.listing.get_or_init(|| {
            // No deeper than the areas' folders are: links may lead round in circles.
            let depth = definition
                .area_ids()
                .filter_map(|area| Some(folder_of(definition, area)?.components().count()))
                .max();
            let mut listing: HashMap<_, Vec<_>> = HashMap::new();
            let mut folders = vec![self.folder.clone()];
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
            listing
        })
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
    } else if !is_markdown && known.indicators.contains_key(&name) {
        (
            "the file is not read: its name does not end in .md".to_owned(),
            format!("save it as plain text; {names}"),
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

/// Whether there is nothing in a text but blanks and comments of Markdown, `<!-- ... -->`.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some((_, after)) =
        rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->"))
    {
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// A name as a path that cannot lead out of its folder.
fn contained(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn comments_say_nothing() {
        for text in
            ["", " \n", "<!-- to be written -->\n", "<!---->", "<!-- a -->\n\n<!-- b\nc -->"]
        {
            assert!(is_blank(text), "{text:?}");
        }
        for text in [
            "The numbers are small.",
            "<!-- a --> It fell.",
            "It fell. <!-- a -->",
            "<!-- never closed",
            "<b></b>",
        ] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}

//! `commentary/`: what the service says about an indicator, in Markdown.

use std::path::{Component, Path, PathBuf};

use super::encoding;
use crate::definition::{AreaId, AreaKind, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place, did_you_mean};
use crate::input::Ledger;

/// The commentary of a month, read file by file when it is asked for.
#[derive(Debug, Default)]
pub struct Commentary {
    folder: PathBuf,
    ledger: Ledger,
}

impl Commentary {
    /// The commentary of the month in `folder`.
    pub(super) fn within(folder: &Path, ledger: &Ledger) -> Self {
        Self { folder: folder.join("commentary"), ledger: ledger.clone() }
    }

    /// What is said about an indicator: `<id>.md` for the top area, `<area>/<id>.md` for others. A file with nothing in
    /// it but comments says nothing.
    pub fn of(&self, definition: &Definition, area: AreaId, indicator: IndicatorId, findings: &mut Findings) -> Option<String> {
        let file = format!("{}.md", definition.indicator(indicator).id);
        let path = if area == definition.top {
            self.folder.join(file)
        } else {
            self.folder.join(contained(&definition.area(area).name)?).join(file)
        };
        if !path.try_exists().is_ok_and(|exists| exists) {
            return None;
        }
        let file = self.ledger.file(&path);
        let text = encoding::decode(file.read_bytes("commentary in Markdown", findings)?, &file.name, findings)?;
        (!is_blank(&text)).then_some(text)
    }

    /// Finds files that belong to no indicator, and folders to no area: nobody would ever read them.
    pub fn check(&self, definition: &Definition, findings: &mut Findings) {
        let areas: Vec<PathBuf> = definition
            .area_ids()
            .filter(|area| *area != definition.top && definition.area(*area).kind == AreaKind::Area)
            .filter_map(|area| Some(self.folder.join(contained(&definition.area(area).name)?)))
            .collect();
        for folder in std::iter::once(&self.folder).chain(&areas) {
            for path in listed(folder) {
                if let Some(finding) = unread(&path, definition, &areas) {
                    findings.push(finding);
                }
            }
        }
    }
}

/// What is in a folder, in order; nothing where there is no folder.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// The finding for a file or folder of commentary that is never read, where it is one.
fn unread(path: &Path, definition: &Definition, areas: &[PathBuf]) -> Option<Finding> {
    let name = path.file_stem()?.to_str()?;
    let (found, guess) = if path.is_dir() {
        // An area with a / in its name is a folder in a folder.
        if areas.iter().any(|area| area.starts_with(path)) {
            return None;
        }
        (
            "the folder is named after no area that has commentary of its own",
            did_you_mean(name, definition.areas.iter().map(|area| area.name.as_str())),
        )
    } else {
        let is_markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        if !is_markdown || definition.indicators.iter().any(|indicator| indicator.id == name) {
            return None;
        }
        ("the file is named after no indicator", did_you_mean(name, definition.indicators.iter().map(|indicator| indicator.id.as_str())))
    };
    let place = Place::file(&path.display().to_string().into());
    let remedy = format!("{guess}commentary is commentary/<id>.md for the top area, and commentary/<area>/<id>.md for others");
    Some(Finding::new(Code::CommentaryUnknown, place, found, remedy))
}

/// Whether there is nothing in a text but blanks and comments of Markdown, `<!-- ... -->`.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
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
        for text in ["", " \n", "<!-- to be written -->\n", "<!---->", "<!-- a -->\n\n<!-- b\nc -->"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["The numbers are small.", "<!-- a --> It fell.", "It fell. <!-- a -->", "<!-- never closed", "<b></b>"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}

//! `commentary/`: what the service says about an indicator, in Markdown.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::definition::{AreaId, Definition, IndicatorId};
use crate::diagnostic::{Code, Finding, Findings, Place, did_you_mean};
use crate::input;

/// The commentary of a month, read file by file when it is asked for.
#[derive(Debug, Default)]
pub struct Commentary {
    folder: PathBuf,
}

impl Commentary {
    /// The commentary of the month in `folder`.
    pub(super) fn within(folder: &Path) -> Self {
        Self { folder: folder.join("commentary") }
    }

    /// What is said about an indicator: `<id>.md` for the top area, `<area>/<id>.md` for others.
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
        let name: Arc<str> = path.display().to_string().into();
        input::read_text(&path, &name, "commentary in Markdown", findings)
    }

    /// Finds files that belong to no indicator, or to no area: nobody would ever read them.
    pub fn check(&self, definition: &Definition, findings: &mut Findings) {
        self.check_folder(&self.folder, definition, findings);
        for area in definition.areas.iter().filter(|area| contained(&area.name).is_some()) {
            self.check_folder(&self.folder.join(&area.name), definition, findings);
        }
    }

    fn check_folder(&self, folder: &Path, definition: &Definition, findings: &mut Findings) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let is_of_an_area = |path: &Path| definition.areas.iter().any(|area| self.folder.join(&area.name).starts_with(path));
            let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
            let (found, guess) = if path.is_dir() {
                if is_of_an_area(&path) {
                    continue;
                }
                ("the folder is named after no area", did_you_mean(stem, definition.areas.iter().map(|area| area.name.as_str())))
            } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")) {
                if definition.indicators.iter().any(|indicator| indicator.id == stem) {
                    continue;
                }
                (
                    "the file is named after no indicator",
                    did_you_mean(stem, definition.indicators.iter().map(|indicator| indicator.id.as_str())),
                )
            } else {
                continue;
            };
            let place = Place::file(&path.display().to_string().into());
            let remedy = format!("{guess}commentary is commentary/<id>.md, or commentary/<area>/<id>.md");
            findings.push(Finding::new(Code::CommentaryUnknown, place, found, remedy));
        }
    }
}

/// A name as a path that cannot lead out of its folder.
fn contained(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    path.components().all(|component| matches!(component, Component::Normal(_))).then_some(path)
}

//! What no command writes over: definitions, months and the record, by whatever name they are
//! reached.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::cli::{FileOptions, ProjectOptions};
use crate::extract;
use crate::input::files_within;
use crate::month::Month;
use crate::record;

/// Where the files of a project are.
struct Kept {
    definitions: PathBuf,
    data: PathBuf,
    published: PathBuf,
}

impl Kept {
    fn of(definitions: &Path, data: &Path) -> Self {
        Self {
            definitions: resolved(definitions),
            data: resolved(data),
            published: resolved(&definitions.with_file_name(record::FOLDER)),
        }
    }

    /// The project in a folder, where there is one.
    fn in_folder(folder: &Path) -> Option<Self> {
        let definitions = folder.join("indicators.toml");
        definitions.is_file().then(|| Self::of(&definitions, &folder.join("data")))
    }

    /// Whether the data folder is read at this place, there or not: a new file there would be read
    /// the next time.
    fn reads(&self, target: &Path) -> bool {
        let project = self.definitions.parent().unwrap_or(Path::new(""));
        if !project.starts_with(&self.data) {
            return is_within(target, &self.data);
        }
        // Where the months stand beside the definitions, other files stand there too.
        let Ok(within) = target.strip_prefix(&self.data) else {
            return has_other_name_for(target, &self.data);
        };
        let first = within.components().next().map(|first| first.as_os_str().to_string_lossy());
        let is_read = |name: &str| {
            name.parse::<Month>().is_ok()
                || extract::is_extract(name)
                || extract::is_of_benchmarks(name)
        };
        first.is_none_or(|first| is_read(&first)) || is_linked(target, &self.data)
    }
}

/// Refuses to write over what the report is made from.
pub(super) fn keep_inputs_safe(project: &ProjectOptions, file: &FileOptions) -> Result<()> {
    // A folder is refused when it is opened.
    match file.path().filter(|output| !output.is_dir()) {
        Some(output) => keep_inputs_safe_from(project, output, "--output"),
        None => Ok(()),
    }
}

/// Refuses to write to `output`, as the option `named` says, over what the report is made from.
pub(super) fn keep_inputs_safe_from(
    project: &ProjectOptions,
    output: &Path,
    named: &str,
) -> Result<()> {
    keep_project_safe_from(&project.definitions, &project.data(), output, named)
}

/// The same, for a project that is named by its definitions and its data folder.
pub(super) fn keep_project_safe_from(
    definitions: &Path,
    data: &Path,
    output: &Path,
    named: &str,
) -> Result<()> {
    keep_safe(&[Kept::of(definitions, data)], output, named)
}

/// Refuses a record that leads into the folder of a month.
pub(super) fn keep_months_safe(data: &Path, publication: &Path) -> Result<()> {
    let (data, target) = (resolved(data), resolved(publication));
    let within = target.strip_prefix(&data).ok();
    let first = within.and_then(|within| within.components().next());
    if first.is_some_and(|first| first.as_os_str().to_string_lossy().parse::<Month>().is_ok()) {
        bail!(
            "{} leads into the folder of a month: the record is to stand beside the definitions",
            publication.display()
        );
    }
    Ok(())
}

/// Refuses to write over any project, for commands that read none.
pub(super) fn keep_projects_safe(file: &FileOptions) -> Result<()> {
    match file.path().filter(|output| !output.is_dir()) {
        Some(output) => keep_projects_safe_from(output, "--output"),
        None => Ok(()),
    }
}

/// The same, for what an option or argument `named` says.
pub(super) fn keep_projects_safe_from(output: &Path, named: &str) -> Result<()> {
    // The project in this folder may have links to what is written to.
    let here: Vec<_> = Kept::in_folder(Path::new("")).into_iter().collect();
    keep_safe(&here, output, named)
}

/// Refuses to write to `output` over any of these projects, or over one that it stands in.
fn keep_safe(projects: &[Kept], output: &Path, named: &str) -> Result<()> {
    let target = resolved(output);
    let around: Vec<_> = target.ancestors().skip(1).filter_map(Kept::in_folder).collect();
    for project in projects.iter().chain(&around) {
        if is_within(&target, &project.published) {
            bail!(
                "{} is in the record of what was published, which is not to be changed: name \
                    another {named}",
                output.display()
            );
        }
        if is_within(&target, &project.definitions) || project.reads(&target) {
            bail!("{} is where the report is made from: name another {named}", output.display());
        }
    }
    Ok(())
}

/// Whether a path is `kept` or within it, by any of their names.
fn is_within(target: &Path, kept: &Path) -> bool {
    target.starts_with(kept) || has_other_name_for(target, kept) || is_linked(target, kept)
}

/// Whether a path leads through `kept` by another name of it, as in capitals on some systems.
fn has_other_name_for(target: &Path, kept: &Path) -> bool {
    let Some(kept) = identity(kept) else { return false };
    target.ancestors().any(|folder| identity(folder) == Some(kept))
}

/// Whether a file is one of those in `kept` by another name, which systems call a hard link.
fn is_linked(target: &Path, kept: &Path) -> bool {
    let Some(file) = identity(target).filter(|_| has_other_names(target)) else { return false };
    let files = files_within(kept).unwrap_or_default();
    files.iter().any(|path| identity(&kept.join(path)) == Some(file))
}

/// What tells a file or folder from all others, on systems that say.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<(u64, u64)> {
    // A path that has been resolved is spelt as the folder has it.
    let _ = fs::metadata(path);
    None
}

#[cfg(unix)]
fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.nlink() > 1)
}

#[cfg(not(unix))]
fn has_other_names(_: &Path) -> bool {
    false
}

/// A path with every link in it followed and every `..` taken, of what is there and of what is not.
fn resolved(path: &Path) -> PathBuf {
    follow(path, MOST_LINKS)
}

/// As many links one after another as systems follow.
const MOST_LINKS: usize = 40;

fn follow(path: &Path, links: usize) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let parent = |path: &Path| match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => follow(parent, links),
        _ => Path::new(".").canonicalize().unwrap_or_default(),
    };
    let folder = parent(path);
    // A link to what is not there leads to where it would be.
    if let (Some(left), Ok(link)) = (links.checked_sub(1), fs::read_link(path)) {
        return follow(&folder.join(link), left);
    }
    match path.file_name() {
        Some(name) => folder.join(name),
        // `..` of what is not there.
        None => folder.parent().map(Path::to_owned).unwrap_or(folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_resolved_whether_or_not_it_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("there");
        fs::create_dir_all(root.join("data/2016-01")).expect("made");
        for (path, leads_to) in [
            ("data", "data"),
            ("data/../data/2016-01", "data/2016-01"),
            ("data/none/deeper.csv", "data/none/deeper.csv"),
            ("none/../data/x.csv", "data/x.csv"),
            ("none/deeper/../../data/x.csv", "data/x.csv"),
            ("./data/./x", "data/x"),
        ] {
            assert_eq!(resolved(&root.join(path)), root.join(leads_to), "{path}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink("data/new.csv", root.join("link")).expect("a link");
            symlink("link", root.join("link to link")).expect("a link");
            symlink("round", root.join("round")).expect("a link");
            assert_eq!(resolved(&root.join("link to link")), root.join("data/new.csv"));
            assert!(resolved(&root.join("round")).starts_with(&root));
        }
    }
}

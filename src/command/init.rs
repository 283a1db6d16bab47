//! `scorecard init DIR`: start a project that runs at once, for a fictional council.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;

use super::safe::keep_projects_safe_from;
use crate::output::write_folder;
use crate::stderr::say;

/// Every file of the folder `template`, by its path within the project.
pub const TEMPLATE: &[(&str, &str)] = &[
    ("README.md", include_str!("../../template/README.md")),
    ("data/2026-03/month.toml", include_str!("../../template/data/2026-03/month.toml")),
    ("data/2026-03/results-uasc.csv", include_str!("../../template/data/2026-03/results-uasc.csv")),
    ("data/2026-03/results.csv", include_str!("../../template/data/2026-03/results.csv")),
    ("data/2026-08/activity.csv", include_str!("../../template/data/2026-08/activity.csv")),
    ("data/2026-08/month.toml", include_str!("../../template/data/2026-08/month.toml")),
    ("data/2026-08/results-uasc.csv", include_str!("../../template/data/2026-08/results-uasc.csv")),
    ("data/2026-08/results.csv", include_str!("../../template/data/2026-08/results.csv")),
    ("data/2026-09/activity.csv", include_str!("../../template/data/2026-09/activity.csv")),
    ("data/2026-09/month.toml", include_str!("../../template/data/2026-09/month.toml")),
    ("data/2026-09/results-uasc.csv", include_str!("../../template/data/2026-09/results-uasc.csv")),
    ("data/2026-09/results.csv", include_str!("../../template/data/2026-09/results.csv")),
    ("data/2026-10/activity.csv", include_str!("../../template/data/2026-10/activity.csv")),
    ("data/2026-10/commentary/5.md", include_str!("../../template/data/2026-10/commentary/5.md")),
    ("data/2026-10/commentary/7.md", include_str!("../../template/data/2026-10/commentary/7.md")),
    (
        "data/2026-10/commentary/Harbour/4.md",
        include_str!("../../template/data/2026-10/commentary/Harbour/4.md"),
    ),
    (
        "data/2026-10/commentary/Harbour/5.md",
        include_str!("../../template/data/2026-10/commentary/Harbour/5.md"),
    ),
    ("data/2026-10/month.toml", include_str!("../../template/data/2026-10/month.toml")),
    ("data/2026-10/results-uasc.csv", include_str!("../../template/data/2026-10/results-uasc.csv")),
    ("data/2026-10/results.csv", include_str!("../../template/data/2026-10/results.csv")),
    ("data/benchmarks.csv", include_str!("../../template/data/benchmarks.csv")),
    ("indicators.toml", include_str!("../../template/indicators.toml")),
];

/// The options of `init`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard init my-council")]
pub struct InitOptions {
    /// The folder to make
    dir: PathBuf,
}

/// Makes the project, all of it or nothing.
pub(super) fn run(options: &InitOptions) -> Result<ExitCode> {
    let dir = options.dir.as_path();
    let is_empty = |dir: &Path| fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
    if dir.try_exists().unwrap_or(true) && !is_empty(dir) {
        bail!(
            "{} is there already: name a folder that is not there yet, or an empty one",
            dir.display()
        );
    }
    keep_projects_safe_from(dir, "folder")?;
    write_folder(dir, TEMPLATE.iter().map(|(path, text)| (*path, text.as_bytes())))?;
    say(&format!(
        "Made {0}. Go there (cd \"{0}\") and run: scorecard\nThen read its README.md and make it \
            yours.",
        dir.display()
    ));
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A file that is put into the template and not into the list would never reach anybody.
    #[test]
    fn the_list_is_the_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("template");
        let mut folders = vec![root.clone()];
        let mut found = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(
                        path.strip_prefix(&root)
                            .expect("within")
                            .to_str()
                            .expect("a name")
                            .to_owned(),
                    );
                }
            }
        }
        assert_eq!(
            TEMPLATE.iter().map(|(path, _)| (*path).to_owned()).collect::<BTreeSet<_>>(),
            found
        );
    }
}

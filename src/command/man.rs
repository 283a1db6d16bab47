//! `scorecard man`: the manual pages.

use std::io::{self, Write};
use std::iter;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use super::outputs::finish;
use super::safe::{keep_projects_safe, keep_projects_safe_from};
use crate::cli::FileOptions;
use crate::output::Files;
use crate::stderr::say;

/// The options of `man`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  scorecard man | man -l -               read them
  scorecard man ~/.local/share/man/man1  install them: man scorecard-publish")]
pub struct ManOptions {
    /// A folder for them, a file for each command; without it they are printed, one after the other
    #[arg(conflicts_with = "output")]
    dir: Option<PathBuf>,

    #[command(flatten)]
    file: FileOptions,
}

pub(super) fn run(options: &ManOptions) -> Result<ExitCode> {
    let pages = pages().context("cannot make the manual pages")?;
    if let Some(dir) = &options.dir {
        keep_projects_safe_from(dir, "folder")?;
        for (name, _) in &pages {
            keep_projects_safe_from(&dir.join(name), "folder")?;
        }
        let (mut files, count) = (Files::default(), pages.len());
        for (name, page) in pages {
            files.write(&dir.join(name), &page)?;
        }
        files.replace()?;
        say(&format!("wrote {count} pages into {}", dir.display()));
    } else {
        keep_projects_safe(&options.file)?;
        let mut output = options.file.open()?;
        for (_, page) in pages {
            output.write_all(&page)?;
        }
        finish(output)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The page of the program and of each command, with the name of its file.
fn pages() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    iter::once(&root)
        .chain(root.get_subcommands())
        .map(|command| {
            let version = concat!("scorecard ", env!("CARGO_PKG_VERSION"));
            let man = Man::new(command.clone()).source(version);
            let mut page = Vec::new();
            man.render(&mut page)?;
            page.push(b'\n');
            Ok((man.get_filename(), page))
        })
        .collect()
}

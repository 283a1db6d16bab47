//! The folder of a committee pack: whole or not at all.
//!
//! A pack that is there is replaced only when the new one is complete, and only when nothing would
//! be lost: every file in it is as it was written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::input::{Digest, Input, SourceInput, files_within};
use crate::month::Month;
use crate::output::replace_folder;
use crate::record::results::{ListedFile, Program, SourceFile};
use crate::text::{and, plural};

/// The file that says what a pack is of and what is in it.
pub const MANIFEST: &str = "manifest.json";
/// The files of a pack, by their paths within it with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a pack is of and what is in it.
#[derive(Debug, Deserialize, Serialize)]
struct PackManifest {
    program: Program,
    /// The report month.
    month: String,
    /// The title that the papers carry.
    title: String,
    /// The product that it shows; nothing for the whole scorecard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    /// The edition, where that is the public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// The areas that it is for.
    areas: Vec<String>,
    /// The files that it was made from.
    inputs: Vec<ListedFile>,
    /// The files of sources that some of those were made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceFile>,
    /// The files that are in it, but for this one.
    outputs: Vec<ListedFile>,
}

/// What a pack is of.
pub struct PackOf<'p> {
    /// The report month.
    pub month: Month,
    /// The title that the papers carry.
    pub title: &'p str,
    /// The product that it shows, if it is not the whole scorecard.
    pub product: Option<&'p str>,
    /// The edition, where that is the public one.
    pub edition: Option<&'p str>,
    /// The areas that it is for.
    pub areas: Vec<String>,
    /// The files of sources that it was made from.
    pub sources: Vec<SourceInput>,
}

/// Writes the manifest of these files.
///
/// # Errors
///
/// None that a pack can have: memory can be written.
pub fn manifest(about: PackOf<'_>, inputs: &[Input], files: &Files) -> serde_json::Result<Vec<u8>> {
    let inputs = inputs.iter().map(|input| ListedFile::new(&input.path, input.digest)).collect();
    let outputs =
        files.iter().map(|(path, bytes)| ListedFile::new(path, Digest::of(bytes))).collect();
    let manifest = PackManifest {
        program: Program::this(),
        month: about.month.to_string(),
        title: about.title.to_owned(),
        product: about.product.map(str::to_owned),
        edition: about.edition.map(str::to_owned),
        areas: about.areas,
        inputs,
        sources: about.sources.into_iter().map(SourceFile::from).collect(),
        outputs,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Refuses to replace anything but a pack of which every file is as it was written.
///
/// # Errors
///
/// What is in the way.
pub fn may_replace(target: &Path) -> Result<()> {
    let name = target.display();
    match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
        Ok(found) if !found.is_dir() => bail!("{name} is a file: name a folder for the pack"),
        Ok(_) => {}
    }
    let cannot = || format!("cannot read {name}");
    let found = files_within(target).with_context(cannot)?;
    if found.is_empty() {
        return Ok(());
    }
    let known = fs::read(target.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<PackManifest>(&bytes).ok());
    let Some(known) = known.filter(|manifest| manifest.program.is_this()) else {
        bail!(
            "{name} is there already and is not a pack: name a folder that is not there yet, or \
                an empty one"
        );
    };
    // Nothing can be replaced while another program has it open.
    if let Some(lock) = found.iter().find_map(|path| Lock::of(path)) {
        let document = lock.document(&known.outputs);
        let Lock { path, program, .. } = lock;
        bail!("{document} in {name} is open in {program}, as {path} says: close it there");
    }
    let (mut foreign, mut changed) = (Vec::new(), Vec::new());
    for path in found.iter().map(String::as_str).filter(|path| *path != MANIFEST) {
        match known.outputs.iter().find(|entry| entry.path == path) {
            None => foreign.push(path),
            Some(entry) => {
                let bytes = fs::read(target.join(path)).with_context(cannot)?;
                if Digest::of(&bytes).to_string() != entry.sha256 {
                    changed.push(path);
                }
            }
        }
    }
    if !foreign.is_empty() {
        let (are, them) = (plural(foreign.len(), "is", "are"), plural(foreign.len(), "it", "them"));
        let foreign = and(&foreign);
        bail!(
            "{name} holds {foreign}, which {are} not of the pack and would be lost: move {them} \
                elsewhere"
        );
    }
    if !changed.is_empty() {
        let (have, them) =
            (plural(changed.len(), "has", "have"), plural(changed.len(), "it", "them"));
        let is_word =
            |path: &&str| Path::new(path).extension().is_some_and(|ending| ending == "docx");
        let is_document = changed.iter().any(is_word);
        let hint = if is_document { written_once(&known.month) } else { String::new() };
        let changed = and(&changed);
        bail!(
            "{changed} in {name} {have} been changed since the pack was written and would be \
                lost: move {them} elsewhere{hint}"
        );
    }
    Ok(())
}

/// Where what is written into Word by hand is kept from pack to pack.
fn written_once(month: &str) -> String {
    format!(
        ". What is to stand in the covering report beside what is counted can be written once: \
            into covering.md in the folder of {month}, which every pack of that month prints"
    )
}

/// The file that a program leaves beside a document for as long as it is open there.
struct Lock<'p> {
    path: &'p str,
    program: &'static str,
    /// The end of the document's name: Word leaves out the first two letters of long ones.
    ends_with: &'p str,
}

impl<'p> Lock<'p> {
    fn of(path: &'p str) -> Option<Self> {
        let name = path.rsplit('/').next()?;
        let in_libre_office = |name: &'p str| name.strip_prefix(".~lock.")?.strip_suffix('#');
        if let Some(ends_with) = in_libre_office(name) {
            return Some(Self { path, program: "LibreOffice", ends_with });
        }
        let ends_with = name.strip_prefix("~$")?;
        let ending = ends_with.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let program = match ending.as_str() {
            "docx" | "doc" | "docm" | "dotx" | "rtf" | "htm" | "html" | "txt" => "Word",
            "xlsx" | "xls" | "xlsm" | "xlsb" | "xltx" | "csv" => "Excel",
            _ => "another program",
        };
        Some(Self { path, program, ends_with })
    }

    /// The document of the pack that is open, or as much of its name as is known.
    fn document(&self, outputs: &[ListedFile]) -> String {
        let is_it = |entry: &&ListedFile| entry.path.ends_with(self.ends_with);
        outputs.iter().find(is_it).map_or(self.ends_with, |entry| &entry.path).to_owned()
    }
}

/// Writes the pack, and replaces the one that is there.
///
/// # Errors
///
/// When it cannot be written, or what is there may not be replaced: then what is there is as it
/// was.
pub fn write(target: &Path, files: &Files) -> Result<()> {
    may_replace(target)?;
    replace_folder(target, files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Files {
        let mut files = Files::from([("csv/a.csv".to_owned(), text.as_bytes().to_vec())]);
        let month = "2016-01".parse().expect("a month");
        let about = PackOf {
            month,
            title: "T",
            product: None,
            edition: None,
            areas: vec!["Kent".to_owned()],
            sources: Vec::new(),
        };
        let manifest = manifest(about, &[], &files).expect("memory can be written");
        files.insert(MANIFEST.to_owned(), manifest);
        files
    }

    fn refused(target: &Path) -> String {
        write(target, &files("new")).expect_err("refused").to_string()
    }

    #[test]
    fn a_pack_is_replaced_by_a_pack_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("pack");
        write(&target, &files("old")).expect("written");
        write(&target, &files("new")).expect("replaced");
        assert_eq!(fs::read(target.join("csv/a.csv")).expect("there"), b"new");
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "nothing else is left behind"
        );

        fs::write(target.join(".DS_Store"), "").expect("written");
        write(&target, &files("newer")).expect("what systems leave is in nobody's way");
        fs::write(target.join("minutes.docx"), "").expect("written");
        assert!(refused(&target).contains("minutes.docx, which is not of the pack"));
        fs::remove_file(target.join("minutes.docx")).expect("removed");
        fs::write(target.join("csv/a.csv"), "as the officer wants it").expect("written");
        assert!(
            refused(&target).contains("csv/a.csv in")
                && refused(&target).contains("has been changed")
        );
        assert_eq!(fs::read(target.join("csv/a.csv")).expect("there"), b"as the officer wants it");
        for (lock, said) in [
            ("~$sheet.xlsx", "sheet.xlsx in "),
            (".~lock.a.csv#", "csv/a.csv in "),
            ("~$ck.docx", "is open in Word, as ~$ck.docx says: close it there"),
            ("csv/~$a.csv", "is open in Excel, as csv/~$a.csv says: close it there"),
        ] {
            fs::write(target.join(lock), "").expect("written");
            assert!(refused(&target).contains(said), "{}", refused(&target));
            fs::remove_file(target.join(lock)).expect("removed");
        }
        fs::remove_file(target.join(MANIFEST)).expect("removed");
        assert!(refused(&target).contains("is not a pack"));
        assert!(refused(&target.join("csv/a.csv")).contains("is a file"));
    }

    #[test]
    fn an_empty_folder_will_do() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), &files("new")).expect("written");
        assert!(folder.path().join(MANIFEST).is_file());
    }
}

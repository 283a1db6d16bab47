//! The folder of a site: which addresses its pages have, and how they get there.
//!
//! A page appears whole or not at all, and none is ever removed: who has linked to it finds it. The
//! folder says in `site.json` whose it is, so that nothing else is written over.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::definition::Edition;
use crate::input::{Digest, files_within};
use crate::month::Month;
use crate::output;
use crate::record::{self, results::Program};
use crate::text::{and, hyphenated, plural};

/// The file that says whose folder it is and which pages are in it.
pub const MANIFEST: &str = "site.json";
/// The first page.
pub const INDEX: &str = "index.html";
/// The folder of the pages of indicators.
const INDICATORS: &str = "indicators";

/// The pages of a site, by their addresses within it.
pub type Pages = BTreeMap<String, Vec<u8>>;

/// Whose folder it is, and which pages are in it.
#[derive(Debug, Deserialize, Serialize)]
struct SiteManifest {
    program: Program,
    /// The edition, where that is the public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// The addresses of all pages that have been written, and of those that are no longer made.
    pages: BTreeSet<String>,
}

/// A folder that a site may be written to.
#[derive(Debug)]
pub struct Site<'d> {
    folder: &'d Path,
    edition: Edition,
    /// The addresses of the pages that are there.
    known: BTreeSet<String>,
}

/// What has come of writing a site.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// How many pages it has that were made.
    pub pages: usize,
    /// How many of them are new or changed.
    pub changed: usize,
    /// How many earlier pages are still there, and were not made again.
    pub kept: usize,
}

impl<'d> Site<'d> {
    /// The folder, which is not there yet, is empty, or has a site of the same edition.
    ///
    /// # Errors
    ///
    /// What is in the way.
    pub fn open(folder: &'d Path, edition: Edition) -> Result<Self> {
        let name = folder.display();
        let known = match fs::metadata(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
            Ok(found) if !found.is_dir() => bail!("{name} is a file: name a folder for the site"),
            Ok(_) => known_pages(folder, edition)?,
        };
        Ok(Self { folder, edition, known })
    }

    /// Whether a page has been written before.
    #[must_use]
    pub fn has(&self, address: &str) -> bool {
        self.known.contains(address) && self.folder.join(address).is_file()
    }

    /// Writes these pages: the first page last, so that it leads nowhere that is not there.
    ///
    /// # Errors
    ///
    /// If one of them cannot be written, or something else is in its place: the site is then as it
    /// was. If a page that is written cannot replace the one that is there, those before it have.
    pub fn write(&self, pages: &Pages) -> Result<Written> {
        let is_foreign = |address: &&String| {
            !self.known.contains(*address) && self.folder.join(address).exists()
        };
        let foreign: Vec<_> = pages.keys().filter(is_foreign).map(String::as_str).collect();
        if !foreign.is_empty() {
            let (are, them) =
                (plural(foreign.len(), "is", "are"), plural(foreign.len(), "it", "them"));
            bail!(
                "{} holds {}, which {are} not of the site and would be lost: move {them} elsewhere",
                self.folder.display(),
                and(&foreign)
            );
        }
        let manifest = SiteManifest {
            program: Program::this(),
            edition: edition_name(self.edition),
            pages: self.known.iter().chain(pages.keys()).cloned().collect(),
        };
        let mut text = serde_json::to_vec_pretty(&manifest)?;
        text.push(b'\n');
        let is_new = |address: &str, bytes: &[u8]| {
            !fs::read(self.folder.join(address)).is_ok_and(|there| there == bytes)
        };
        let (first, others): (Vec<_>, Vec<_>) = pages
            .iter()
            .filter(|(address, bytes)| is_new(address, bytes))
            .partition(|(address, _)| *address == INDEX);
        let changed = first.len() + others.len();
        let mut files = output::Files::default();
        // A folder with pages and without this would be taken for somebody else's.
        if is_new(MANIFEST, &text) {
            files.write(&self.folder.join(MANIFEST), &text)?;
        }
        for (address, bytes) in others.into_iter().chain(first) {
            files.write(&self.folder.join(address), bytes)?;
        }
        files.replace()?;
        let kept = self.known.iter().filter(|address| !pages.contains_key(*address)).count();
        Ok(Written { pages: pages.len(), changed, kept })
    }
}

fn edition_name(edition: Edition) -> Option<String> {
    (edition == Edition::Public).then(|| record::PUBLIC.to_owned())
}

/// The pages of the site in a folder; none, where the folder is empty.
fn known_pages(folder: &Path, edition: Edition) -> Result<BTreeSet<String>> {
    let name = folder.display();
    let manifest = match fs::read(folder.join(MANIFEST)) {
        Ok(bytes) => serde_json::from_slice::<SiteManifest>(&bytes).ok(),
        Err(_) => None,
    };
    let Some(manifest) = manifest.filter(|manifest| manifest.program.is_this()) else {
        let there = files_within(folder).with_context(|| format!("cannot read {name}"))?;
        if there.is_empty() {
            return Ok(BTreeSet::new());
        }
        bail!(
            "{name} is there already and is not a site: name a folder that is not there yet, or an \
             empty one"
        );
    };
    if manifest.edition != edition_name(edition) {
        let [has, wanted] = match edition {
            Edition::Public => ["directors'", "public"],
            Edition::Directors => ["public", "directors'"],
        };
        bail!(
            "{name} is the site of the {has} edition, whose pages stay in it: name another folder \
             for the {wanted} edition"
        );
    }
    Ok(manifest.pages)
}

/// The address of the page of a month, or of a product in that month.
#[must_use]
pub fn month_address(month: Month, product: Option<&str>) -> String {
    match product {
        None => format!("{month}/{INDEX}"),
        Some(product) => format!("{month}/{}.html", file_name(product)),
    }
}

/// The addresses of the pages of indicators.
#[derive(Debug, Default)]
pub struct IndicatorAddresses {
    by_id: HashMap<String, String>,
    /// The addresses in lower case: on many computers capitals do not tell files apart.
    taken: BTreeSet<String>,
}

impl IndicatorAddresses {
    /// The address of an indicator. One that differs from an earlier one only in capitals has the
    /// digest of its id in it, so that the earlier one's stays.
    pub fn of(&mut self, id: &str) -> String {
        if let Some(known) = self.by_id.get(id) {
            return known.clone();
        }
        let mut name = file_name(id);
        if !self.taken.insert(name.to_lowercase()) {
            name = with_digest(&name, id);
            self.taken.insert(name.clone());
        }
        let address = format!("{INDICATORS}/{name}.html");
        self.by_id.insert(id.to_owned(), address.clone());
        address
    }
}

/// The most letters of an id in the name of a file.
const LONGEST: usize = 60;

/// An id as the name of a file on every system: itself where it is one, else as much of it as can
/// be, with its digest.
fn file_name(id: &str) -> String {
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let starts_well = id.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_safe = starts_well
        && id.chars().all(is_plain)
        && !id.ends_with('.')
        && !id.contains("__")
        && id.len() <= LONGEST
        && !is_reserved(id);
    if is_safe { id.to_owned() } else { with_digest(id, id) }
}

/// Names that mean a device on Windows, whatever follows the first full stop, and the first page.
fn is_reserved(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or_default().to_lowercase();
    let is_numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    };
    ["con", "prn", "aux", "nul", "index"].contains(&stem.as_str())
        || is_numbered("com")
        || is_numbered("lpt")
}

/// The letters and digits of a name, and after two underscores, which no other name has, the digest
/// of its id.
fn with_digest(name: &str, id: &str) -> String {
    let start: String = name.chars().take(LONGEST).collect();
    let words = match hyphenated(&start) {
        words if words.is_empty() => "id".to_owned(),
        words => words,
    };
    let digest = Digest::of(id.as_bytes()).to_string();
    format!("{words}__{}", &digest[..12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_name_of_a_file_on_every_system() {
        for id in ["9", "ASC01", "9.1", "N_1", "a-b"] {
            assert_eq!(IndicatorAddresses::default().of(id), format!("indicators/{id}.html"));
        }
        let mut seen = BTreeSet::new();
        let mut addresses = IndicatorAddresses::default();
        for id in [
            "../../x",
            "..",
            ".",
            "",
            " 9",
            "9 ",
            "9.",
            "9?",
            "9*",
            "con",
            "CON",
            "nul.x",
            "Com1",
            "index",
            "a__b",
            "é",
            "日本",
            "a/b",
            "a\\b",
            "C:x",
            "-9",
            &"9".repeat(300),
            "9",
            "a\u{0}b",
        ] {
            let address = addresses.of(id);
            let name = address.strip_prefix("indicators/").expect(id);
            let name = name.strip_suffix(".html").expect(id);
            assert!(name.len() < 80 && !name.starts_with(['.', '-']), "{id:?}: {name}");
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
            assert!(name.chars().all(is_plain) && !name.ends_with('.'), "{id:?}: {name}");
            assert!(!is_reserved(name), "{id:?}: {name}");
            assert!(seen.insert(address.to_lowercase()), "{id:?}: {address} is another's");
            assert_eq!(addresses.of(id), address, "it stays");
        }
    }

    #[test]
    fn capitals_do_not_tell_files_apart_and_the_first_address_stays() {
        let mut addresses = IndicatorAddresses::default();
        assert_eq!(addresses.of("n9"), "indicators/n9.html");
        let other = addresses.of("N9");
        assert!(other.starts_with("indicators/n9__"), "{other}");
        assert_eq!(addresses.of("n9"), "indicators/n9.html");
    }

    /// The example of `docs/site.md`.
    #[test]
    fn an_id_that_is_no_name_of_a_file_has_its_digest() {
        let address = IndicatorAddresses::default().of("9?a");
        assert_eq!(address, "indicators/9-a__b630bd1eeb09.html");
    }

    #[test]
    fn a_page_of_a_product_is_beside_that_of_the_month() {
        let month = "2016-01".parse().expect("a month");
        assert_eq!(month_address(month, None), "2016-01/index.html");
        assert_eq!(month_address(month, Some("qpr")), "2016-01/qpr.html");
        assert!(month_address(month, Some("Index")).starts_with("2016-01/index__"));
    }

    fn pages(names: &[&str]) -> Pages {
        names.iter().map(|name| ((*name).to_owned(), name.as_bytes().to_vec())).collect()
    }

    #[test]
    fn pages_stay_and_nothing_else_is_written_over() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("site");
        let open = |edition| Site::open(&folder, edition);
        let first = pages(&["index.html", "indicators/9.html"]);
        let written = open(Edition::Directors).and_then(|site| site.write(&first));
        assert_eq!(written.expect("written"), Written { pages: 2, changed: 2, kept: 0 });
        fs::write(folder.join("robots.txt"), "").expect("written");
        let second = pages(&["index.html", "indicators/10.html"]);
        let site = open(Edition::Directors).expect("a site");
        assert!(site.has("indicators/9.html") && !site.has("robots.txt"));
        assert_eq!(
            site.write(&second).expect("written"),
            Written { pages: 2, changed: 1, kept: 1 }
        );
        assert!(folder.join("indicators/9.html").is_file() && folder.join("robots.txt").is_file());

        let other = open(Edition::Public).expect_err("refused").to_string();
        assert!(other.contains("the site of the directors' edition"), "{other}");
        fs::write(folder.join("indicators/11.html"), "mine").expect("written");
        let site = open(Edition::Directors).expect("a site");
        let said = site.write(&pages(&["indicators/11.html"])).expect_err("refused").to_string();
        assert!(said.contains("indicators/11.html, which is not of the site"), "{said}");
        fs::remove_file(folder.join(MANIFEST)).expect("removed");
        let said = open(Edition::Directors).expect_err("refused").to_string();
        assert!(said.contains("is not a site"), "{said}");
        let file = folder.join("index.html");
        let said = Site::open(&file, Edition::Public).expect_err("refused").to_string();
        assert!(said.contains("is a file"), "{said}");
    }
}

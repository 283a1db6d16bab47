//! What a publication is made of: the results, the inputs as they were read, and the manifest; and
//! whether it can be read back and made again.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use crate::assess::Assessor;
use crate::check;
use crate::definition::{Definition, Edition};
use crate::diagnostic::{Findings, Severity};
use crate::expected::Expected;
use crate::extract::Status;
use crate::history::{History, Plan, Project, Reach};
use crate::input::{Digest, Ledger};
use crate::month::{Date, Month};
use crate::record::{INPUTS, JSON, MANIFEST, Manifest, PUBLIC, Publication, Record, TIDY};
use crate::render;
use crate::scope::Scope;
use crate::text::{plural, quote};

/// The results of a month, for every area, as they are published.
#[derive(Debug)]
pub struct PublishedFiles {
    /// As tidy.
    pub tidy: Vec<u8>,
    /// As JSON.
    pub json: Vec<u8>,
}

/// What a publication of a month needs to be read: for the whole scorecard and for its products, which
/// may look further back.
#[must_use]
pub fn plan(definition: &Definition, month: Month) -> Plan {
    let everywhere = Scope::everywhere(definition, month);
    let of = |shown: &Definition| Plan::report(shown, month, &everywhere, Reach::Trends);
    let products = (0..definition.products.len()).map(|index| of(&definition.showing(index)));
    let plan = products.fold(of(definition), Plan::and);
    let plan = if definition.public().is_some() { plan.public(month) } else { plan };
    plan.and(Plan::expected(month))
}

/// What a month lacks to be published, in words: nothing, where it is ready.
#[must_use]
pub fn wanting(history: &History<'_>, month: Month) -> Vec<String> {
    let Some(extract) = history.extract(month) else { return Vec::new() };
    let mut wanting = Vec::new();
    if !extract.has_figures() {
        wanting.push("it has no figures".to_owned());
    }
    let outstanding = Expected::as_before(history, month).outstanding(extract).count();
    if outstanding > 0 {
        let figures = plural(outstanding, "figure is", "figures are");
        wanting.push(format!("{outstanding} {figures} outstanding"));
    }
    if extract.about.status == Some(Status::Draft) {
        wanting.push("month.toml says that it is a draft".to_owned());
    }
    wanting
}

impl PublishedFiles {
    /// Makes them, and checks the month.
    ///
    /// # Errors
    ///
    /// Those of writing to memory.
    pub fn make(assessor: &Assessor<'_>, findings: &mut Findings) -> io::Result<Self> {
        let (history, month) = (assessor.history(), assessor.month());
        let everywhere = Scope::everywhere(history.definition(), month);
        // Checks are for the officer, and look at everything.
        check::run(&assessor.showing_all(), &everywhere, check::Depth::Report, findings);
        let (mut tidy, mut json) = (Vec::new(), Vec::new());
        render::tidy::write(assessor, &everywhere, &mut tidy)?;
        render::json::write(assessor, &everywhere, &mut json)?;
        check::settle(history, month, findings);
        Ok(Self { tidy, json })
    }
}

/// What the manifest says of a publication.
#[derive(Clone, Debug)]
pub struct PublicationInfo {
    /// The month.
    pub month: Month,
    /// Which publication of it: 1, then 2.
    pub revision: u32,
    /// When.
    pub published: String,
    /// For which meeting.
    pub meeting: Date,
    /// Why, where it is not the first.
    pub reason: Option<String>,
    /// What the month lacked, where it is published all the same.
    pub forced: Option<String>,
}

/// A publication that is still to be written.
#[derive(Debug)]
pub struct NewPublication {
    manifest: Manifest,
    results: PublishedFiles,
    /// The other files, by their paths in its folder.
    files: Vec<(String, Vec<u8>)>,
}

impl NewPublication {
    /// What is to be written of a month.
    #[must_use]
    pub fn new(
        info: PublicationInfo,
        ledger: &Ledger,
        results: PublishedFiles,
        edition: Edition,
    ) -> Self {
        // A public edition is frozen without what it was made from, which has every figure; nor is
        // the hash of an extract kept, since it would tell whether a guess is right.
        let is_public = edition == Edition::Public;
        let mut files = vec![
            // Line ends are part of what is hashed: git is not to change them.
            (".gitattributes".to_owned(), b"* -text\n".to_vec()),
            (TIDY.to_owned(), results.tidy.clone()),
            (JSON.to_owned(), results.json.clone()),
        ];
        let inputs = ledger.inputs().into_iter().filter(|_| !is_public);
        files.extend(inputs.map(|input| {
            let bytes = input.bytes.as_deref().unwrap_or_default().to_vec();
            (format!("{INPUTS}/{}", input.path), bytes)
        }));
        let (definitions, data) = ledger.names();
        let listed =
            files.iter().map(|(path, bytes)| (path.clone(), Digest::of(bytes).to_string()));
        let manifest = Manifest {
            month: info.month,
            revision: info.revision,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            published: info.published,
            meeting: info.meeting,
            reason: info.reason,
            forced: info.forced,
            definitions,
            data,
            files: listed.collect(),
            sources: if is_public { Vec::new() } else { ledger.sources() },
            edition: is_public.then(|| PUBLIC.to_owned()),
        };
        files.push((MANIFEST.to_owned(), manifest.to_toml().into_bytes()));
        Self { manifest, results, files }
    }

    /// Its files, by their paths in its folder.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Why its files cannot stand beside one another on every system that a record is kept on:
    /// nothing, where they can.
    #[must_use]
    pub fn colliding(&self) -> Option<String> {
        let root = format!("{INPUTS}/");
        let within = |path: &str| path.strip_prefix(&root).unwrap_or(path).to_owned();
        let mut known: HashMap<String, &str> = HashMap::new();
        for (path, _) in &self.files {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            for folder in folders {
                let other = known.entry(folder.to_lowercase()).or_insert(folder);
                if *other != folder {
                    return Some(collision(&within(other), &within(folder)));
                }
            }
            if let Some(other) = known.insert(path.to_lowercase(), path) {
                return Some(collision(&within(other), &within(path)));
            }
        }
        None
    }

    /// Whether what has been written into `folder` is this publication: it is read as any reader of
    /// the record would, and made again from the inputs beside it.
    ///
    /// # Errors
    ///
    /// What of it cannot be read, or comes to something else.
    pub fn verify(&self, folder: &Path) -> Result<(), String> {
        let Manifest { month, revision, .. } = self.manifest;
        let publication = Publication::written(folder.to_owned(), month, revision);
        let mut findings = Findings::default();
        let record = Record::default();
        if record.manifest(&publication, &mut findings).is_some_and(|read| read != self.manifest) {
            return Err(format!("{MANIFEST} says something else than was written"));
        }
        if !record.verify(&publication, &mut findings) {
            return Err(first_error(&findings, folder));
        }
        if self.manifest.edition.is_some() {
            // It has nothing that it could be made again from: it has to be what was written.
            let read = |file: &str| std::fs::read(folder.join(file)).ok();
            let is_same = read(TIDY).as_ref() == Some(&self.results.tidy)
                && read(JSON).as_ref() == Some(&self.results.json);
            return if is_same { Ok(()) } else { Err("it is not what was written".to_owned()) };
        }
        let made = remake(&publication, &self.manifest, &mut findings);
        let made = made.map_err(|error| error.to_string())?;
        let Some(made) = made else { return Err(first_error(&findings, folder)) };
        let same = [(TIDY, made.tidy == self.results.tidy), (JSON, made.json == self.results.json)];
        match same.into_iter().find(|(_, is_same)| !is_same) {
            Some((file, _)) => Err(format!("{file} made from the inputs beside it is another")),
            None => Ok(()),
        }
    }
}

/// What is said of two files of one name.
fn collision(one: &str, other: &str) -> String {
    let (one, other) = (quote(one), quote(other));
    if one == other {
        return format!(
            "two files are both called {one} in the record: give one of them another name"
        );
    }
    format!(
        "{one} and {other} differ only in capitals, and are one file on many computers: rename \
            one of them"
    )
}

/// The most serious of the findings, with the path of its file within the publication.
fn first_error(findings: &Findings, folder: &Path) -> String {
    let sorted = findings.sorted();
    let Some(finding) = sorted.iter().find(|finding| finding.severity == Severity::Error) else {
        return "it is not there".to_owned();
    };
    let folder = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
    let place = finding.place.as_ref().map(|place| place.to_string().replace(&folder, ""));
    place.map_or_else(|| finding.found.clone(), |place| format!("{place}: {}", finding.found))
}

/// Makes the results of a publication again, from the inputs that were frozen with it; nothing,
/// where they cannot be read, which is a finding.
///
/// # Errors
///
/// Those of writing to memory.
pub fn remake(
    publication: &Publication,
    manifest: &Manifest,
    findings: &mut Findings,
) -> io::Result<Option<PublishedFiles>> {
    let frozen = Project::frozen(publication, manifest);
    let Some(definition) = frozen.definition(findings) else { return Ok(None) };
    // Warnings were given when it was published.
    let mut found = Findings::default();
    let history = read_again(&frozen, &definition, manifest, &mut found);
    let Some(history) = history.filter(|_| !findings.has_errors()) else {
        findings.append(found);
        return Ok(None);
    };
    PublishedFiles::make(&Assessor::new(&history, manifest.month), &mut found).map(Some)
}

/// Reads what a publication was made from, frozen or not, for the meeting that it was made for.
/// `None`, with findings, if that cannot be read.
pub fn read_again<'d>(
    made_from: &Project,
    definition: &'d Definition,
    manifest: &Manifest,
    findings: &mut Findings,
) -> Option<History<'d>> {
    let month = manifest.month;
    let calendar = made_from.calendar(definition, findings);
    calendar.choose(Some(month), findings)?;
    let mut history = made_from.read(definition, calendar, plan(definition, month), findings);
    history.name_meeting(month, manifest.meeting);
    (!findings.has_errors()).then_some(history)
}

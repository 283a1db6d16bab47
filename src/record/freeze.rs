//! What a publication is made of: the results, the inputs as they were read, and the manifest.

use std::io;

use anyhow::anyhow;

use super::manifest::{self, Manifest};
use super::{INPUTS, JSON, Snapshot, TIDY};
use crate::check::{self, Depth};
use crate::diagnostic::Findings;
use crate::input::Digest;
use crate::month::{Date, Month};
use crate::months::Archive;
use crate::render;
use crate::scorecard::Scorecard;

/// The results of a month, for every area, as they are published.
#[derive(Debug)]
pub struct Results {
    /// As tidy.
    pub tidy: Vec<u8>,
    /// As JSON.
    pub json: Vec<u8>,
}

impl Results {
    /// Makes them, and finds what there is to find.
    ///
    /// The JSON is made last and ends with the list of its inputs: whatever is read for any of it
    /// is in there, and it is the same whenever it is made.
    ///
    /// # Errors
    ///
    /// Those of writing to memory.
    pub fn make(archive: &Archive<'_>, month: Month, findings: &mut Findings) -> io::Result<Self> {
        let scorecard = Scorecard::new(archive, month, &["all".to_owned()], findings);
        check::run(&scorecard, Depth::Report, findings);
        let (mut tidy, mut json) = (Vec::new(), Vec::new());
        render::tidy::write(&scorecard, &mut tidy)?;
        render::json::write(&scorecard, &mut json)?;
        findings.append(archive.take_findings());
        findings.change_severities(&archive.definition().severities);
        Ok(Self { tidy, json })
    }
}

/// The results of a month for every area, as they would be today.
///
/// # Errors
///
/// Those of writing to memory, or what of it could not be read back.
pub fn results_today(archive: &Archive<'_>, month: Month) -> anyhow::Result<Snapshot> {
    let scorecard = Scorecard::new(archive, month, &["all".to_owned()], &mut Findings::default());
    let mut json = Vec::new();
    render::json::write(&scorecard, &mut json)?;
    Snapshot::parse(&json)
        .map_err(|wrong| anyhow!("cannot read back what was made of {month}: {wrong}"))
}

/// What a publication is called in its manifest.
#[derive(Clone, Debug)]
pub struct Occasion {
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
}

/// The files of a publication, by their paths in its folder.
#[must_use]
pub fn files(
    occasion: Occasion,
    archive: &Archive<'_>,
    results: Results,
) -> Vec<(String, Vec<u8>)> {
    let ledger = archive.ledger();
    let mut files = vec![
        // Line ends are part of what is hashed: git is not to change them.
        (".gitattributes".to_owned(), b"* -text\n".to_vec()),
        (TIDY.to_owned(), results.tidy),
        (JSON.to_owned(), results.json),
    ];
    let inputs = ledger.inputs().into_iter();
    files.extend(inputs.map(|input| {
        (format!("{INPUTS}/{}", input.path), input.bytes.as_deref().unwrap_or_default().to_vec())
    }));
    let (definitions, data) = ledger.names();
    let manifest = Manifest {
        month: occasion.month,
        revision: occasion.revision,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        published: occasion.published,
        meeting: occasion.meeting,
        reason: occasion.reason,
        definitions,
        data,
        files: files
            .iter()
            .map(|(path, bytes)| (path.clone(), Digest::of(bytes).to_string()))
            .collect(),
    };
    files.push((manifest::NAME.to_owned(), manifest.to_toml().into_bytes()));
    files
}

//! What a publication is made of: the results, the inputs as they were read, and the manifest.

use std::io;

use crate::assess::Assessor;
use crate::check;
use crate::diagnostic::Findings;
use crate::history::{History, Plan, Reach};
use crate::input::{Digest, Ledger};
use crate::month::{Date, Month};
use crate::record::{INPUTS, JSON, MANIFEST, Manifest, TIDY};
use crate::render;
use crate::scope::Scope;

/// The results of a month, for every area, as they are published.
#[derive(Debug)]
pub struct PublishedFiles {
    /// As tidy.
    pub tidy: Vec<u8>,
    /// As JSON.
    pub json: Vec<u8>,
}

/// What a publication of a month needs to be read.
#[must_use]
pub fn plan(definition: &crate::definition::Definition, month: Month) -> Plan {
    let everywhere = Scope::everywhere(definition, month);
    Plan::report(definition, month, &everywhere, Reach::Trends)
}

impl PublishedFiles {
    /// Makes them, and checks the month.
    ///
    /// # Errors
    ///
    /// Those of writing to memory.
    pub fn make(history: &History<'_>, month: Month, findings: &mut Findings) -> io::Result<Self> {
        let assessor = Assessor::new(history, month);
        let everywhere = Scope::everywhere(history.definition(), month);
        check::run(&assessor, &everywhere, check::Depth::Report, findings);
        let (mut tidy, mut json) = (Vec::new(), Vec::new());
        render::tidy::write(&assessor, &everywhere, &mut tidy)?;
        render::json::write(&assessor, &everywhere, &mut json)?;
        findings.change_severities(&history.definition().severities);
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
}

/// The files of a publication, by their paths in its folder.
#[must_use]
pub fn files(
    info: PublicationInfo,
    ledger: &Ledger,
    results: PublishedFiles,
) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        // Line ends are part of what is hashed: git is not to change them.
        (".gitattributes".to_owned(), b"* -text\n".to_vec()),
        (TIDY.to_owned(), results.tidy),
        (JSON.to_owned(), results.json),
    ];
    files.extend(ledger.inputs().into_iter().map(|input| {
        let bytes = input.bytes.as_deref().unwrap_or_default().to_vec();
        (format!("{INPUTS}/{}", input.path), bytes)
    }));
    let (definitions, data) = ledger.names();
    let manifest = Manifest {
        month: info.month,
        revision: info.revision,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        published: info.published,
        meeting: info.meeting,
        reason: info.reason,
        definitions,
        data,
        files: files
            .iter()
            .map(|(path, bytes)| (path.clone(), Digest::of(bytes).to_string()))
            .collect(),
    };
    files.push((MANIFEST.to_owned(), manifest.to_toml().into_bytes()));
    files
}

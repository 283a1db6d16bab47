//! The edition that a command is asked for: what it shows, and that nobody gets one by mistake.

use crate::assess::Assessor;
use crate::check;
use crate::cli::{EditionOptions, Mistake};
use crate::definition::{Definition, Edition};
use crate::diagnostic::{Code, Finding, Findings};
use crate::disclosure::PublicEdition;
use crate::history::History;
use crate::month::Month;

/// Makes it the definitions of an edition. `None`, with a finding, if they do not say what the
/// public may be shown.
pub(super) fn choose_edition(
    definition: &mut Definition,
    edition: Edition,
    findings: &mut Findings,
) -> Option<()> {
    if edition == Edition::Public && definition.disclosure.is_none() {
        let found = format!("{} does not say what a public edition may show", definition.path);
        let remedy =
            "add [disclosure] with smallest_shown = 6, or whatever your council has agreed";
        findings.push(Finding::nowhere(Code::NoDisclosure, found, remedy));
        return None;
    }
    definition.edition = edition;
    Some(())
}

/// Where there are two editions, a command that others rely on has to be told which.
pub(super) fn must_name_edition(
    definition: &Definition,
    edition: &EditionOptions,
) -> Result<(), Mistake> {
    if definition.disclosure.is_some() && edition.edition.is_none() {
        let mistake = "which edition? The definitions have a [disclosure]: name --edition \
            directors or --edition public";
        return Err(Mistake(mistake.to_owned()));
    }
    Ok(())
}

/// Who assesses the figures of an edition.
pub(super) struct Assessors<'e> {
    /// What the edition shows.
    pub shown: Assessor<'e>,
    /// Everything, whatever the edition shows: checks are for the officer.
    pub whole: Assessor<'e>,
    /// What a public edition does not show, and why.
    pub public: Option<PublicEdition>,
}

impl<'e> Assessors<'e> {
    /// Those of the edition that the definitions are of. What keeps it from being written becomes a
    /// finding.
    pub(super) fn of(history: &'e History<'e>, month: Month, findings: &mut Findings) -> Self {
        let assessor = Assessor::new(history, month);
        let whole = assessor.showing_all();
        check::refused_limits(&whole, findings);
        let Some(disclosure) = history.definition().public() else {
            return Self { shown: assessor, whole, public: None };
        };
        let public = PublicEdition::choose(&whole, disclosure);
        check::public(&whole, &public, findings);
        Self { shown: whole.hiding(public.hidden()), whole, public: Some(public) }
    }
}

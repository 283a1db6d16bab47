//! Findings by their likely cause: ten of a kind that share a file, an area or an indicator are
//! mostly one mistake, and are read as one.

use std::collections::BTreeMap;

use super::{Code, Finding};

/// The fewest findings of a code that have a cause in common.
const FEWEST: usize = 3;

/// Findings that belong together.
#[derive(Clone, Debug)]
pub struct FindingGroup<'f> {
    /// What they share and what that suggests; nothing, where they share only their code.
    pub cause: Option<String>,
    /// The findings, all of one code and severity.
    pub findings: Vec<&'f Finding>,
}

/// What findings of a code may share, from what says most about their cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shared<'f> {
    /// They say the same, each of another row.
    Words(&'f str),
    /// Each is in the first file and has to do with a place in the second.
    Files(&'f str, &'f str),
    /// They are about this area.
    Area(&'f str),
    /// They are about this indicator, in several areas.
    Indicator(&'f str),
    /// They are in this file.
    File(&'f str),
}

/// What a finding shares with others, where it can share that.
type Kind = for<'f> fn(&'f Finding) -> Option<Shared<'f>>;

const WORDS: Kind = |finding| finding.place.as_ref().map(|_| Shared::Words(&finding.found));
const FILES: Kind = |finding| {
    let (related, _) = finding.related.first()?;
    Some(Shared::Files(&finding.place.as_ref()?.path, &related.path))
};
const AREA: Kind = |finding| finding.subject.area.as_deref().map(Shared::Area);
const INDICATOR: Kind = |finding| finding.subject.indicator.as_deref().map(Shared::Indicator);
const FILE: Kind = |finding| finding.place.as_ref().map(|place| Shared::File(&place.path));

/// What findings of a code may share that suggests a cause, from what says most about it.
fn kinds(code: Code) -> &'static [Kind] {
    match code {
        // What they say names what is wrong: a column or a name, in every row that has it.
        Code::UnknownIndicator
        | Code::UnknownArea
        | Code::UnknownCohort
        | Code::UnknownStatus
        | Code::TeamInResults
        | Code::NotInForce
        | Code::WrongMonth
        | Code::NotANumber
        | Code::ExcelError => &[WORDS],
        Code::DuplicateFigure => &[FILES],
        Code::FigureGone | Code::SumIncomplete | Code::CohortGap => &[AREA, INDICATOR],
        Code::YtdFell | Code::DenominatorJump => &[FILE],
        _ => &[],
    }
}

impl Shared<'_> {
    /// What findings that share this have in common, and what that suggests.
    fn cause(&self) -> String {
        const LEFT_OUT: &str = "its rows may have been left out of the extract";
        match self {
            Self::Words(_) => "say the same: one correction may put all of them right".to_owned(),
            Self::Files(file, other) if file == other => {
                format!("are within {file}: rows may have been pasted into it twice")
            }
            Self::Files(file, other) => {
                format!("are in {file} and in {other}: one may be a copy of the other")
            }
            Self::Area(area) => format!("are about {area}: {LEFT_OUT}"),
            Self::Indicator(id) => format!("are about indicator {id}: {LEFT_OUT}"),
            Self::File(file) => format!(
                "are in {file}: it may be of another month, or have two columns in each other's \
                 place"
            ),
        }
    }
}

/// Groups findings, which are sorted: those of a code one after another, and among them first those
/// with a cause in common.
#[must_use]
pub fn groups<'f>(sorted: &[&'f Finding]) -> Vec<FindingGroup<'f>> {
    let of_a_code = sorted.chunk_by(|a, b| (a.severity, a.code) == (b.severity, b.code));
    of_a_code.flat_map(|findings| of_code(findings.to_vec())).collect()
}

fn of_code(mut left: Vec<&Finding>) -> Vec<FindingGroup<'_>> {
    let mut groups = Vec::new();
    let code = left.first().map(|finding| finding.code);
    for kind in code.map_or(&[][..], kinds) {
        let mut counts: BTreeMap<Shared<'_>, usize> = BTreeMap::new();
        for shared in left.iter().copied().filter_map(kind) {
            *counts.entry(shared).or_default() += 1;
        }
        for (shared, _) in counts.into_iter().filter(|(_, count)| *count >= FEWEST) {
            let shares = |finding: &&Finding| kind(finding).as_ref() == Some(&shared);
            let (findings, others): (Vec<_>, Vec<_>) = left.into_iter().partition(shares);
            groups.push(FindingGroup { cause: Some(shared.cause()), findings });
            left = others;
            if left.is_empty() {
                return groups;
            }
        }
    }
    if !left.is_empty() {
        groups.push(FindingGroup { cause: None, findings: left });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Subject};

    fn at(code: Code, path: &str, line: u32, found: &str) -> Finding {
        Finding::new(code, Place::line(&path.into(), line), found, "remedy")
    }

    fn causes(findings: &[Finding]) -> Vec<(Option<String>, usize)> {
        let findings: Vec<_> = findings.iter().collect();
        let groups = groups(&findings).into_iter();
        groups.map(|group| (group.cause, group.findings.len())).collect()
    }

    fn doubled(line: u32, other: &str) -> Finding {
        let finding = at(Code::DuplicateFigure, "b.csv", line, &format!("figure {line}"));
        finding.with_related(Place::line(&other.into(), line), "the first is here")
    }

    #[test]
    fn figures_of_two_files_are_one_pasted_file() {
        let mut findings: Vec<_> = (1..=4).map(|line| doubled(line, "a.csv")).collect();
        findings.push(doubled(5, "c.csv"));
        let cause = "are in b.csv and in a.csv: one may be a copy of the other".to_owned();
        assert_eq!(causes(&findings), [(Some(cause), 4), (None, 1)]);
        let within: Vec<_> = (1..=3).map(|line| doubled(line, "b.csv")).collect();
        let cause = "are within b.csv: rows may have been pasted into it twice".to_owned();
        assert_eq!(causes(&within), [(Some(cause), 3)]);
    }

    #[test]
    fn what_says_the_same_is_put_right_at_once() {
        let findings =
            [2, 3, 4].map(|line| at(Code::UnknownArea, "a.csv", line, "there is no area X"));
        let cause = "say the same: one correction may put all of them right".to_owned();
        assert_eq!(causes(&findings), [(Some(cause), 3)]);
        assert_eq!(causes(&findings[..2]), [(None, 2)]);
    }

    #[test]
    fn an_area_that_lacks_several_rows_is_told_once() {
        let about = |code, line: u32, area: &str| {
            let subject = Subject { area: Some(area.to_owned()), ..Subject::default() };
            at(code, "a.csv", line, &format!("{line}")).about(subject)
        };
        let gone = |line, area| about(Code::FigureGone, line, area);
        let findings = [gone(1, "N"), gone(2, "S"), gone(3, "S"), gone(4, "S"), gone(5, "N")];
        let cause = "are about S: its rows may have been left out of the extract".to_owned();
        assert_eq!(causes(&findings), [(Some(cause), 3), (None, 2)]);
        // That three indicators of an area have no commentary has no one cause.
        let findings = [1, 2, 3].map(|line| about(Code::NoCommentary, line, "S"));
        assert_eq!(causes(&findings), [(None, 3)]);
    }
}

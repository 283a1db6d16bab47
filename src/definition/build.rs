//! From spanned values to a [`Definition`]: every rule that one key alone cannot break.

use std::collections::HashMap;

use super::keys::{self, MAX_DECIMALS, MAX_PER, MAX_TREND};
use super::words::{
    Above100, AreaKind, AtFloor, Frequency, Part, Period, Polarity, Precision, PreviousFrom,
    Rollup, Show, UnitWord,
};
use super::{
    Accountability, Activity, ActivityId, Area, AreaId, Bands, Cohort, Definition, Flow, Group,
    Identity, InForce, Indicator, IndicatorId, Names, Range, Standard, Standards, Term, Unit,
};
use crate::diagnostic::{Code, Findings, Place, Severities, Severity};
use crate::month::FinancialYear;
use crate::population::CohortId;
use crate::text::{did_you_mean, quote};
use crate::toml_file::{Band, Document, Section, Spanned};

/// Builds what can be built; whatever is wrong is in `findings`.
pub(super) fn build(document: &Document<'_>, findings: &mut Findings) -> Option<Definition> {
    let root = document.root();
    root.check(&keys::FILE, &keys::FILE.walk(), findings);
    let mut builder = Builder {
        findings,
        names: Names::default(),
        year_start: 4,
        targets_for: None,
        rollup: Rollup::None,
    };
    builder.file(&root)
}

struct Builder<'f> {
    findings: &'f mut Findings,
    names: Names,
    year_start: u8,
    targets_for: Option<FinancialYear>,
    rollup: Rollup,
}

impl Builder<'_> {
    fn file(&mut self, root: &Section<'_>) -> Option<Definition> {
        // Where it is missing, which has been said, everything else is still looked at.
        let scorecard = root.table_or_empty("scorecard");
        self.year_start = scorecard
            .whole("financial_year_start", 1, 12)
            .map_or(4, |start| u8::try_from(start.value).unwrap_or(4));
        self.targets_for = scorecard
            .text("targets_for")
            .and_then(|label| self.year(&scorecard, "targets_for", &label));
        self.rollup =
            scorecard.choice("rollup", Rollup::from_word).map_or(Rollup::None, |word| word.value);
        let accountability =
            root.table("accountability").map_or_else(Accountability::default, |section| {
                accountability(&section, &Accountability::default())
            });

        let area_sections: Vec<_> = root
            .tables("area")
            .filter_map(|section| Some((section.text("name")?, section)))
            .collect();
        let mut areas = self.areas(&area_sections);
        if !root.has("area") {
            areas.extend(self.only_area(&scorecard));
        }
        let top = self.top(&scorecard, &areas, &area_sections);
        let cohort_sections: Vec<_> = root.tables("cohort").collect();
        self.register_cohorts(&cohort_sections);
        let indicators = self.indicators(root, &accountability);
        let cohorts =
            cohort_sections.iter().filter_map(|section| self.cohort(section, &areas)).collect();
        let activities = self.activities(root);
        let identities = root.tables("identity").map(|section| self.identity(&section)).collect();

        Some(Definition {
            path: root.source().path().clone(),
            title: scorecard.text("title")?.value,
            organisation: scorecard.text("organisation").map(|text| text.value),
            top: top?,
            year_start: self.year_start,
            trend: scorecard
                .whole("trend", 1, MAX_TREND)
                .map_or(4, |trend| u16::try_from(trend.value).unwrap_or(4)),
            precision: scorecard
                .choice("precision", Precision::from_word)
                .map_or(Precision::Unrounded, |word| word.value),
            previous: scorecard
                .choice("previous", PreviousFrom::from_word)
                .map_or(PreviousFrom::Published, |word| word.value),
            areas,
            indicators,
            cohorts,
            activities,
            identities,
            severities: severities(root),
            names: std::mem::take(&mut self.names),
        })
    }

    fn report(
        &mut self,
        section: &Section<'_>,
        code: Code,
        span: std::ops::Range<usize>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.push(section.source().finding(code, span, found, remedy));
    }

    fn duplicate(
        &mut self,
        section: &Section<'_>,
        span: std::ops::Range<usize>,
        found: String,
        first: &std::ops::Range<usize>,
    ) {
        let place = section.source().place(first);
        let finding = section.source().finding(
            Code::Duplicate,
            span,
            found,
            "give one of them another name; extracts could mean either",
        );
        self.findings.push(finding.with_related(place, "the first is here"));
    }

    fn year(
        &mut self,
        section: &Section<'_>,
        key: &str,
        label: &Spanned<String>,
    ) -> Option<FinancialYear> {
        let year = FinancialYear::parse(&label.value, self.year_start);
        if year.is_none() {
            let example = if self.year_start == 1 { "\"2016\"" } else { "\"2015/16\"" };
            let found = format!("`{key}` {} is not a financial year", quote(&label.value));
            self.report(
                section,
                Code::BadValue,
                label.span.clone(),
                found,
                format!("write it as {example}: the year that it starts in and the last two digits of the next"),
            );
        }
        year
    }

    fn in_force(&mut self, section: &Section<'_>) -> InForce {
        let (from, until) = (section.month("from"), section.month("until"));
        if let (Some(from), Some(until)) = (&from, &until)
            && from.value > until.value
        {
            let found = format!("it ends in {} before it starts in {}", until.value, from.value);
            self.report(
                section,
                Code::FromAfterUntil,
                until.span.clone(),
                found,
                "put the first month in `from` and the last in `until`",
            );
        }
        InForce { from: from.map(|month| month.value), until: until.map(|month| month.value) }
    }

    // Areas.

    fn areas(&mut self, sections: &[(Spanned<String>, Section<'_>)]) -> Vec<Area> {
        let names = |(name, section): &(Spanned<String>, Section<'_>)| {
            std::iter::once(name.clone()).chain(section.texts("was").into_iter().flatten())
        };
        for (index, area) in sections.iter().enumerate() {
            self.check_area_name(&area.1, &area.0);
            for name in names(area) {
                if let Some(first) = self.names.areas.get(&name.value) {
                    let first =
                        names(&sections[first.index()]).find(|first| first.value == name.value);
                    let found = format!("two areas go by the name {}", quote(&name.value));
                    self.duplicate(
                        &area.1,
                        name.span,
                        found,
                        &first.map_or(0..0, |first| first.span),
                    );
                } else {
                    self.names.areas.insert(name.value, AreaId::new(index));
                }
            }
        }
        let mut areas = Vec::with_capacity(sections.len());
        for (name, section) in sections {
            let parent =
                section.text("parent").and_then(|parent| self.parent(section, &parent, sections));
            areas.push(Area {
                name: name.value.clone(),
                parent,
                kind: section
                    .choice("kind", AreaKind::from_word)
                    .map_or(AreaKind::Area, |kind| kind.value),
                in_force: self.in_force(section),
                parts: Vec::new(),
                teams: Vec::new(),
                place: Self::place(section, section.span.clone()),
            });
        }
        self.break_cycles(&mut areas, sections);
        for index in 0..areas.len() {
            if let Some(parent) = areas[index].parent {
                let list = if areas[index].kind == AreaKind::Area {
                    &mut areas[parent.index()].parts
                } else {
                    &mut areas[parent.index()].teams
                };
                list.push(AreaId::new(index));
            }
        }
        areas
    }

    fn check_area_name(&mut self, section: &Section<'_>, name: &Spanned<String>) {
        if name.value.eq_ignore_ascii_case("all") {
            let remedy = "give it another name; --area all asks for every area";
            self.report(
                section,
                Code::BadValue,
                name.span.clone(),
                "an area cannot be called \"all\"",
                remedy,
            );
        }
    }

    /// Without any [[area]] there is the top area alone.
    fn only_area(&mut self, scorecard: &Section<'_>) -> Option<Area> {
        let name = scorecard.text("area")?;
        self.check_area_name(scorecard, &name);
        self.names.areas.insert(name.value.clone(), AreaId::new(0));
        let place = Self::place(scorecard, name.span);
        Some(Area {
            name: name.value,
            parent: None,
            kind: AreaKind::Area,
            in_force: InForce::default(),
            parts: Vec::new(),
            teams: Vec::new(),
            place,
        })
    }

    fn parent(
        &mut self,
        section: &Section<'_>,
        parent: &Spanned<String>,
        sections: &[(Spanned<String>, Section<'_>)],
    ) -> Option<AreaId> {
        let Some(&id) = self.names.areas.get(&parent.value) else {
            let guess =
                did_you_mean(&parent.value, sections.iter().map(|(name, _)| name.value.as_str()));
            let found = format!("its parent {} is not an area", quote(&parent.value));
            self.report(
                section,
                Code::UnknownName,
                parent.span.clone(),
                found,
                format!("{guess}define the parent with an [[area]] of its own, or mend the name"),
            );
            return None;
        };
        let (_, above) = &sections[id.index()];
        if above
            .choice("kind", AreaKind::from_word)
            .is_some_and(|kind| kind.value == AreaKind::Team)
        {
            let found = format!("its parent {} is a team", quote(&parent.value));
            self.report(
                section,
                Code::AreaTree,
                parent.span.clone(),
                found,
                "name an area as the parent; a team has nothing below it",
            );
            return None;
        }
        Some(id)
    }

    /// Reports every cycle once and cuts it, so that whatever follows parents comes to an end.
    fn break_cycles(&mut self, areas: &mut [Area], sections: &[(Spanned<String>, Section<'_>)]) {
        // 0 for not looked at, otherwise the walk that reached it: meeting one's own walk again is
        // a cycle.
        let mut walk_of = vec![0usize; areas.len()];
        for start in 0..areas.len() {
            let (mut at, walk) = (start, start + 1);
            while walk_of[at] == 0 {
                walk_of[at] = walk;
                let Some(parent) = areas[at].parent else { break };
                if walk_of[parent.index()] == walk {
                    let (_, section) = &sections[at];
                    let found =
                        format!("the areas above {} lead back to it", quote(&areas[at].name));
                    self.report(
                        section,
                        Code::AreaTree,
                        section.span_of("parent"),
                        found,
                        "take the `parent` from whichever of them is at the top",
                    );
                    areas[at].parent = None;
                    break;
                }
                at = parent.index();
            }
        }
    }

    fn top(
        &mut self,
        scorecard: &Section<'_>,
        areas: &[Area],
        sections: &[(Spanned<String>, Section<'_>)],
    ) -> Option<AreaId> {
        let name = scorecard.text("area")?;
        let span = name.span.clone();
        let Some(&top) = self.names.areas.get(&name.value) else {
            let guess = did_you_mean(&name.value, areas.iter().map(|area| area.name.as_str()));
            let found = format!("the top area {} is not defined", quote(&name.value));
            self.report(
                scorecard,
                Code::UnknownName,
                span,
                found,
                format!("{guess}define it: [[area]] with name = {}", quote(&name.value)),
            );
            return None;
        };
        let area = &areas[top.index()];
        if area.parent.is_some() || area.kind == AreaKind::Team {
            let found = format!(
                "the top area {} {}",
                quote(&name.value),
                if area.parent.is_some() { "has a parent" } else { "is a team" }
            );
            self.report(
                scorecard,
                Code::AreaTree,
                span,
                found,
                "name the area that all the others are part of",
            );
            return None;
        }
        for (index, (name, section)) in sections.iter().enumerate() {
            if index != top.index() && !section.has("parent") {
                let found = format!(
                    "{} has no parent, so it is not part of {}",
                    quote(&name.value),
                    quote(&areas[top.index()].name)
                );
                let remedy = format!(
                    "add parent = {}, or the area that it is part of; leave it so if it only stands beside",
                    quote(&areas[top.index()].name)
                );
                self.report(section, Code::NoParent, section.span.clone(), found, remedy);
            }
        }
        Some(top)
    }

    // Indicators.

    fn indicators(
        &mut self,
        root: &Section<'_>,
        accountability: &Accountability,
    ) -> Vec<Indicator> {
        let sections: Vec<_> = root.tables("indicator").collect();
        if sections.is_empty() && root.has("indicator") && root.table("indicator").is_none() {
            self.report(
                root,
                Code::MissingKey,
                root.span_of("indicator"),
                "there is no [[indicator]]",
                "add at least one, with its id, section, name, polarity, period and unit",
            );
        }
        let mut spans = HashMap::new();
        let mut names = HashMap::new();
        for (index, section) in sections.iter().enumerate() {
            for id in
                section.text("id").into_iter().chain(section.texts("was").into_iter().flatten())
            {
                if let Some(first) = spans.get(&id.value) {
                    self.duplicate(
                        section,
                        id.span.clone(),
                        format!("two indicators go by the id {}", quote(&id.value)),
                        first,
                    );
                } else {
                    spans.insert(id.value.clone(), id.span.clone());
                    self.names.indicators.insert(id.value, IndicatorId::new(index));
                }
            }
            if let Some(name) = section.text("name") {
                if let Some(first) = names.get(&name.value) {
                    self.duplicate(
                        section,
                        name.span.clone(),
                        format!("two indicators have the name {}", quote(&name.value)),
                        first,
                    );
                } else {
                    names.insert(name.value, name.span);
                }
            }
        }
        // One that cannot be built is an error, and then there is no definition whose indices could
        // be off.
        sections.iter().filter_map(|section| self.indicator(section, accountability)).collect()
    }

    fn indicator(
        &mut self,
        section: &Section<'_>,
        otherwise: &Accountability,
    ) -> Option<Indicator> {
        let unit = self.unit(section);
        let polarity = section.choice("polarity", Polarity::from_word);
        let standards = polarity.as_ref().map(|polarity| self.standards(section, polarity.value));
        let in_force = self.in_force(section);
        let excludes = section.texts("excludes").unwrap_or_default();
        let excludes = excludes.iter().filter_map(|id| self.named_cohort(section, id)).collect();
        let period = section.choice("period", Period::from_word);
        let unit = unit?;
        Some(Indicator {
            id: section.text("id")?.value,
            reference: section.text("ref").map(|text| text.value),
            section: section.text("section")?.value,
            name: section.text("name")?.value,
            polarity: polarity?.value,
            frequency: section.choice("frequency", Frequency::from_word).map_or_else(
                || period.as_ref().map(|period| period.value.into()),
                |word| Some(word.value),
            )?,
            period: period?.value,
            unit,
            decimals: section
                .whole("decimals", 0, MAX_DECIMALS)
                .and_then(|decimals| u8::try_from(decimals.value).ok())
                .unwrap_or(u8::from(unit != Unit::Number)),
            standards: standards?,
            rollup: section
                .choice("rollup", Rollup::from_word)
                .map_or(self.rollup, |word| word.value),
            excludes,
            above_100: section
                .choice("above_100", Above100::from_word)
                .map_or(Above100::No, |word| word.value),
            in_force,
            period_note: section.text("period_note").map(|text| text.value),
            note: section.text("note").map(|text| text.value),
            accountability: accountability(section, otherwise),
            place: Self::place(section, section.span.clone()),
        })
    }

    fn place(section: &Section<'_>, span: std::ops::Range<usize>) -> Place {
        Place { column: None, ..section.source().place(&span) }
    }

    fn unit(&mut self, section: &Section<'_>) -> Option<Unit> {
        let unit = section.choice("unit", UnitWord::from_word)?;
        let per = section.whole("per", 1, MAX_PER);
        match (unit.value, per) {
            (UnitWord::Rate, Some(per)) => Some(Unit::Rate { per: per.value }),
            (UnitWord::Rate, None) => {
                if !section.has("per") {
                    self.report(
                        section,
                        Code::MissingKey,
                        unit.span,
                        "a rate needs a `per`",
                        "add per = 10000, or whatever the rate is for",
                    );
                }
                None
            }
            (_, Some(per)) => {
                let found =
                    format!("`per` is for a rate, and this is {}", quote(unit.value.as_str()));
                self.report(
                    section,
                    Code::BadValue,
                    per.span,
                    found,
                    "take it out, or make the unit \"rate\"",
                );
                None
            }
            (UnitWord::Percent, None) => Some(Unit::Percent),
            (UnitWord::Number, None) => Some(Unit::Number),
            (UnitWord::Average, None) => Some(Unit::Average),
        }
    }

    // Targets and floors.

    fn standards(&mut self, section: &Section<'_>, polarity: Polarity) -> Standards {
        let years: Vec<_> = section.years("targets").collect();
        let own = Written::of(section);
        let before = self.findings.count(Severity::Error);
        // A floor alone may wait for the targets of the years.
        let own_standard = if own.target.is_none() && !years.is_empty() {
            None
        } else {
            self.standard(section, polarity, &own, self.targets_for)
        };
        let own_is_sound = self.findings.count(Severity::Error) == before;

        let mut standards = Standards { own: own_standard, ..Standards::default() };
        for (label, table) in years {
            let Some(year) = self.year(&table, "targets", &label) else { continue };
            if standards.by_year.contains_key(&year) {
                let found = format!("a second table of targets for {year}");
                self.report(
                    &table,
                    Code::Duplicate,
                    label.span.clone(),
                    found,
                    "keep one table for the year",
                );
                continue;
            }
            if self.targets_for == Some(year) && own.target.is_some() {
                let found = format!("the indicator's own target is already for {year}");
                self.report(
                    &table,
                    Code::Duplicate,
                    label.span.clone(),
                    found,
                    "change the one above, or take this table out; `targets_for` in [scorecard] says which year that is",
                );
                continue;
            }
            let written = Written::of(&table).or(&own);
            // What is wrong with the indicator's own keys has been said where they stand.
            if own_is_sound || !Written::of(&table).is_empty() {
                let standard = self.standard(&table, polarity, &written, Some(year));
                standards.by_year.insert(year, standard);
            }
        }
        standards
    }

    fn standard(
        &mut self,
        section: &Section<'_>,
        polarity: Polarity,
        written: &Written,
        year: Option<FinancialYear>,
    ) -> Option<Standard> {
        if written.broken {
            return None;
        }
        let Some(target) = &written.target else {
            if let Some(span) = written
                .floor
                .as_ref()
                .map(|floor| &floor.span)
                .or(written.green.as_ref().map(|green| &green.span))
            {
                let what = if written.floor.is_some() { "floor" } else { "green band" };
                self.report(
                    section,
                    Code::TargetWithoutFloor,
                    span.clone(),
                    format!("a {what} without a target"),
                    "add the target, or take it out: without a target nothing is rated",
                );
            }
            return None;
        };
        let Some(floor) = &written.floor else {
            let remedy = "add a floor, below which (or, for L, above which) a result is red, or floor = \"none\" for green or red only";
            self.report(
                section,
                Code::TargetWithoutFloor,
                target.span.clone(),
                "a target without a floor",
                remedy,
            );
            return None;
        };
        let bands = match polarity {
            Polarity::Higher | Polarity::Lower => {
                self.one_sided(section, polarity, target, floor, written.green.as_ref())
            }
            Polarity::Target => self.near(section, target, floor, written.green.as_ref()),
        }?;
        let place = Self::place(section, target.span.clone());
        Some(Standard { year, bands, at_floor: written.at_floor.unwrap_or(AtFloor::Amber), place })
    }

    fn one_sided(
        &mut self,
        section: &Section<'_>,
        polarity: Polarity,
        target: &Spanned<Band>,
        floor: &Spanned<Band>,
        green: Option<&Spanned<Band>>,
    ) -> Option<Bands> {
        let word = polarity.as_str();
        if let Some(green) = green {
            self.report(
                section,
                Code::GreenBand,
                green.span.clone(),
                format!("a green band on an indicator of polarity {word}"),
                "take it out: only a T has one; for H and L green starts at the target",
            );
            return None;
        }
        let Band::Number(target_value) = &target.value else {
            self.report(
                section,
                Code::BadValue,
                target.span.clone(),
                format!("a target of two numbers on an indicator of polarity {word}"),
                "write one number; only a T may have a pair",
            );
            return None;
        };
        let floor_value = match &floor.value {
            Band::Number(floor) => Some(floor.clone()),
            Band::None => None,
            Band::Pair(..) => {
                self.report(
                    section,
                    Code::BadValue,
                    floor.span.clone(),
                    format!("a floor of two numbers on an indicator of polarity {word}"),
                    "write one number; only a T has a pair",
                );
                return None;
            }
        };
        let (wrong_side, side) = match polarity {
            Polarity::Lower => {
                (floor_value.as_ref().is_some_and(|floor| floor < target_value), "below")
            }
            _ => (floor_value.as_ref().is_some_and(|floor| floor > target_value), "above"),
        };
        if wrong_side {
            let (floor_text, better) = (
                floor_value.as_ref().map_or_else(String::new, ToString::to_string),
                if side == "above" { "higher" } else { "lower" },
            );
            let found = format!(
                "the floor {floor_text} is {side} the target {target_value}, but {better} is better"
            );
            let remedy = format!(
                "change the floor, the target or the polarity: for {word} the floor is at or {} the target",
                if side == "above" { "below" } else { "above" }
            );
            self.report(section, Code::FloorSide, floor.span.clone(), found, remedy);
            return None;
        }
        let (target, floor) = (target_value.clone(), floor_value);
        Some(if polarity == Polarity::Lower {
            Bands::Lower { target, floor }
        } else {
            Bands::Higher { target, floor }
        })
    }

    fn near(
        &mut self,
        section: &Section<'_>,
        target: &Spanned<Band>,
        floor: &Spanned<Band>,
        green: Option<&Spanned<Band>>,
    ) -> Option<Bands> {
        let target_range = match &target.value {
            Band::Number(number) => Range { low: number.clone(), high: number.clone() },
            Band::Pair(low, high) => Range { low: low.clone(), high: high.clone() },
            Band::None => return None,
        };
        let green_range = match green.map(|green| &green.value) {
            Some(Band::Pair(low, high)) => Range { low: low.clone(), high: high.clone() },
            _ => target_range.clone(),
        };
        if green_range.low > target_range.low || green_range.high < target_range.high {
            let found = format!(
                "the target is not within the green band {} to {}",
                green_range.low, green_range.high
            );
            let span = green.map_or_else(|| target.span.clone(), |green| green.span.clone());
            self.report(
                section,
                Code::GreenBand,
                span,
                found,
                "widen the band so that a result on target is green",
            );
            return None;
        }
        let floor_range = match &floor.value {
            Band::None => None,
            Band::Pair(low, high) => Some(Range { low: low.clone(), high: high.clone() }),
            Band::Number(_) => {
                let remedy = "write the pair: floor = [low, high], red beyond either";
                self.report(
                    section,
                    Code::BadValue,
                    floor.span.clone(),
                    "an indicator of polarity T with a floor of one number",
                    remedy,
                );
                return None;
            }
        };
        if let Some(floor_range) = &floor_range
            && (floor_range.low > green_range.low || floor_range.high < green_range.high)
        {
            let (code, what) = if green.is_some() {
                (Code::GreenBand, "green band")
            } else {
                (Code::FloorSide, "target")
            };
            let found = format!(
                "the {what} {} to {} is not within the floors {} to {}",
                green_range.low, green_range.high, floor_range.low, floor_range.high
            );
            self.report(
                section,
                code,
                floor.span.clone(),
                found,
                "widen the floors or narrow the band: red is beyond the floors, green within the band",
            );
            return None;
        }
        Some(Bands::Near { target: target_range, green: green_range, floor: floor_range })
    }

    // Cohorts and activities.

    fn register_cohorts(&mut self, sections: &[Section<'_>]) {
        /// Far more than anybody leaves out in turn: each is a population of its own, for every
        /// indicator and area.
        const MOST: usize = 1000;
        let mut spans = HashMap::new();
        if let Some(section) = sections.get(MOST) {
            let found = format!("there are {} cohorts, and can be {MOST}", sections.len());
            self.report(
                section,
                Code::BadValue,
                section.span.clone(),
                found,
                "make areas or indicators of what is compared with each other",
            );
        }
        for (index, section) in sections.iter().enumerate() {
            let Some(id) = section.text("id") else { continue };
            let key = id.value.to_lowercase();
            if key == "all" || key.starts_with("excluding-") {
                let found = format!("a cohort cannot be called {}", quote(&id.value));
                self.report(
                    section,
                    Code::BadValue,
                    id.span.clone(),
                    found,
                    "give it another id: in extracts `all` is everyone, and `excluding-` before an id is everyone else",
                );
            }
            if let Some(first) = spans.get(&key) {
                self.duplicate(
                    section,
                    id.span.clone(),
                    format!("two cohorts have the id {}", quote(&id.value)),
                    first,
                );
            } else {
                spans.insert(key.clone(), id.span.clone());
                self.names.cohorts.insert(key, CohortId::new(index));
            }
        }
    }

    fn named_cohort(&mut self, section: &Section<'_>, id: &Spanned<String>) -> Option<CohortId> {
        let found = self.names.cohorts.get(&id.value.to_lowercase()).copied();
        if found.is_none() {
            let guess = did_you_mean(&id.value, self.names.cohorts.keys().map(String::as_str));
            let text = format!("{} is not a cohort", quote(&id.value));
            self.report(
                section,
                Code::UnknownName,
                id.span.clone(),
                text,
                format!("{guess}define it with a [[cohort]], or mend the id"),
            );
        }
        found
    }

    fn cohort(&mut self, section: &Section<'_>, areas: &[Area]) -> Option<Cohort> {
        let sections: Vec<_> = section.tables("group").collect();
        let groups: Vec<_> = sections.iter().map(|group| self.group(group, areas)).collect();
        self.check_groups(&sections, &groups);
        Some(Cohort {
            id: section.text("id")?.value,
            name: section.text("name")?.value,
            title: section.text("title").map(|text| text.value),
            groups,
            place: Self::place(section, section.span.clone()),
        })
    }

    /// A block that is there twice has been pasted twice.
    fn check_groups(&mut self, sections: &[Section<'_>], groups: &[Group]) {
        for (index, group) in groups.iter().enumerate() {
            if let Some(first) = groups[..index].iter().position(|first| first == group) {
                let (source, remedy) = (
                    sections[index].source(),
                    "delete one of them, or give it other areas or indicators",
                );
                let finding = source.finding(
                    Code::Duplicate,
                    sections[index].span.clone(),
                    "the same block of the table twice",
                    remedy,
                );
                self.findings.push(
                    finding.with_related(source.place(&sections[first].span), "the first is here"),
                );
            }
        }
    }

    fn group(&mut self, section: &Section<'_>, areas: &[Area]) -> Group {
        let group_areas = section.texts("areas").map(|names| {
            names.iter().filter_map(|name| self.group_area(section, name, areas)).collect()
        });
        let indicators = section
            .texts("indicators")
            .map(|ids| ids.iter().filter_map(|id| self.group_indicator(section, id)).collect());
        Group {
            title: section.text("title").map(|text| text.value),
            areas: group_areas,
            indicators,
        }
    }

    fn group_area(
        &mut self,
        section: &Section<'_>,
        name: &Spanned<String>,
        areas: &[Area],
    ) -> Option<AreaId> {
        let Some(&id) = self.names.areas.get(&name.value) else {
            let guess = did_you_mean(&name.value, areas.iter().map(|area| area.name.as_str()));
            let found = format!("the group's area {} is not defined", quote(&name.value));
            self.report(
                section,
                Code::UnknownName,
                name.span.clone(),
                found,
                format!("{guess}mend the name, or define the area"),
            );
            return None;
        };
        if areas[id.index()].kind == AreaKind::Team {
            self.report(
                section,
                Code::UnknownName,
                name.span.clone(),
                format!("{} is a team", quote(&name.value)),
                "name areas: a team has activity and no results",
            );
            return None;
        }
        Some(id)
    }

    fn group_indicator(
        &mut self,
        section: &Section<'_>,
        id: &Spanned<String>,
    ) -> Option<IndicatorId> {
        let found = self.names.indicators.get(&id.value).copied();
        if found.is_none() {
            let guess = did_you_mean(&id.value, self.names.indicators.keys().map(String::as_str));
            let text = format!("the group's indicator {} is not defined", quote(&id.value));
            self.report(
                section,
                Code::UnknownName,
                id.span.clone(),
                text,
                format!("{guess}mend the id, or define the indicator"),
            );
        }
        found
    }

    fn activities(&mut self, root: &Section<'_>) -> Vec<Activity> {
        let sections: Vec<_> = root.tables("activity").collect();
        let mut spans = HashMap::new();
        for (index, section) in sections.iter().enumerate() {
            let Some(id) = section.text("id") else { continue };
            let key = id.value.to_lowercase();
            if key == "area" || key == "month" {
                let found = format!("an activity cannot be called {}", quote(&id.value));
                let remedy = "give it another id: the columns `area` and `month` say whose activity it is, and of when";
                self.report(section, Code::BadValue, id.span.clone(), found, remedy);
            }
            if let Some(first) = spans.get(&key) {
                self.duplicate(
                    section,
                    id.span.clone(),
                    format!("two activities have the id {}", quote(&id.value)),
                    first,
                );
            } else {
                spans.insert(key.clone(), id.span.clone());
                self.names.activities.insert(key, ActivityId::new(index));
            }
        }
        sections.iter().filter_map(|section| self.activity(section)).collect()
    }

    fn activity(&mut self, section: &Section<'_>) -> Option<Activity> {
        let flow = match (section.text("starts"), section.text("ends")) {
            (Some(starts), Some(ends)) => self
                .named_activity(section, &starts)
                .zip(self.named_activity(section, &ends))
                .map(|(starts, ends)| Flow { starts, ends }),
            (None, None) => None,
            (Some(only), None) | (None, Some(only)) => {
                let remedy = "name both `starts` and `ends`: last month plus what came in minus what went out is this month";
                self.report(
                    section,
                    Code::MissingKey,
                    only.span,
                    "one of `starts` and `ends` without the other",
                    remedy,
                );
                None
            }
        };
        Some(Activity {
            id: section.text("id")?.value,
            name: section.text("name")?.value,
            show: section.choice("show", Show::from_word).map_or(Show::Change, |show| show.value),
            flow,
            place: Self::place(section, section.span.clone()),
        })
    }

    fn named_activity(
        &mut self,
        section: &Section<'_>,
        id: &Spanned<String>,
    ) -> Option<ActivityId> {
        let found = self.names.activities.get(&id.value.to_lowercase()).copied();
        if found.is_none() {
            let guess = did_you_mean(&id.value, self.names.activities.keys().map(String::as_str));
            let text = format!("{} is not an activity", quote(&id.value));
            self.report(
                section,
                Code::UnknownName,
                id.span.clone(),
                text,
                format!("{guess}define it with an [[activity]], or mend the id"),
            );
        }
        found
    }

    // Identities.

    fn identity(&mut self, section: &Section<'_>) -> Identity {
        let terms: Vec<_> = section.tables("same").collect();
        if section.has("same") && terms.len() < 2 {
            let remedy = "name at least two figures that are the same count";
            self.report(
                section,
                Code::BadValue,
                section.span_of("same"),
                "an identity of fewer than two figures",
                remedy,
            );
        }
        let same = terms.iter().filter_map(|term| self.term(term)).collect();
        Identity {
            name: section.text("name").map(|name| name.value),
            same,
            place: Self::place(section, section.span.clone()),
        }
    }

    fn term(&mut self, section: &Section<'_>) -> Option<Term> {
        match (section.text("indicator"), section.text("activity")) {
            (Some(id), None) => {
                let Some(indicator) = self.names.indicators.get(&id.value).copied() else {
                    let guess =
                        did_you_mean(&id.value, self.names.indicators.keys().map(String::as_str));
                    let found =
                        format!("the identity's indicator {} is not defined", quote(&id.value));
                    self.report(
                        section,
                        Code::UnknownName,
                        id.span,
                        found,
                        format!("{guess}mend the id, or define the indicator"),
                    );
                    return None;
                };
                let cohort = section.text("cohort").map(|id| self.named_cohort(section, &id));
                let part = section
                    .choice("figure", Part::from_word)
                    .map_or(Part::Denominator, |part| part.value);
                Some(Term::Indicator { indicator, part, cohort: cohort.flatten() })
            }
            (None, Some(id)) => {
                if let Some(key) = ["figure", "cohort"].into_iter().find(|key| section.has(key)) {
                    let found = format!("`{key}` beside an activity, which has one figure");
                    self.report(
                        section,
                        Code::BadValue,
                        section.span_of(key),
                        found,
                        "take it out, or name an indicator instead",
                    );
                }
                self.named_activity(section, &id).map(Term::Activity)
            }
            (indicator, activity) => {
                // One of a wrong type has been reported as that.
                let is_reported = indicator.is_none() && section.has("indicator")
                    || activity.is_none() && section.has("activity");
                if !is_reported {
                    let found = if indicator.is_some() {
                        "a figure of both an indicator and an activity"
                    } else {
                        "a figure of neither an indicator nor an activity"
                    };
                    self.report(
                        section,
                        Code::BadValue,
                        section.span.clone(),
                        found,
                        "name one of the two: { indicator = \"14\", figure = \"denominator\" } or { activity = \"cp_plans\" }",
                    );
                }
                None
            }
        }
    }
}

/// The target keys of an indicator, or of one of its years, as they are written.
#[derive(Clone, Default)]
struct Written {
    target: Option<Spanned<Band>>,
    floor: Option<Spanned<Band>>,
    green: Option<Spanned<Band>>,
    at_floor: Option<AtFloor>,
    /// Whether one of them cannot be read, which has been reported.
    broken: bool,
}

impl Written {
    fn of(section: &Section<'_>) -> Self {
        Self {
            broken: ["target", "floor", "green"]
                .iter()
                .any(|key| section.has(key) && section.band(key).is_none()),
            target: section.band("target"),
            floor: section.band("floor"),
            green: section.band("green"),
            at_floor: section.choice("at_floor", AtFloor::from_word).map(|word| word.value),
        }
    }

    fn is_empty(&self) -> bool {
        self.target.is_none()
            && self.floor.is_none()
            && self.green.is_none()
            && self.at_floor.is_none()
    }

    /// What is left out here is as it is in `own`.
    fn or(self, own: &Self) -> Self {
        Self {
            target: self.target.or_else(|| own.target.clone()),
            floor: self.floor.or_else(|| own.floor.clone()),
            green: self.green.or_else(|| own.green.clone()),
            at_floor: self.at_floor.or(own.at_floor),
            broken: self.broken || own.broken,
        }
    }
}

fn severities(root: &Section<'_>) -> Severities {
    let mut severities = Severities::default();
    for (name, word) in root.map("findings") {
        if let Some(code) = Code::from_name(name) {
            severities.change(code, word);
        }
    }
    severities
}

fn accountability(section: &Section<'_>, otherwise: &Accountability) -> Accountability {
    let read = |key: &str, otherwise: &Option<String>| {
        section.text(key).map(|text| text.value).or_else(|| otherwise.clone())
    };
    Accountability {
        cabinet_member: read("cabinet_member", &otherwise.cabinet_member),
        director: read("director", &otherwise.director),
        portfolio: read("portfolio", &otherwise.portfolio),
        division: read("division", &otherwise.division),
        source: read("source", &otherwise.source),
    }
}

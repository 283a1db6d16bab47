//! Every key of `indicators.toml`, with what it takes and what it means.
//!
//! The reader, the JSON Schema and a test of the documentation all come from these tables, so a key
//! added here is known everywhere. The file format is a contract: it grows by optional keys.

use super::words::{
    Above100, AreaKind, AtFloor, Frequency, Part, Period, Polarity, Precision, PreviousFrom,
    Rollup, Show, UnitWord,
};
use crate::diagnostic::{Code, Severities};
use crate::toml_file::{Key, Kind, Shape};

/// The most decimal places that a result is shown with.
pub const MAX_DECIMALS: u32 = 9;
/// The most periods in the trend of an exception report.
pub const MAX_TREND: u32 = 60;
/// The largest `per` of a rate.
pub const MAX_PER: u32 = 1_000_000_000;

/// The whole file.
pub static FILE: Shape = Shape {
    header: "indicators.toml",
    about: "What a performance scorecard measures, for which areas, against which targets.",
    keys: &[
        Key::required(
            "scorecard",
            Kind::Table(&SCORECARD),
            "what the scorecard is and how it is worked out",
        ),
        Key::optional(
            "accountability",
            Kind::Table(&ACCOUNTABILITY),
            "who answers for the indicators, for exception reports",
        ),
        Key::optional(
            "area",
            Kind::Tables(&AREA),
            "the areas and teams, in the order in which they are shown",
        ),
        Key::required(
            "indicator",
            Kind::Tables(&INDICATOR),
            "the indicators, in the order in which they are shown",
        ),
        Key::optional(
            "cohort",
            Kind::Tables(&COHORT),
            "groups of children that are also shown left out",
        ),
        Key::optional(
            "activity",
            Kind::Tables(&ACTIVITY),
            "the columns of the activity table, in order",
        ),
        Key::optional("identity", Kind::Tables(&IDENTITY), "figures that must be equal"),
        Key::optional(
            "findings",
            Kind::Map { names: Code::changeable, words: Severities::WORDS },
            "how much findings of a code matter here; what cannot be true is always an error",
        ),
    ],
};

static SCORECARD: Shape = Shape {
    header: "[scorecard]",
    about: "What the scorecard is and how it is worked out.",
    keys: &[
        Key::required("title", Kind::Text, "the title that the papers carry"),
        Key::optional("organisation", Kind::Text, "whose scorecard it is"),
        Key::required(
            "area",
            Kind::Text,
            "the area at the top of the tree, which the report is for unless told otherwise",
        ),
        Key::optional(
            "financial_year_start",
            Kind::Whole { min: 1, max: 12 },
            "the number of the month that financial years start in; 4, April, unless said",
        ),
        Key::optional(
            "targets_for",
            Kind::Year,
            "the financial year that the indicators' own targets belong to; without it they are for every year",
        ),
        Key::optional(
            "trend",
            Kind::Whole { min: 1, max: MAX_TREND },
            "how many periods an exception report shows; 4 unless said",
        ),
        Key::optional(
            "precision",
            Kind::Choice(Precision::WORDS),
            "whether ratings, directions and variances compare the exact results or those displayed",
        ),
        Key::optional(
            "rollup",
            Kind::Choice(Rollup::WORDS),
            "whether areas without figures are the sum of their parts, for indicators that do not say",
        ),
        Key::optional(
            "previous",
            Kind::Choice(PreviousFrom::WORDS),
            "whether a month that has been published is compared with as it was published, or as its data folder is now",
        ),
    ],
};

static ACCOUNTABILITY: Shape = Shape {
    header: "[accountability]",
    about: "Who answers for the indicators; any indicator may say otherwise for itself.",
    keys: &ACCOUNTABILITY_KEYS,
};

const ACCOUNTABILITY_KEYS: [Key; 5] = [
    Key::optional("cabinet_member", Kind::Text, "the cabinet member"),
    Key::optional("director", Kind::Text, "the director"),
    Key::optional("portfolio", Kind::Text, "the portfolio"),
    Key::optional("division", Kind::Text, "the division"),
    Key::optional("source", Kind::Text, "the system that the figures come from"),
];

static AREA: Shape = Shape {
    header: "[[area]]",
    about: "An area or a team.",
    keys: &[
        Key::required("name", Kind::Text, "its name, as in the extracts"),
        Key::optional("parent", Kind::Text, "the area that it is part of"),
        Key::optional(
            "kind",
            Kind::Choice(AreaKind::WORDS),
            "a team is in the activity table only",
        ),
        Key::optional("was", Kind::Texts, "other names that it goes by in extracts"),
        Key::optional("from", Kind::Month, "the first month in which it exists"),
        Key::optional("until", Kind::Month, "the last month in which it exists"),
    ],
};

static INDICATOR: Shape = Shape {
    header: "[[indicator]]",
    about: "An indicator.",
    keys: &[
        Key::required("id", Kind::Id, "what it goes by in the extracts"),
        Key::optional("ref", Kind::Text, "what is shown instead of the id"),
        Key::required("section", Kind::Text, "the heading that it stands under"),
        Key::required("name", Kind::Text, "what it measures"),
        Key::required(
            "polarity",
            Kind::Choice(Polarity::WORDS),
            "H higher is better, L lower is better, T the nearer to the target the better",
        ),
        Key::required(
            "period",
            Kind::Choice(Period::WORDS),
            "SS or MS snapshot, YTD year to date, R12M rolling 12 months, Q quarter, A annual",
        ),
        Key::optional(
            "frequency",
            Kind::Choice(Frequency::WORDS),
            "how often there is a new figure; from the period unless said",
        ),
        Key::required("unit", Kind::Choice(UnitWord::WORDS), "what the result is counted in"),
        Key::optional("per", Kind::Whole { min: 1, max: MAX_PER }, "for a rate: per how many"),
        Key::optional(
            "decimals",
            Kind::Whole { min: 0, max: MAX_DECIMALS },
            "decimal places shown; 0 for a number and 1 for the others unless said",
        ),
        Key::optional("target", Kind::NumberOrPair, "what should be reached; a T may have a pair"),
        Key::optional(
            "floor",
            Kind::Floor,
            "beyond it a result is red; a pair for T; \"none\" where there is only green or red",
        ),
        Key::optional(
            "green",
            Kind::Pair,
            "for T: the green band, when it is wider than the target",
        ),
        Key::optional(
            "at_floor",
            Kind::Choice(AtFloor::WORDS),
            "what a result exactly on the floor is rated; amber unless said",
        ),
        Key::optional(
            "rollup",
            Kind::Choice(Rollup::WORDS),
            "whether areas without figures are the sum of their parts",
        ),
        Key::optional("excludes", Kind::Texts, "the cohorts that the indicator already leaves out"),
        Key::optional(
            "above_100",
            Kind::Choice(Above100::WORDS),
            "whether a percentage may be above 100; \"no\" unless said",
        ),
        Key::optional("was", Kind::Texts, "other ids that it goes by in extracts"),
        Key::optional("from", Kind::Month, "the first month in which it is reported"),
        Key::optional("until", Kind::Month, "the last month in which it is reported"),
        Key::optional(
            "period_note",
            Kind::Text,
            "replaces the generated words on what the period covers",
        ),
        Key::optional("note", Kind::Text, "a footnote"),
        Key::optional("cabinet_member", Kind::Text, "the cabinet member for this indicator"),
        Key::optional("director", Kind::Text, "the director for this indicator"),
        Key::optional("portfolio", Kind::Text, "the portfolio of this indicator"),
        Key::optional("division", Kind::Text, "the division of this indicator"),
        Key::optional("source", Kind::Text, "the system that this indicator's figures come from"),
        Key::optional(
            "targets",
            Kind::Years(&TARGETS),
            "targets of other financial years; what is left out is as for the indicator",
        ),
    ],
};

static TARGETS: Shape = Shape {
    header: "[indicator.targets.\"2014/15\"]",
    about: "The target of another financial year; keys left out are as for the indicator.",
    keys: &[
        Key::optional("target", Kind::NumberOrPair, "that year's target"),
        Key::optional("floor", Kind::Floor, "that year's floor"),
        Key::optional("green", Kind::Pair, "that year's green band"),
        Key::optional(
            "at_floor",
            Kind::Choice(AtFloor::WORDS),
            "what a result exactly on that year's floor is rated",
        ),
    ],
};

static COHORT: Shape = Shape {
    header: "[[cohort]]",
    about: "A group of children that is also shown left out.",
    keys: &[
        Key::required("id", Kind::Id, "what it goes by in the extracts, in any case"),
        Key::required("name", Kind::Text, "its name"),
        Key::optional("title", Kind::Text, "the title of its table"),
        Key::optional(
            "group",
            Kind::Tables(&GROUP),
            "the blocks of its table, in order; without any, one block of all that has figures",
        ),
    ],
};

static GROUP: Shape = Shape {
    header: "[[cohort.group]]",
    about: "A block of the cohort's table.",
    keys: &[
        Key::optional("title", Kind::Text, "its heading"),
        Key::optional(
            "areas",
            Kind::Texts,
            "its areas; without it, every area with figures for the cohort",
        ),
        Key::optional(
            "indicators",
            Kind::Texts,
            "its indicators; without it, every indicator with figures for the cohort",
        ),
    ],
};

static IDENTITY: Shape = Shape {
    header: "[[identity]]",
    about: "Figures that are the same count, so that they must be equal in every area that has them.",
    keys: &[
        Key::optional("name", Kind::Text, "what is counted"),
        Key::required(
            "same",
            Kind::Tables(&TERM),
            "the figures, at least two: an indicator's, or an activity",
        ),
    ],
};

static TERM: Shape = Shape {
    header: "[[identity.same]]",
    about: "One of the figures of an identity.",
    keys: &[
        Key::optional("indicator", Kind::Text, "the id of an indicator"),
        Key::optional(
            "figure",
            Kind::Choice(Part::WORDS),
            "which of its figures; the denominator unless said",
        ),
        Key::optional(
            "cohort",
            Kind::Text,
            "the cohort whose part of the figure is meant; without it, everyone's",
        ),
        Key::optional("activity", Kind::Text, "instead of an indicator, the id of an activity"),
    ],
};

static ACTIVITY: Shape = Shape {
    header: "[[activity]]",
    about: "A column of the activity table.",
    keys: &[
        Key::required("id", Kind::Id, "its column in the extracts"),
        Key::required("name", Kind::Text, "its heading"),
        Key::optional(
            "show",
            Kind::Choice(Show::WORDS),
            "this month, last month and the change, or this month alone",
        ),
        Key::optional(
            "starts",
            Kind::Text,
            "the activity that counts what came in since last month",
        ),
        Key::optional(
            "ends",
            Kind::Text,
            "the activity that counts what went out since last month",
        ),
    ],
};

//! `[scorecard]`: what the scorecard is and how it is worked out.

use super::words::{CompareWith, Precision, PreviousFrom, Rollup};
use crate::toml_file::kinds::{Choice, ChoiceList, TextValue, Whole, YearValue};
use crate::toml_file::table;

/// The most periods in the trend of an exception report.
pub const MAX_TREND: u32 = 60;

table! {
    ScorecardKeys: "[scorecard]", "What the scorecard is and how it is worked out.";
    title: required TextValue, "the title that the papers carry";
    organisation: optional TextValue, "whose scorecard it is";
    template: optional TextValue,
        "a Word document, beside the definitions, whose styles, headers and footers the document \
         takes";
    area: required TextValue,
        "the area at the top of the tree, which the report is for by default";
    financial_year_start: optional Whole<1, 12>,
        "the number of the month that financial years start in; 4, April, by default";
    targets_for: optional YearValue,
        "the financial year that the indicators' own targets belong to; without it they are for \
         every year";
    trend: optional Whole<1, MAX_TREND>,
        "how many periods an exception report shows; 4 by default";
    precision: optional Choice<Precision>,
        "whether ratings, directions and variances compare the exact results or those displayed";
    rollup: optional Choice<Rollup>,
        "whether areas without figures are the sum of their parts, for indicators that do not say \
         so themselves";
    previous: optional Choice<PreviousFrom>,
        "whether a month that has been published is compared with as it was published, or as its \
         data folder is now";
    compare: optional ChoiceList<CompareWith>,
        "which earlier results figures are compared with, for indicators that do not say so \
         themselves; the previous one and the outturn by default";
    marking: optional TextValue,
        "what stands in every header and footer of the directors' edition, such as OFFICIAL-SENSITIVE";
}

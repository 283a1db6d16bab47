//! Generates projects of any size with invented figures. The same size always gives the same bytes.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// How large a project is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many areas, including the top one.
    pub areas: usize,
    /// How many indicators.
    pub indicators: usize,
    /// How many of the indicators have a row for a cohort as well as one for everyone.
    pub with_cohort: usize,
    /// How many months of data, up to January 2016.
    pub months: usize,
}

impl Size {
    /// A county: a top area, four below it, forty-four indicators.
    pub const COUNTY: Self = Self { areas: 5, indicators: 44, with_cohort: 14, months: 15 };
    /// A nation: every area of every authority.
    pub const NATION: Self = Self { areas: 4560, indicators: 44, with_cohort: 14, months: 15 };
}

/// The last month of every generated project.
pub const MONTH: &str = "2016-01";

/// Writes the project into a folder.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(size: Size, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("indicators.toml"), definitions(size))?;
    let mut random = Random(42);
    for back in (0..size.months).rev() {
        let months = 2016 * 12 - back;
        let month = folder.join("data").join(format!("{:04}-{:02}", months / 12, months % 12 + 1));
        std::fs::create_dir_all(&month)?;
        std::fs::write(month.join("results.csv"), results(size, &mut random))?;
    }
    Ok(())
}

/// The definitions: polarities, units and floors alternate, and the areas are a tree of authorities
/// with thirty areas each.
pub fn definitions(size: Size) -> String {
    let mut text = "[scorecard]\ntitle = \"Generated\"\narea = \"Area 0\"\n\n\
        [[cohort]]\nid = \"uasc\"\nname = \"UASC\"\n"
        .to_owned();
    for area in 0..size.areas {
        let _ = write!(text, "\n[[area]]\nname = \"Area {area}\"\n");
        if area > 0 {
            let parent = if area % 30 == 1 { 0 } else { (area - 1) / 30 * 30 + 1 };
            let _ = writeln!(text, "parent = \"Area {parent}\"");
        }
    }
    for indicator in 0..size.indicators {
        let keys = match indicator % 4 {
            0 => "polarity = \"H\"\ntarget = 85\nfloor = 76.5\nunit = \"percent\"",
            1 => "polarity = \"L\"\ntarget = 9\nfloor = 12\nunit = \"percent\"",
            2 => {
                "polarity = \"T\"\ntarget = 50\ngreen = [40, 60]\nfloor = [30, 70]\n\
                 unit = \"percent\""
            }
            _ => "polarity = \"L\"\ntarget = 15\nfloor = 25\nunit = \"average\"",
        };
        let section = indicator / 6;
        let _ = write!(
            text,
            "\n[[indicator]]\nid = \"{indicator}\"\nsection = \"SECTION {section}\"\n\
             name = \"Measure {indicator} of what was done in time\"\nperiod = \"SS\"\n{keys}\n"
        );
    }
    text
}

fn results(size: Size, random: &mut Random) -> String {
    let mut text = String::with_capacity(size.areas * (size.indicators + size.with_cohort) * 28);
    text.push_str("indicator,area,cohort,numerator,denominator,value\n");
    for area in 0..size.areas {
        for indicator in 0..size.indicators {
            let denominator = 100 + random.below(4000);
            let numerator = random.below(denominator + 1);
            let _ = writeln!(text, "{indicator},Area {area},all,{numerator},{denominator},");
            if indicator < size.with_cohort {
                let part = random.below(denominator / 3 + 1).min(denominator);
                let _ = writeln!(
                    text,
                    "{indicator},Area {area},uasc,{},{part},",
                    random.below(part + 1).min(numerator)
                );
            }
        }
    }
    text
}

/// Knuth's linear congruential generator, which is good enough for figures that nobody reads.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

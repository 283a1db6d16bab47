//! What the commands share on the command line. The options of a single command are in its own
//! file, in [`command`](crate::command).

mod arrange;
mod format;
mod options;
pub mod spelling;
mod stray;

pub use arrange::put_command_first;
pub use format::{Format, ListingFormat};
pub use options::{
    AboutOptions, AreaOptions, CommandFormat, EditionOptions, FileOptions, MonthOptions,
    OutputOptions, ProductOptions, ProjectOptions,
};
pub use stray::tip_for_stray_word;

/// A mistake on the command line that can only be found after parsing: a combination of options
/// that depends on their values. It is reported like the parser's own errors, with the usage of the
/// command.
#[derive(Debug)]
pub struct Mistake(pub String);

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mistake {}

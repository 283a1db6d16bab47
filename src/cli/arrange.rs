//! Moves the command in front of any options, so that they may also be written before it.

use std::ffi::OsString;

use clap::{Arg, Command};

use super::spelling::is_help;

/// Moves the command in front of the options before it, so that the command's own parser reads all
/// of them, and writes it and a wish for help as the parser knows them. Without a command the other
/// arguments are unchanged.
///
/// The first of `args` is the name of the program.
#[must_use]
pub fn put_command_first(
    root: &Command,
    args: impl IntoIterator<Item = OsString>,
) -> Vec<OsString> {
    let mut args: Vec<_> = args.into_iter().collect();
    for arg in &mut args {
        if is_help(&arg.to_string_lossy()) {
            *arg = "--help".into();
        }
    }
    if let Some(position) = command_position(root, &args) {
        args[1..=position].rotate_right(1);
        // `help` is followed by another one.
        let names = if args[1].eq_ignore_ascii_case("help") { 2 } else { 1 };
        for arg in args.iter_mut().skip(1).take(names) {
            if let Some(name) = command_named(root, &arg.to_string_lossy()) {
                *arg = name.into();
            }
        }
    }
    args
}

/// The command with this name, in any case.
fn command_named(root: &Command, text: &str) -> Option<String> {
    // That of the parser itself is not in the list yet.
    let mut names = root.get_subcommands().map(Command::get_name).chain(["help"]);
    names.find(|name| name.eq_ignore_ascii_case(text)).map(str::to_owned)
}

/// The position of the command, which is the first argument that is neither an option nor the value
/// of one. `None` if there is none.
fn command_position(root: &Command, args: &[OsString]) -> Option<usize> {
    let is_command = |text: &str| command_named(root, text).is_some();
    // A misspelt option may or may not take a value, so what follows it counts as a command only if
    // it has the name of one.
    let mut is_certain = true;
    let mut rest = args.iter().enumerate().skip(1);
    while let Some((position, arg)) = rest.next() {
        let text = arg.to_string_lossy();
        match classify(root, &text) {
            Argument::Separator => return None,
            Argument::Word if is_certain || is_command(&text) => return Some(position),
            Argument::Word | Argument::Whole => {}
            Argument::WantsValue(_) => {
                rest.next();
            }
            Argument::Unknown => is_certain = false,
        }
    }
    None
}

/// The kind of an argument.
pub(super) enum Argument<'c> {
    /// Not an option.
    Word,
    /// Complete options: flags, or an option with its value in the same argument.
    Whole,
    /// An option whose value is the next argument.
    WantsValue(&'c Arg),
    /// An option that no command has.
    Unknown,
    /// `--`.
    Separator,
}

pub(super) fn classify<'c>(root: &'c Command, text: &str) -> Argument<'c> {
    if text == "--" {
        return Argument::Separator;
    }
    if let Some(long) = text.strip_prefix("--") {
        let (name, value) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
        return match find(root, |arg| arg.get_long() == Some(name)) {
            None => Argument::Unknown,
            Some(arg) if takes_value(arg) && value.is_none() => Argument::WantsValue(arg),
            Some(_) => Argument::Whole,
        };
    }
    let Some(shorts) = text.strip_prefix('-').filter(|shorts| !shorts.is_empty()) else {
        return Argument::Word;
    };
    for (index, short) in shorts.char_indices() {
        match find(root, |arg| arg.get_short() == Some(short)) {
            None => return Argument::Unknown,
            Some(arg) if takes_value(arg) => {
                let has_value = index + short.len_utf8() < shorts.len();
                return if has_value { Argument::Whole } else { Argument::WantsValue(arg) };
            }
            Some(_) => {}
        }
    }
    Argument::Whole
}

/// An option of the program or of one of its commands. `None` if none matches.
fn find(root: &Command, is_it: impl Fn(&Arg) -> bool) -> Option<&Arg> {
    let commands = std::iter::once(root).chain(root.get_subcommands());
    commands.flat_map(Command::get_arguments).find(|arg| is_it(arg))
}

fn takes_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

#[cfg(test)]
mod tests {
    use clap::{ArgAction, Command};

    use super::*;

    fn arranged(line: &str) -> String {
        let option = |short| Arg::new("month").short(short).long("month");
        let flag = |name| Arg::new(name).long(name).short('s').action(ArgAction::SetTrue);
        let root = Command::new("program")
            .arg(option('m'))
            .subcommand(Command::new("check").arg(option('m')).arg(flag("strict")))
            .subcommand(Command::new("new").arg(Arg::new("month")));
        let args = put_command_first(&root, line.split(' ').map(OsString::from));
        args.iter().map(|arg| arg.to_str().expect("text")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_command_comes_first() {
        for (line, expected) in [
            ("program", "program"),
            ("program check -m 1", "program check -m 1"),
            ("program -m 1 check -s", "program check -m 1 -s"),
            ("program -m1 check", "program check -m1"),
            ("program --month=1 -s check x", "program check --month=1 -s x"),
            ("program --month 1 new 2", "program new --month 1 2"),
            // The value of an option is not the command, even if it has the same name.
            ("program -m check", "program -m check"),
            ("program -m check check", "program check -m check"),
            ("program -sm check new", "program new -sm check"),
            ("program -smcheck new", "program new -smcheck"),
            ("program --help check", "program check --help"),
            ("program -m 1 help check", "program help -m 1 check"),
            // As people write them elsewhere.
            ("program -m 1 CHECK", "program check -m 1"),
            ("program Help New", "program help new"),
            ("program /?", "program --help"),
            ("program check -?", "program check --help"),
        ] {
            assert_eq!(arranged(line), expected, "{line}");
        }
    }

    #[test]
    fn mistakes_are_left_to_the_command_that_they_are_made_with() {
        for (line, expected) in [
            ("program -m 1 chekc", "program chekc -m 1"),
            ("program --mnth 1 check", "program check --mnth 1"),
            ("program -x check", "program check -x"),
            ("program --mnth 1 chekc", "program --mnth 1 chekc"),
            ("program -m", "program -m"),
            ("program -- check", "program -- check"),
            ("program - check", "program - check"),
        ] {
            assert_eq!(arranged(line), expected, "{line}");
        }
    }
}

//! What a word that belongs to nothing was probably meant as: a part of the value before it, which
//! has a space in it and stands without quotation marks.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use super::arrange::{Argument, classify};

/// What to write where `stray` stands alone in a command line: `-a East Kent`. `None` if it follows
/// no value.
#[must_use]
pub fn tip_for_stray_word(root: &Command, args: &[OsString], stray: &str) -> Option<String> {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let is_command = |text: &str| root.find_subcommand(text).is_some();
    let is_value = |text: &str| matches!(classify(root, text), Argument::Word) && !is_command(text);
    if !is_value(stray) {
        return in_another_case(root, stray);
    }
    let at = (2..args.len()).find(|at| args[*at] == stray && is_value(&args[at - 1]))?;
    let words: Vec<_> =
        args[at - 1..].iter().map(AsRef::as_ref).take_while(|text| is_value(text)).collect();
    let before = &args[at - 2];
    match classify(root, before) {
        Argument::WantsValue(option) => Some(for_option(option, before, &words)),
        // Numbers stand for themselves.
        _ if is_command(before) && words.iter().any(|word| word.contains(char::is_alphabetic)) => {
            Some(in_quotation_marks(before, &words))
        }
        _ => None,
    }
}

/// The option that a letter is in the other case: `-M`. The parser itself knows when a long one is
/// nearly right.
fn in_another_case(root: &Command, stray: &str) -> Option<String> {
    let letter = stray.strip_prefix('-').filter(|letter| letter.len() == 1)?;
    let other = |letter: char| {
        if letter.is_ascii_uppercase() {
            letter.to_ascii_lowercase()
        } else {
            letter.to_ascii_uppercase()
        }
    };
    let option: String = ["-", &letter.chars().map(other).collect::<String>()].concat();
    let is_known = match classify(root, &option) {
        Argument::WantsValue(_) | Argument::Whole => true,
        Argument::Word | Argument::Unknown | Argument::Separator => option == "-V",
    };
    is_known.then(|| format!("did you mean {option}?"))
}

fn for_option(option: &Arg, name: &str, words: &[&str]) -> String {
    let each = || {
        let each: Vec<_> = words.iter().map(|word| format!("{name} {word}")).collect();
        format!("several are named one by one: {}", each.join(" "))
    };
    let is_list = matches!(option.get_action(), ArgAction::Append);
    match (is_list, option.get_possible_values().is_empty()) {
        (true, false) => each(),
        (true, true) => format!("{}; {}", in_quotation_marks(name, words), each()),
        (false, _) => in_quotation_marks(name, words),
    }
}

fn in_quotation_marks(before: &str, words: &[&str]) -> String {
    format!("what has a space in it stands in quotation marks: {before} \"{}\"", words.join(" "))
}

//! A suggested source as TOML, with comments on what is not certain.

use std::fmt::Write;

use super::Suggestion;
use super::names::FileName;
use crate::text::{is_invisible, is_unprintable};

/// A text as TOML has it. What cannot be seen, or could be an instruction to a terminal, is written as
/// its number.
pub(super) fn text(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut toml = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_unprintable(letter) || is_invisible(letter) {
            // Writing to a string cannot fail.
            let _ = write!(toml, "\\U{:08x}", u32::from(letter));
        } else {
            toml.push(letter);
        }
    }
    toml
}

/// A text or several of them.
pub(super) fn list(texts: &[String]) -> String {
    match texts {
        [one] => text(one),
        _ => format!("[{}]", texts.iter().map(|one| text(one)).collect::<Vec<_>>().join(", ")),
    }
}

/// A name as a key of TOML.
pub(super) fn key(name: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { text(name) }
}

/// A name of the file with ours for it, as a key and a value of TOML: an empty one, where ours is to be
/// filled in.
pub(super) fn renamed(theirs: &str, ours: Option<&str>) -> String {
    format!("{} = {}", text(theirs), text(ours.unwrap_or_default()))
}

/// What is said of a file that is read as it is.
pub(super) fn needs_none(file: &str) -> String {
    format!(
        "# {} needs no [[source]]: it has the name and the columns of a file that is read as it is.\n",
        text(file)
    )
}

/// The table that describes a file.
pub(super) fn source(said: &Suggestion, file: &str, named: &FileName) -> String {
    let mut toml = String::new();
    let mut line = |text: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(toml, "{text}");
    };
    line(&format!(
        "# What {} looks like. Correct it, and put it into the definitions.",
        text(file)
    ));
    line("[[source]]");
    line(&format!("id = {}", text(&named.id)));
    line(&format!("files = {}", text(&named.pattern)));
    for (name, value) in &said.keys {
        line(&format!("{name} = {value}"));
    }
    for draft in &said.key_drafts {
        line(&format!("# {draft}"));
    }
    if !said.columns.is_empty() {
        line("");
        line("[source.columns]");
        for (ours, theirs) in &said.columns {
            line(&format!("{} = {}", ours.as_str(), text(theirs)));
        }
    }
    if let Some(across) = &said.across {
        line("");
        line("[source.across]");
        line(&format!("headings = {}", list(&across.headings)));
        line(&format!("figure = {}", across.figure));
        if !across.ignore.is_empty() {
            line(&format!("ignore = {}", list(&across.ignore)));
        }
    }
    if let Some((column, levels)) = &said.outline {
        line("");
        line("[source.outline]");
        line(&format!("column = {}", text(column)));
        line(&format!("levels = {}", list(levels)));
    }
    for (column, names) in &said.names {
        line("");
        line(
            "# These name nothing that is defined. Say what each is, without the #, or leave it out.",
        );
        line(&format!("[source.names.{}]", key(column.as_str())));
        for name in names {
            line(&format!("# {name}"));
        }
    }
    for draft in &said.drafts {
        line("");
        draft.lines().for_each(|one| line(&format!("# {one}")));
    }
    if !said.notes.is_empty() {
        line("");
        for note in &said.notes {
            note.lines().for_each(|one| line(&format!("# {one}")));
        }
    }
    toml
}

//! The rooms of the program stand on floors, and no arrow goes up.
//!
//! A room is a module of `src/`; an arrow goes to what it names with `crate::`. What only the tests
//! of a module name does not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up, and their rooms.
const FLOORS: [(&str, &[&str]); 7] = [
    (
        "ground",
        &[
            "diagnostic",
            "figure",
            "input",
            "month",
            "output",
            "population",
            "rating",
            "stderr",
            "text",
            "threads",
            "toml_file",
        ],
    ),
    ("what it means", &["definition", "scope"]),
    ("what was read", &["extract", "history", "record"]),
    ("what was found", &["assess", "expected", "scorecard"]),
    ("pages", &["check", "layout", "wording"]),
    ("formats", &["render"]),
    ("top", &["cli", "command", "main", "pack", "publish"]),
];

/// One module naming another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
    /// The file and line.
    place: String,
}

/// The index of the floor that a room is on.
fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, rooms)| rooms.contains(&room))
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The text with its lines where they were, but without comments and modules of tests.
fn without_comments_and_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    let mut is_test = false;
    while let Some(line) = lines.next() {
        is_test |= line == "#[cfg(test)]"
            && lines.peek().is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
        if !is_test {
            kept.push_str(line.split("//").next().unwrap_or_default());
        }
        kept.push('\n');
        is_test &= line != "}";
    }
    kept
}

/// The identifier that text starts with.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The first identifiers of what comes after `crate::`: one, or those of a list in braces.
fn first_identifiers(after: &str) -> Vec<&str> {
    let Some(list) = after.strip_prefix('{') else {
        return vec![identifier(after)];
    };
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut is_start = true;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_start = true,
            c if is_start && !c.is_whitespace() => {
                found.push(identifier(&list[at..]));
                is_start = false;
            }
            _ => {}
        }
    }
    found
}

/// The rooms that the text of a module names, each with its line. `depth` is how many names the
/// module's path has: so many `super::` lead to the root.
fn named_rooms(text: &str, root: &str, depth: usize) -> Vec<(String, usize)> {
    let text = without_comments_and_tests(text);
    let climb = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in [root, &climb] {
        for (at, _) in text.match_indices(start) {
            let before = &text[..at];
            // Another word that ends in the same letters, or a step further up.
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = before.matches('\n').count() + 1;
            let rooms = first_identifiers(&text[at + start.len()..]);
            found.extend(rooms.into_iter().map(|room| (room.to_owned(), line)));
        }
    }
    found
}

/// All arrows between the rooms.
fn arrows() -> Vec<Arrow> {
    let source = source_folder();
    let mut found = Vec::new();
    for file in files(&source) {
        let below = file.strip_prefix(&source).expect("it is below").with_extension("");
        let path: Vec<_> = below
            .iter()
            .map(|name| name.to_str().expect("text"))
            .filter(|name| *name != "mod")
            .collect();
        if path == ["lib"] || path.ends_with(&["tests"]) {
            continue;
        }
        let from = path[0];
        let root = if from == "main" { "scorecard::" } else { "crate::" };
        let text = fs::read_to_string(&file).expect("a file");
        for (to, line) in named_rooms(&text, root, path.len()) {
            if to != from && to != "self" {
                let place = format!("src/{}.rs:{line}", below.display());
                found.push(Arrow { from: from.to_owned(), to, place });
            }
        }
    }
    found
}

#[test]
fn every_room_is_on_a_floor() {
    let rooms = fs::read_dir(source_folder()).expect("a folder").map(|entry| {
        let path = entry.expect("an entry").path();
        path.file_stem().expect("a name").to_str().expect("text").to_owned()
    });
    let without: Vec<_> = rooms.filter(|room| room != "lib" && floor(room).is_none()).collect();
    assert!(without.is_empty(), "{without:?} are on no floor");
}

#[test]
fn no_arrow_goes_up() {
    let arrows = arrows();
    assert!(arrows.len() > 100, "the arrows are found: {}", arrows.len());
    let up: Vec<_> = arrows
        .iter()
        .filter(|arrow| match (floor(&arrow.from), floor(&arrow.to)) {
            (Some(from), Some(to)) => to > from,
            // Macros and the like stand in no room; a room without a floor has its own test.
            _ => false,
        })
        .map(|arrow| format!("{}: {} names {}", arrow.place, arrow.from, arrow.to))
        .collect();
    assert!(up.is_empty(), "{} arrows go up:\n{}", up.len(), up.join("\n"));
}

#[test]
fn no_rooms_stand_in_a_circle() {
    let mut below: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for arrow in arrows() {
        below.entry(arrow.from).or_default().entry(arrow.to).or_insert(arrow.place);
    }
    let mut circles = Vec::new();
    let mut done = BTreeSet::new();
    for room in below.keys() {
        walk(room, &below, &mut Vec::new(), &mut done, &mut circles);
    }
    assert!(circles.is_empty(), "circles:\n{}", circles.join("\n"));
}

/// Goes along all arrows from a room, and notes the way where it comes back to where it was.
fn walk<'a>(
    room: &'a str,
    below: &'a BTreeMap<String, BTreeMap<String, String>>,
    way: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    circles: &mut Vec<String>,
) {
    if let Some(start) = way.iter().position(|passed| *passed == room) {
        let rooms = way[start..].iter().chain([&room]).copied().collect::<Vec<_>>();
        let steps: Vec<_> = rooms
            .windows(2)
            .map(|pair| format!("{} -> {} ({})", pair[0], pair[1], below[pair[0]][pair[1]]))
            .collect();
        circles.push(steps.join(", "));
        return;
    }
    if done.contains(room) {
        return;
    }
    way.push(room);
    for next in below.get(room).into_iter().flat_map(BTreeMap::keys) {
        walk(next, below, way, done, circles);
    }
    way.pop();
    done.insert(room);
}

#[test]
fn arrows_are_read_from_code_and_not_from_comments_or_tests() {
    let text = "\
//! See [`crate::nowhere`].
use crate::month::Month;
use crate::{
    figure::{Decimal, Ratio},
    text, // crate::nowhere
};
use super::super::rating::Rag;
use super::sibling;
fn f() -> crate::output::Sink { other_crate::nowhere() }
#[cfg(test)]
mod tests {
    use crate::nowhere;
}
fn g(_: crate::input::Input) {}
";
    let rooms = named_rooms(text, "crate::", 2);
    let expected =
        [("month", 2), ("figure", 3), ("text", 3), ("output", 9), ("input", 14), ("rating", 7)];
    assert_eq!(rooms, expected.map(|(room, line)| (room.to_owned(), line)));
}

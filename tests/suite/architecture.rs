//! The modules in `src/` are on floors, and a module uses only its own floor and those below.
//!
//! A dependency is a path in one module that leads to another, such as `crate::month`. The unit
//! tests of a module do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the ground up, and the modules on each.
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
            "statistics",
            "stderr",
            "text",
            "threads",
            "toml_file",
        ],
    ),
    ("what it means", &["definition", "scope"]),
    ("what was read", &["extract", "history", "record", "source"]),
    ("what was found", &["assess", "disclosure", "expected", "scorecard"]),
    ("pages", &["check", "layout", "wording"]),
    ("formats", &["render"]),
    ("top", &["cli", "command", "main", "pack", "publish", "site"]),
];

/// A place where one module uses another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    from: String,
    to: String,
    /// The file and line.
    place: String,
}

/// The index of the floor that a module is on. `None` if it is on no floor.
fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files in a folder and its subfolders.
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

/// The text without comments and test modules. Lines keep their numbers.
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

/// The identifier at the start of a text.
fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The first identifiers after `crate::`: a single one, or one for each item of a list in braces.
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

/// The modules that the text of a file uses, with line numbers. `depth` is the number of names in
/// the file's module path, so that many `super::` lead to the root.
fn used_modules(text: &str, root: &str, depth: usize) -> Vec<(String, usize)> {
    let text = without_comments_and_tests(text);
    let to_root = "super::".repeat(depth);
    let mut found = Vec::new();
    for start in [root, &to_root] {
        for (at, _) in text.match_indices(start) {
            let before = &text[..at];
            // Skip longer words that end in the same letters, and paths with more `super::`.
            if before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = before.matches('\n').count() + 1;
            let modules = first_identifiers(&text[at + start.len()..]);
            found.extend(modules.into_iter().map(|module| (module.to_owned(), line)));
        }
    }
    found
}

/// All dependencies between modules.
fn dependencies() -> Vec<Dependency> {
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
        for (to, line) in used_modules(&text, root, path.len()) {
            if to != from && to != "self" {
                let place = format!("src/{}.rs:{line}", below.display());
                found.push(Dependency { from: from.to_owned(), to, place });
            }
        }
    }
    found
}

#[test]
fn every_module_is_on_a_floor() {
    let modules = fs::read_dir(source_folder()).expect("a folder").map(|entry| {
        let path = entry.expect("an entry").path();
        path.file_stem().expect("a name").to_str().expect("text").to_owned()
    });
    let without: Vec<_> =
        modules.filter(|module| module != "lib" && floor(module).is_none()).collect();
    assert!(without.is_empty(), "{without:?} are on no floor");
}

#[test]
fn no_module_uses_a_floor_above_its_own() {
    let dependencies = dependencies();
    assert!(dependencies.len() > 100, "too few dependencies were found: {}", dependencies.len());
    let upward: Vec<_> = dependencies
        .iter()
        .filter(|dependency| match (floor(&dependency.from), floor(&dependency.to)) {
            (Some(from), Some(to)) => to > from,
            // Exported macros belong to no module. A module without a floor fails its own test.
            _ => false,
        })
        .map(|dependency| {
            format!("{}: {} uses {}", dependency.place, dependency.from, dependency.to)
        })
        .collect();
    assert!(
        upward.is_empty(),
        "{} dependencies on a floor above:\n{}",
        upward.len(),
        upward.join("\n")
    );
}

#[test]
fn no_modules_form_a_cycle() {
    let mut below: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for dependency in dependencies() {
        below.entry(dependency.from).or_default().entry(dependency.to).or_insert(dependency.place);
    }
    let mut cycles = Vec::new();
    let mut done = BTreeSet::new();
    for module in below.keys() {
        walk(module, &below, &mut Vec::new(), &mut done, &mut cycles);
    }
    assert!(cycles.is_empty(), "cycles:\n{}", cycles.join("\n"));
}

/// Follows all dependencies of a module, and records each path that returns to a module on it.
fn walk<'a>(
    module: &'a str,
    below: &'a BTreeMap<String, BTreeMap<String, String>>,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
    cycles: &mut Vec<String>,
) {
    if let Some(start) = path.iter().position(|passed| *passed == module) {
        let modules = path[start..].iter().chain([&module]).copied().collect::<Vec<_>>();
        let steps: Vec<_> = modules
            .windows(2)
            .map(|pair| format!("{} -> {} ({})", pair[0], pair[1], below[pair[0]][pair[1]]))
            .collect();
        cycles.push(steps.join(", "));
        return;
    }
    if done.contains(module) {
        return;
    }
    path.push(module);
    for next in below.get(module).into_iter().flat_map(BTreeMap::keys) {
        walk(next, below, path, done, cycles);
    }
    path.pop();
    done.insert(module);
}

#[test]
fn dependencies_are_read_from_code_but_not_from_comments_or_tests() {
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
    let modules = used_modules(text, "crate::", 2);
    let expected =
        [("month", 2), ("figure", 3), ("text", 3), ("output", 9), ("input", 14), ("rating", 7)];
    assert_eq!(modules, expected.map(|(module, line)| (module.to_owned(), line)));
}

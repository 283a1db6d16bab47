//! `indicators.toml`: its keys, values and tables.
//!
//! That a value is another one of its kind, such as another target, is no mutation of structure:
//! what is written is what is meant.

use scorecard::definition::keys;
use scorecard::toml_file::TableShape;

use super::project::Project;
use super::structure::Mutation;

const FILE: &str = "indicators.toml";

/// Every mutation of it.
pub fn mutations(project: &Project) -> Vec<Mutation> {
    let text = project.text(FILE);
    let lines: Vec<_> = text.lines().collect();
    let mut all = Vec::new();
    let mut header = "";
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with('[') {
            header = line;
            of_header(&lines, at, &mut all);
        } else if let Some((key, value)) =
            line.split_once(" = ").filter(|_| !line.starts_with(['#', ' ']))
        {
            of_key(&lines, at, (header, key, value), &mut all);
        }
    }
    of_tables(&lines, &mut all);
    all
}

fn with(lines: &[&str], at: usize, instead: &str) -> String {
    let mut lines = lines.to_vec();
    lines[at] = instead;
    lines.join("\n") + "\n"
}

fn of_key(
    lines: &[&str],
    at: usize,
    (header, key, value): (&str, &str, &str),
    all: &mut Vec<Mutation>,
) {
    let what = |how: &str| format!("{FILE}:{} {header} {how}", at + 1);
    let is_one_line = !value.ends_with('[');
    if is_one_line {
        let deleted = Mutation::of("a key taken out", what(key), FILE, with(lines, at, ""));
        all.push(Mutation { may_be_an_edit: !is_required(header, key), ..deleted });
        all.push(Mutation::of(
            "a key twice",
            what(key),
            FILE,
            with(lines, at, &format!("{0}\n{0}", lines[at])),
        ));
    }
    for misspelt in [format!("{key}x"), key.to_uppercase(), format!("{} {key}", &key[..1])] {
        let line = format!("{misspelt} = {value}");
        all.push(Mutation::of("a key misspelt", what(&misspelt), FILE, with(lines, at, &line)));
    }
    if !is_one_line {
        return;
    }
    let value = value.split(" #").next().unwrap_or_default().trim();
    let plain = value.trim_matches('"');
    let is_text = value.starts_with('"');
    let mut values =
        vec!["", "\"\"", "true", "{}", "[[]]", "[1, 2, 3]", "2016-01-31", "nan", "\"\u{1}\"", "'"];
    let unquoted = if is_text { plain.to_owned() } else { format!("\"{value}\"") };
    let curly = format!("\u{201c}{plain}\u{201d}");
    let open = format!("\"{plain}");
    let per_cent = format!("{plain}%");
    // The other way about, a number in quotation marks is text, and text may be a number's.
    values.extend([&curly, &open].map(String::as_str));
    if value.starts_with('"') && plain.parse::<f64>().is_err() || !is_text {
        values.push(&unquoted);
    }
    if !is_text {
        values.push(&per_cent);
    }
    // A few of them for each key; every one has its turn.
    let values: Vec<_> = values.into_iter().filter(|other| *other != value).collect();
    for other in values.iter().cycle().skip(at % values.len()).step_by(3).take(3) {
        all.push(Mutation::of(
            "a value of another kind",
            what(&format!("{key} = {other}")),
            FILE,
            with(lines, at, &format!("{key} = {other}")),
        ));
    }
}

fn of_header(lines: &[&str], at: usize, all: &mut Vec<Mutation>) {
    let header = lines[at];
    let name = header.trim_matches(['[', ']']);
    let is_list = header.starts_with("[[");
    let what = |how: &str| format!("{FILE}:{} {header} as {how}", at + 1);
    let others = [
        format!("[[{name}x]]"),
        format!("[{name}"),
        if is_list { format!("[{name}]") } else { format!("[[{name}]]") },
        header.to_uppercase(),
        format!("{name}:"),
        format!("# {header}"),
    ];
    for other in others {
        all.push(Mutation::of("a header misspelt", what(&other), FILE, with(lines, at, &other)));
    }
}

/// The tables: each from its header to the next.
fn of_tables(lines: &[&str], all: &mut Vec<Mutation>) {
    let headers: Vec<_> = (0..lines.len()).filter(|at| lines[*at].starts_with('[')).collect();
    let end = |index: usize| headers.get(index + 1).copied().unwrap_or(lines.len());
    for (index, start) in headers.iter().copied().enumerate() {
        let (table, header) = (&lines[start..end(index)], lines[start]);
        let what = format!("{FILE}:{} {header} {}", start + 1, table.get(1).unwrap_or(&""));
        let name = header.trim_matches(['[', ']']);
        let joined = |parts: &[&[&str]]| parts.concat().join("\n") + "\n";
        let may_go = !keys::FILE
            .keys
            .iter()
            .any(|key| key.name == name && key.required && !header.starts_with("[["));
        let deleted = Mutation::of(
            "a table taken out",
            what.clone(),
            FILE,
            joined(&[&lines[..start], &lines[end(index)..]]),
        );
        all.push(Mutation { may_be_an_edit: may_go, ..deleted });
        let twice = joined(&[&lines[..end(index)], table, &lines[end(index)..]]);
        all.push(Mutation::of("a table twice", what.clone(), FILE, twice));
        let last = joined(&[&lines[..start], &lines[end(index)..], &["", ""], table]);
        all.push(Mutation {
            may_be_an_edit: true,
            ..Mutation::of("a table moved to the end", what.clone(), FILE, last)
        });
        if let Some(next) = headers.get(index + 1).filter(|next| lines[**next] == header) {
            let swapped = joined(&[
                &lines[..start],
                &lines[*next..end(index + 1)],
                table,
                &lines[end(index + 1)..],
            ]);
            all.push(Mutation {
                may_be_an_edit: true,
                ..Mutation::of("two tables that have changed places", what, FILE, swapped)
            });
        }
    }
}

/// Whether a table of the file has to have a key.
fn is_required(header: &str, key: &str) -> bool {
    fn shape(of: &'static TableShape, path: &str) -> Option<&'static TableShape> {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let below = of.key(name)?.kind.below()?;
        if rest.is_empty() { Some(below) } else { shape(below, rest) }
    }
    let shape = shape(keys::FILE, header.trim_matches(['[', ']'])).expect("a table of the file");
    shape.key(key).is_some_and(|key| key.required)
}

//! Explains what is wrong with a line that is not TOML in terms that its author understands, and
//! shows the line as it should be.
//!
//! The parser only says what it expected next. People who are used to spreadsheets leave out
//! quotation marks, write `90%`, or paste curly quotation marks from a word processor. These
//! mistakes are recognised here, after the parser has rejected a line. For any other mistake the
//! parser's message is shown.

use crate::text::quote;

/// What was found, and the remedy.
pub(super) type Slip = (String, String);

/// The mistake in a line, given the parser's message about it.
pub(super) fn of(line: &str, message: &str) -> Slip {
    let line = without_comment(line).trim();
    let of_parser = || of_parser(line, message);
    if line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>") {
        return slip(
            "this line is left over from a merge",
            "keep one of the two versions, and delete lines like this",
        );
    }
    if message.contains("multi-line") {
        return slip(
            "a text that is opened with three quotation marks is never closed",
            "close it with three quotation marks",
        );
    }
    if line.starts_with('[') {
        return of_header(line, message);
    }
    if let Some(straight) = straightened(line) {
        return slip(
            "the quotation marks are curly, as word processors make them",
            format!("write straight ones: {straight}"),
        );
    }
    let Some((key, value)) = line.split_once('=') else {
        return without_equals(line).unwrap_or_else(of_parser);
    };
    let (key, value) = (key.trim_end_matches(' '), value.trim());
    if message.contains("duplicate key") {
        return slip(format!("`{key}` is in its table twice"), "keep one of them");
    }
    of_key(key, value).or_else(|| of_value(key, value, message)).unwrap_or_else(of_parser)
}

fn slip(found: impl Into<String>, remedy: impl Into<String>) -> Slip {
    (found.into(), remedy.into())
}

/// The parser's message, for a mistake that is not recognised.
fn of_parser(line: &str, message: &str) -> Slip {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    let what = if line.is_empty() { "the file" } else { "this line" };
    let remedy = "a line is a key, = and a value, such as target = 85; text, months (\"2016-01\") \
        and years (\"2015/16\") need straight quotation marks";
    slip(format!("{what} cannot be read as TOML ({message})"), remedy)
}

/// A line without its comment, which starts at a # outside of a text.
fn without_comment(line: &str) -> &str {
    let mut within = None;
    for (index, letter) in line.char_indices() {
        match (letter, within) {
            ('#', None) => return &line[..index],
            ('"' | '\'', None) => within = Some(letter),
            (_, Some(mark)) if letter == mark => within = None,
            _ => {}
        }
    }
    line
}

/// A line with its curly quotation marks made straight. `None` if it has none; an apostrophe does
/// not count.
fn straightened(line: &str) -> Option<String> {
    let is_double = |letter: char| matches!(letter, '\u{201c}'..='\u{201f}');
    let is_single = |letter: char| matches!(letter, '\u{2018}'..='\u{201b}');
    let (start, value) = line.split_at(line.find('=').map_or(0, |equals| equals + 1));
    let value = value.trim();
    if value.starts_with(is_single) && value.ends_with(is_single) {
        return Some(format!("{start} \"{}\"", value.trim_matches(is_single)));
    }
    let is_outermost = value.trim_start_matches('[').starts_with(is_double)
        || value.trim_end_matches(']').ends_with(is_double);
    is_outermost.then(|| format!("{start} {}", value.replace(is_double, "\"")))
}

fn of_header(line: &str, message: &str) -> Slip {
    let name = line.trim_matches(['[', ']', ' ']);
    if message.contains("duplicate key") {
        return slip(
            format!("the header {line} is in the file twice"),
            "put the keys of both under one of them",
        );
    }
    let written = match name.rsplit_once('.') {
        // Only a year has a / in it.
        Some((before, year)) if year.contains('/') => {
            format!("[{before}.\"{}\"]", year.trim_matches('"'))
        }
        _ if line.starts_with("[[") || line.ends_with("]]") => format!("[[{name}]]"),
        _ => format!("[{name}]"),
    };
    let why = if written.contains('"') && !name.contains('"') {
        ": a year in it needs quotation marks"
    } else {
        ""
    };
    slip(
        format!("{line} is not how a header is written{why}"),
        format!("write {written} on a line of its own"),
    )
}

/// The mistake in a line that has no `=`. `None` if the line is empty.
fn without_equals(line: &str) -> Option<Slip> {
    let is_key = |key: &str| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    if let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key.trim())) {
        return Some(slip(
            "there is a colon where = should be",
            format!("write {} = {}", key.trim(), value.trim()),
        ));
    }
    match line.split_once(' ').map(|(key, value)| (key, value.trim())) {
        Some((key, value))
            if is_key(key) && (value.starts_with(['"', '[']) || is_number(value)) =>
        {
            Some(slip(
                format!("there is no = between `{key}` and its value"),
                format!("write {key} = {value}"),
            ))
        }
        _ if line.is_empty() => None,
        _ => Some(slip(
            "this line is neither a header nor a key with its value",
            "put # in front of it if it is a comment, or delete it",
        )),
    }
}

fn of_key(key: &str, value: &str) -> Option<Slip> {
    if key.is_empty() {
        return Some(slip("there is no key before the =", "write the key, or delete the line"));
    }
    if key.starts_with(['"', '\''])
        || key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    {
        return None;
    }
    if key.contains(|letter: char| {
        !letter.is_ascii() && (letter.is_whitespace() || crate::text::is_invisible(letter))
    }) {
        return Some(slip(
            "there is an invisible character in this line",
            "type the line again, with plain spaces",
        ));
    }
    let word = key.split_whitespace().collect::<Vec<_>>().join("_");
    Some(slip(
        format!("{} is not how a key is written", quote(key)),
        format!("write it as one word, with _ for spaces: {word} = {value}"),
    ))
}

fn of_value(key: &str, value: &str, message: &str) -> Option<Slip> {
    let write = |value: &str| format!("write {key} = {value}");
    if let Some(value) = value.strip_prefix('=') {
        return Some(slip("there are two = where there should be one", write(value.trim())));
    }
    if value.is_empty() {
        return Some(slip(
            format!("there is nothing after `{key} =`"),
            "write the value, or delete the line",
        ));
    }
    if value.starts_with('[') {
        let open = value.matches('[').count() > value.matches(']').count();
        let remedy = "put it between [ and ], with commas between its items and each text in \
            quotation marks";
        return Some(slip(
            if open {
                "a list is opened with [ and never closed"
            } else {
                "this is not how a list is written"
            },
            remedy,
        ));
    }
    if let Some((before, _)) = value.split_once(" //") {
        return Some(slip("a comment begins with #, not with //", write(before)));
    }
    // For example `target = 90 floor = 80`.
    if value
        .trim_start_matches('"')
        .split_once('=')
        .is_some_and(|(before, _)| before.trim_end().contains([' ', '"']))
    {
        return Some(slip("there are two keys on one line", "put each on a line of its own"));
    }
    if value.contains('"') {
        return of_quotation_marks(key, value, message);
    }
    if let Some((found, meant)) = of_number(key, value) {
        return Some(slip(found, write(&meant)));
    }
    let in_quotes = || write(&format!("\"{value}\""));
    let is_digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is = |mark: char| {
        value.split_once(mark).is_some_and(|(year, rest)| is_digits(year, 4) && is_digits(rest, 2))
    };
    if is('/') {
        return Some(slip("a financial year needs straight quotation marks", in_quotes()));
    }
    // `2015-16` is no month.
    if is('-') && (key.trim() == "targets_for" || value[5..] > *"12") {
        let year = value.replace('-', "/");
        return Some(slip(
            "a financial year is written with a / and in straight quotation marks",
            write(&format!("\"{year}\"")),
        ));
    }
    if is('-') {
        return Some(slip("a month needs straight quotation marks", in_quotes()));
    }
    if is_day(value) {
        if value.find('-') == Some(4) {
            let found = format!("there is no such day as {value}");
            return Some(slip(found, "correct the day"));
        }
        let found = format!("{value} is not how a date is written");
        let remedy =
            "write the year first: a month as \"2016-01\" in quotation marks, a day as 2016-01-31";
        return Some(slip(found, remedy));
    }
    let is_text = !value.contains('\'')
        && value.contains(|letter: char| letter.is_alphabetic() || letter == '/');
    is_text.then(|| slip("text needs straight quotation marks", in_quotes()))
}

fn of_quotation_marks(key: &str, value: &str, message: &str) -> Option<Slip> {
    let inner = value.trim_matches('"');
    let (starts, ends) = (value.starts_with('"'), value.ends_with('"') && value.len() > 1);
    let single = || {
        if value.contains('\'') {
            "delete one kind of them".to_owned()
        } else {
            format!("write {key} = '{inner}'")
        }
    };
    let closed = || format!("write {key} = \"{}\"", inner.replace('"', ""));
    match (starts, ends) {
        (true, true) if inner.contains('"') => Some(slip(
            "there are quotation marks inside the quotation marks",
            format!("put single ones around it: {}", single()),
        )),
        (true, _) if value.contains('\\') && message.contains("escape") => Some(slip(
            "a \\ has a special meaning in double quotation marks",
            format!("put single ones around it: {}", single()),
        )),
        (true, false) if !inner.contains('"') => {
            Some(slip("the quotation mark before the text is never closed", closed()))
        }
        (true, false) => Some(slip(
            "there is something after the text",
            "put it on a line of its own, or after a # if it is a comment",
        )),
        (false, true) if !inner.contains('"') => {
            Some(slip("there is a quotation mark after the text and none before it", closed()))
        }
        _ => None,
    }
}

/// What is wrong with a number, and what was meant. `None` if nothing is recognised.
fn of_number(key: &str, value: &str) -> Option<(String, String)> {
    if let Some(meant) = value.strip_suffix('%').map(str::trim).filter(|meant| is_number(meant)) {
        return Some((
            "a number is written without a % sign: `unit` says that it is a percentage".to_owned(),
            meant.to_owned(),
        ));
    }
    if let Some(meant) = value.strip_suffix([';', ',']).filter(|meant| is_number(meant)) {
        return Some(("there is something after the number".to_owned(), meant.to_owned()));
    }
    if let Some(meant) = value
        .strip_prefix(['£', '€', '$', '<', '>', '~', '≥', '≤'])
        .map(str::trim)
        .filter(|meant| is_number(meant))
    {
        return Some((
            format!("a number is written without {}", value.chars().next()?),
            meant.to_owned(),
        ));
    }
    if let Some(meant) = value
        .strip_prefix(['\u{2010}', '\u{2011}', '\u{2012}', '–', '—', '\u{2212}'])
        .filter(|meant| is_number(meant))
    {
        return Some((
            "the minus sign is a dash, as word processors make it".to_owned(),
            format!("-{meant}"),
        ));
    }
    if let Some((low, high)) =
        value.split_once(',').filter(|(low, high)| is_number(low.trim()) && is_number(high.trim()))
    {
        return Some(if high.starts_with(' ') {
            ("a pair of numbers needs square brackets".to_owned(), format!("[{low},{high}]"))
        } else if high.len() == 3 && !low.starts_with('0') {
            (
                "a number is written without commas between its thousands".to_owned(),
                format!("{low}{high}"),
            )
        } else {
            (
                "a number has a decimal point, not a comma".to_owned(),
                format!("{low}.{high}; for a pair, [{low}, {high}]"),
            )
        });
    }
    let digits = value.trim_start_matches('-');
    if digits.starts_with('.') && is_number(&digits[1..]) {
        return Some((
            "a number has a digit before its point".to_owned(),
            value.replacen('.', "0.", 1),
        ));
    }
    if let Some(meant) = value.strip_suffix('.').filter(|meant| is_number(meant)) {
        return Some(("a number has a digit after its point".to_owned(), meant.to_owned()));
    }
    let is_long = digits.len() > 1 && digits.starts_with('0') && is_number(digits);
    let meant =
        || if key == "id" { quote(value) } else { value.trim_start_matches('0').to_owned() };
    is_long.then(|| ("a number does not begin with 0".to_owned(), meant()))
}

/// Whether a text is a number: digits, with at most one decimal point and an optional minus sign.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches('-');
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.ends_with(|last: char| last.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.matches('.').count() < 2
}

/// Whether a text looks like a date, such as `01/04/2015` or `1.4.15`.
fn is_day(text: &str) -> bool {
    let parts: Vec<_> = text.split(['/', '.', '-']).collect();
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;

    fn of(line: &str) -> Option<Slip> {
        let (_, errors) = DeTable::parse_recoverable(line);
        Some(super::of(line.lines().last().unwrap_or_default(), errors.first()?.message()))
    }

    #[test]
    fn a_mistake_is_reported_with_the_correct_line() {
        for (line, found, remedy) in [
            ("name = Visits in time", "text needs", "name = \"Visits in time\""),
            ("polarity = H # higher", "text needs", "polarity = \"H\""),
            ("above_100 = TRUE", "text needs", "\"TRUE\""),
            ("name = “Visits”", "curly", "name = \"Visits\""),
            ("name = “Children’s visits”", "curly", "name = \"Children’s visits\""),
            ("name = ‘Visits’", "curly", "name = \"Visits\""),
            ("was = [“a”, “b”]", "curly", "was = [\"a\", \"b\"]"),
            ("name = \"Children’s", "never closed", "name = \"Children’s\""),
            ("name = N\"", "none before", "name = \"N\""),
            ("name = \"the \"new\" form\"", "inside", "name = 'the \"new\" form'"),
            ("name = \"S:\\data\"", "a \\ has", "name = 'S:\\data'"),
            ("name = \"N\" or so", "something after", "#"),
            ("name = \"\"\"N", "three quotation marks", "close it"),
            ("target: 85", "a colon", "target = 85"),
            ("target 85", "no = between", "target = 85"),
            ("target == 85", "two =", "target = 85"),
            ("target =", "nothing after", "the value"),
            ("= 85", "no key", "the key"),
            ("target for year = 85", "how a key is written", "target_for_year = 85"),
            ("target\u{a0}= 85", "invisible", "again"),
            ("target = 85%", "without a % sign", "target = 85"),
            ("target = 1,000", "thousands", "target = 1000"),
            ("target = 12,5", "decimal point", "target = 12.5"),
            ("target = 15, 20", "square brackets", "target = [15, 20]"),
            ("target = –85", "dash", "target = -85"),
            ("target = £85", "without £", "target = 85"),
            ("target = 85;", "after the number", "target = 85"),
            ("target = .5", "before its point", "target = 0.5"),
            ("target = 85.", "after its point", "target = 85"),
            ("id = 01", "begin with 0", "id = \"01\""),
            ("targets_for = 2026/27", "a financial year needs", "targets_for = \"2026/27\""),
            ("targets_for = 2015-16", "written with a /", "targets_for = \"2015/16\""),
            ("targets_for = 2011-12", "written with a /", "targets_for = \"2011/12\""),
            ("from = 2016-01", "a month needs", "from = \"2016-01\""),
            ("from = 01/04/2015", "how a date is written", "2016-01"),
            ("as_at = 2016-02-30", "no such day", "correct"),
            ("target = 085", "begin with 0", "target = 85"),
            ("target = 85 floor = 80", "two keys", "line of its own"),
            ("target = 85 // so far", "begins with #", "target = 85"),
            ("was = [\"a\"", "never closed", "["),
            ("was = [a, b]", "how a list is written", "comma"),
            ("ask Jo about this", "neither", "#"),
            ("<<<<<<< HEAD", "merge", "one of the two"),
            ("[[indicator]", "header", "[[indicator]]"),
            ("[indicator.targets.2014/15]", "quotation marks", "[indicator.targets.\"2014/15\"]"),
            ("floor = 80\nfloor = 81", "`floor` is in its table twice", "one of them"),
            ("[a]\n[a]", "header [a] is in the file twice", "one of them"),
        ] {
            let slip = of(line).unwrap_or_else(|| panic!("{line} is TOML"));
            assert!(slip.0.contains(found), "{line}: {}", slip.0);
            assert!(slip.1.contains(remedy), "{line}: {}", slip.1);
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[a-z]{0,3}[ =:]{0,3}([0-9,.%'\"#=\\[\\]\\\\ \
            –“”’£/;-]|\\PC){0,12}") {
            let _ = of(&line);
        }
    }
}

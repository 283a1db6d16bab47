//! Files and folders: which there are, where they are, and what their bytes are.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::project::{Changes, Project};
use super::rows::EXTRACTS;
use super::structure::Mutation;

/// Every mutation of them.
pub fn mutations(project: &Project) -> Vec<Mutation> {
    let mut all = Vec::new();
    let files: Vec<_> =
        project.names().filter(|name| !name.ends_with("README.md")).map(str::to_owned).collect();
    for file in &files {
        whole(project, file, &mut all);
        bytes(project, file, &mut all);
    }
    for file in EXTRACTS {
        dialects(project, file, &mut all);
        places(project, file, &mut all);
    }
    months(project, &files, &mut all);
    all
}

fn moved(project: &Project, from: &str, to: &str) -> Changes {
    vec![(from.to_owned(), None), (to.to_owned(), Some(project.file(from).to_owned()))]
}

fn whole(project: &Project, file: &str, all: &mut Vec<Mutation>) {
    let sound = project.file(file);
    all.push(Mutation {
        may_be_an_edit: file.ends_with("month.toml"),
        ..Mutation::new("a file missing", file, vec![(file.to_owned(), None)])
    });
    all.push(Mutation {
        may_be_an_edit: file.ends_with("month.toml"),
        ..Mutation::of("a file empty", file, file, "")
    });
    // A text may say twice what it says.
    if !file.contains("commentary") {
        all.push(Mutation::of("a file twice over", file, file, [sound, sound].concat()));
    }
    // Whoever has cut a commentary off may have meant to, and what is left of a sentence or of
    // dates is as good as the whole.
    if EXTRACTS.contains(&file) || file == "indicators.toml" {
        let pieces = if file == "indicators.toml" { 60 } else { 25 };
        for piece in 1..pieces {
            let end = sound.len() * piece / pieces;
            // Between two tables, definitions end as well as anywhere.
            let cut = Mutation::of(
                "a file cut short",
                format!("{file} after {end} bytes"),
                file,
                &sound[..end],
            );
            all.push(Mutation { may_be_an_edit: file == "indicators.toml", ..cut });
        }
    }
}

/// Bytes that are otherwise and mean the same, or cannot mean anything.
fn bytes(project: &Project, file: &str, all: &mut Vec<Mutation>) {
    let sound = project.text(file);
    let utf_16 = |mark: &str, big: bool| {
        let units = format!("{mark}{sound}");
        units
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect::<Vec<u8>>()
    };
    let curly = sound.replace('&', "\u{2019}&");
    let mut add = |class, what: &str, bytes: Vec<u8>| {
        all.push(Mutation::of(class, format!("{file} {what}"), file, bytes));
    };
    let encoded = "another encoding";
    add(encoded, "UTF-8 with its mark", [b"\xef\xbb\xbf", sound.as_bytes()].concat());
    add(encoded, "UTF-16", utf_16("\u{feff}", false));
    add(encoded, "UTF-16, the other way round", utf_16("\u{feff}", true));
    add(encoded, "UTF-16 without its mark", utf_16("", false));
    if curly != sound && !file.contains("commentary") {
        add(encoded, "Windows-1252", WINDOWS_1252.encode(&curly).0.into_owned());
        add(encoded, "Macintosh", MACINTOSH.encode(&curly).0.into_owned());
    }
    let lines = "other line ends";
    add(lines, "CRLF", sound.replace('\n', "\r\n").into_bytes());
    add(lines, "CR", sound.replace('\n', "\r").into_bytes());
    add(lines, "CRLF in places", sound.replacen('\n', "\r\n", 2).into_bytes());
    add(lines, "none at the end", sound.trim_end().as_bytes().to_vec());
    add(lines, "many at the end", format!("{sound}\n\n\n").into_bytes());
    add(lines, "a NUL at the end", format!("{sound}\0").into_bytes());
}

/// CSV as other programs write it.
fn dialects(project: &Project, file: &str, all: &mut Vec<Mutation>) {
    let sound = project.text(file);
    let mut add = |what: &str, text: String| {
        all.push(Mutation::of(
            "another way of writing cells",
            format!("{file} {what}"),
            file,
            text,
        ));
    };
    for (what, delimiter) in [
        ("semicolons", ";"),
        ("tabs", "\t"),
        ("bars", "|"),
        ("commas and spaces", ", "),
        ("spaces", " "),
    ] {
        add(what, sound.replace(',', delimiter));
    }
    add("sep=; and semicolons", format!("sep=;\n{}", sound.replace(',', ";")));
    let lines = |line: &dyn Fn(&str) -> String| sound.lines().map(line).collect::<String>();
    add("quotation marks", lines(&|line| format!("\"{}\"\n", line.replace(',', "\",\""))));
    add("quotation marks around rows", lines(&|line| format!("\"{line}\"\n")));
    add("commas at the end", lines(&|line| format!("{line},,,\n")));
    add("a blank line between rows", lines(&|line| format!("{line}\n\n")));
    add("a quotation mark that is never closed", sound.replacen("Kent", "\"Kent", 1));
    add("a blank row of commas above", format!(",,,,,,\n{sound}"));
}

fn places(project: &Project, file: &str, all: &mut Vec<Mutation>) {
    let (folder, name) = file.rsplit_once('/').expect("a folder");
    let (stem, _) = name.rsplit_once('.').expect("an ending");
    let mut renamed = |to: String| {
        all.push(Mutation::new(
            "a file by another name",
            format!("{file} as {to}"),
            moved(project, file, &to),
        ));
    };
    for name in [
        format!("{stem}.CSV"),
        format!("{}.csv", stem.to_uppercase()),
        format!("{stem} (1).csv"),
        format!("{stem}-final.csv"),
        format!("{stem}.xlsx"),
        format!("{stem}.xls"),
        format!("{stem}.txt"),
        format!("{stem}.csv.txt"),
        format!("Copy of {stem}.csv"),
        format!("2016-01 {stem}.csv"),
        format!("{}.csv", &stem[1..]),
    ] {
        renamed(format!("{folder}/{name}"));
    }
    let mut to = |to: String| {
        all.push(Mutation::new(
            "a file in another place",
            format!("{file} as {to}"),
            moved(project, file, &to),
        ));
    };
    for place in [
        format!("data/{name}"),
        name.to_owned(),
        format!("{folder}/commentary/{name}"),
        format!("{folder}/old/{name}"),
    ] {
        to(place);
    }
    for month in ["data/2016-01", "data/2015-12", "data/2015-03", "data/2015-11"]
        .into_iter()
        .filter(|month| *month != folder)
    {
        let there = format!("{month}/{name}");
        let copied = vec![(there.clone(), Some(project.file(file).to_owned()))];
        let copy =
            Mutation::new("a file in another month", format!("{file} copied to {there}"), copied);
        // The months between are read for the trend of what is red alone.
        all.push(copy);
        all.push(Mutation::new(
            "a file in another month",
            format!("{file} moved to {there}"),
            moved(project, file, &there),
        ));
    }
    for other in EXTRACTS.iter().filter(|other| **other > file) {
        let swapped = vec![
            (file.to_owned(), Some(project.file(other).to_owned())),
            ((*other).to_owned(), Some(project.file(file).to_owned())),
        ];
        all.push(Mutation::new(
            "two files that have changed places",
            format!("{file} and {other}"),
            swapped,
        ));
    }
}

fn months(project: &Project, files: &[String], all: &mut Vec<Mutation>) {
    for month in ["2016-01", "2015-12", "2015-11", "2015-10", "2015-03"] {
        let of_month: Vec<_> =
            files.iter().filter(|file| file.starts_with(&format!("data/{month}/"))).collect();
        let gone: Changes = of_month.iter().map(|file| ((*file).clone(), None)).collect();
        all.push(Mutation::new("a month missing", month, gone));
        for name in [
            "2016-1",
            "January 2016",
            "2016_01",
            "2016-01 (2)",
            "201601",
            "2016-13",
            "2016-01/2016-01",
            "2017-01",
            "2016-02",
        ] {
            let renamed = of_month
                .iter()
                .flat_map(|file| moved(project, file, &file.replacen(month, name, 1)))
                .collect();
            all.push(Mutation::new(
                "a month by another name",
                format!("{month} as {name}"),
                renamed,
            ));
        }
        let copied = of_month
            .iter()
            .map(|file| (file.replacen(month, "2016-02", 1), Some(project.file(file).to_owned())))
            .collect();
        all.push(Mutation::new("a month copied as the next", month, copied));
    }
    let commentary = "data/2016-01/commentary/19.md";
    for name in [
        "19.txt",
        "19.markdown",
        "19",
        "019.md",
        "19 .md",
        "Kent/19.md",
        "North Kent/19.md",
        "../19.md",
        "20.md",
        "../../19.md",
    ] {
        let to = format!("data/2016-01/commentary/{name}");
        all.push(Mutation::new(
            "commentary by another name",
            name,
            moved(project, commentary, &to),
        ));
    }
    for name in ["19.MD", "../Commentary/19.md"] {
        let to = format!("data/2016-01/commentary/{name}");
        all.push(Mutation::new(
            "commentary by another name",
            name,
            moved(project, commentary, &to),
        ));
    }
}

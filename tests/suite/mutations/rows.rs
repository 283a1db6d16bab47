//! Rows and columns of extracts, and the names in them.

use super::project::Project;
use super::structure::Mutation;

/// The extracts of the last two months and of the outturn.
pub const EXTRACTS: [&str; 6] = [
    "data/2016-01/results.csv",
    "data/2016-01/results-uasc.csv",
    "data/2016-01/activity.csv",
    "data/2015-12/results.csv",
    "data/2015-12/activity.csv",
    "data/2015-03/results.csv",
];

type Table = Vec<Vec<String>>;

fn table(text: &str) -> Table {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn csv(table: &[Vec<String>]) -> Vec<u8> {
    table.iter().map(|row| row.join(",") + "\n").collect::<String>().into_bytes()
}

/// Every mutation of them.
pub fn mutations(project: &Project) -> Vec<Mutation> {
    let mut all = Vec::new();
    for file in EXTRACTS {
        let sound = table(project.text(file));
        of_rows(project, file, &sound, &mut all);
        of_columns(file, &sound, &mut all);
        of_names(file, &sound, &mut all);
    }
    all
}

fn of_rows(project: &Project, file: &str, sound: &Table, all: &mut Vec<Mutation>) {
    let width = sound[0].len();
    let blank = vec![String::new(); width];
    let changed = |change: &dyn Fn(&mut Table)| {
        let mut table = sound.clone();
        change(&mut table);
        csv(&table)
    };
    for at in 0..sound.len() {
        let what = format!("{file}:{} {}", at + 1, sound[at].join(","));
        let mut add = |class, bytes| all.push(Mutation::of(class, what.clone(), file, bytes));
        add("a row deleted", changed(&|table| _ = table.remove(at)));
        add("a row twice", changed(&|table| table.insert(at, sound[at].clone())));
        add("a row again at the end", changed(&|table| table.push(sound[at].clone())));
        add("a row of blank cells in place of one", changed(&|table| table[at].clone_from(&blank)));
        add("a row of blank cells above one", changed(&|table| table.insert(at, blank.clone())));
        add("a row cut short", changed(&|table| table[at].truncate(width / 2)));
        add("a row with a cell too many", changed(&|table| table[at].insert(1, "1".to_owned())));
        add(
            "a row whose cells have moved one to the left",
            changed(&|table| table[at].rotate_left(1)),
        );
        if at + 1 < sound.len() {
            add("two rows that have changed places", changed(&|table| table.swap(at, at + 1)));
        }
        if at > 0 {
            add(
                "a row without its figures",
                changed(&|table| {
                    let names = table[0]
                        .iter()
                        .filter(|heading| {
                            ["indicator", "area", "cohort"].contains(&heading.as_str())
                        })
                        .count();
                    table[at][names..].fill(String::new());
                }),
            );
        }
        // To another file of its kind: of the same month, and of another.
        for other in EXTRACTS.iter().filter(|other| {
            **other != file && other.contains("results") == file.contains("results")
        }) {
            let class = if other[..12] == file[..12] {
                "a row moved to another file of the month"
            } else {
                "a row moved to another month"
            };
            let to = [project.file(other), csv(&sound[at..=at]).as_slice()].concat();
            let from = changed(&|table| _ = table.remove(at));
            all.push(Mutation::new(
                class,
                format!("{what} to {other}"),
                vec![(file.to_owned(), Some(from)), ((*other).to_owned(), Some(to))],
            ));
        }
    }
    for (class, rows) in [
        ("a title above the header", vec![vec!["Extract".to_owned()], blank.clone()]),
        ("a row of totals above the header", vec![sound[1].clone()]),
    ] {
        all.push(Mutation::of(
            class,
            file,
            file,
            changed(&|table| _ = table.splice(0..0, rows.clone())),
        ));
    }
    let mut total = blank;
    "Total".clone_into(&mut total[0]);
    "1".clone_into(&mut total[width - 1]);
    all.push(Mutation::of(
        "a row of totals at the end",
        file,
        file,
        changed(&|table| table.push(total.clone())),
    ));
}

fn of_columns(file: &str, sound: &Table, all: &mut Vec<Mutation>) {
    let width = sound[0].len();
    let each = |change: &dyn Fn(&mut Vec<String>)| {
        let mut table = sound.clone();
        table.iter_mut().for_each(change);
        csv(&table)
    };
    let header = |change: &dyn Fn(&mut Vec<String>)| {
        let mut table = sound.clone();
        change(&mut table[0]);
        csv(&table)
    };
    for at in 0..width {
        let heading = &sound[0][at];
        let what = format!("{file} {heading}");
        let mut add = |class, bytes| all.push(Mutation::of(class, what.clone(), file, bytes));
        add("a column deleted", each(&|row| _ = row.remove(at)));
        add("a column twice", each(&|row| row.insert(at, row[at].clone())));
        add(
            "a column moved to the end",
            each(&|row| {
                let cell = row.remove(at);
                row.push(cell);
            }),
        );
        add("a column of blank cells before one", each(&|row| row.insert(at, String::new())));
        add("a heading misspelt", header(&|row| row[at].insert(1, 'x')));
        add(
            "a heading in capitals, with spaces",
            header(&|row| row[at] = format!(" {} ", heading.to_uppercase())),
        );
        add("a heading blank", header(&|row| row[at].clear()));
        add("a heading missing, and those after it moved", header(&|row| _ = row.remove(at)));
        add("the cells of a column blank", {
            let mut table = sound.clone();
            table[1..].iter_mut().for_each(|row| row[at].clear());
            csv(&table)
        });
        add("the cells of a column one row down", {
            let mut table = sound.clone();
            for row in (2..table.len()).rev() {
                table[row][at].clone_from(&sound[row - 1][at]);
            }
            csv(&table)
        });
        for (other, name) in sound[0].iter().enumerate().skip(at + 1) {
            let what = format!("{file} {heading} and {name}");
            all.push(Mutation::of(
                "two headings that have changed places",
                what,
                file,
                header(&|row| row.swap(at, other)),
            ));
        }
    }
}

/// Names as they should not be: an id, an area or a cohort, in every row that has it.
fn of_names(file: &str, sound: &Table, all: &mut Vec<Mutation>) {
    for (at, heading) in sound[0]
        .iter()
        .enumerate()
        .filter(|(_, heading)| ["indicator", "area", "cohort"].contains(&heading.as_str()))
    {
        let mut names: Vec<_> = sound[1..].iter().map(|row| row[at].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let mut add = |class, other: String| {
                let mut table = sound.clone();
                table[1..]
                    .iter_mut()
                    .filter(|row| row[at] == name)
                    .for_each(|row| row[at].clone_from(&other));
                all.push(Mutation::of(
                    class,
                    format!("{file} {heading} {name:?} as {other:?}"),
                    file,
                    csv(&table),
                ));
            };
            add("a name in capitals", name.to_uppercase());
            add("a name in small letters", name.to_lowercase());
            add("a name with spaces around it", format!("  {name}\u{a0}"));
            add("a name with a letter too many", format!("{name}x"));
            add(
                "a name that is another's",
                if heading == "indicator" {
                    "44".to_owned()
                } else {
                    "Thanet AIT & FST".to_owned()
                },
            );
            add("a name blank", String::new());
            add(
                "a name that has become a number or lost one",
                if heading == "indicator" { format!("0{name}") } else { "1".to_owned() },
            );
        }
    }
}

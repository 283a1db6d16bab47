//! Any bytes at all as a workbook of results, or as the parts of one: zipped here, as bytes in a
//! zip archive seldom come out of the fuzzer whole.
#![no_main]

#[path = "../common.rs"]
mod common;

use std::fs;
use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const DEFINITIONS: &str = include_str!("../../template/indicators.toml");
const RELATIONS: &str = r#"<R><Relationship Id="1" Type="/officeDocument" Target="xl/workbook.xml"/></R>"#;
const OF_BOOK: &str = r#"<R><Relationship Id="1" Type="/worksheet" Target="1.xml"/><Relationship Id="2" Type="/worksheet" Target="2.xml"/>
<Relationship Id="3" Type="/sharedStrings" Target="strings.xml"/><Relationship Id="4" Type="/styles" Target="styles.xml"/></R>"#;

fuzz_target!(|bytes: &[u8]| {
    let project = tempfile::tempdir().expect("a folder");
    fs::write(project.path().join("indicators.toml"), DEFINITIONS).expect("written");
    let month = project.path().join("data/2026-10");
    fs::create_dir_all(&month).expect("made");
    let zipped = if bytes.starts_with(b"PK") { bytes.to_owned() } else { zip(common::files(bytes)) };
    fs::write(month.join("results.xlsx"), &zipped).expect("written");
    fs::write(month.join("activity.xlsx"), &zipped).expect("written");
    common::run(project.path());
});

fn zip([first, second, strings, styles, book]: [&[u8]; 5]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 7] = [
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", OF_BOOK.as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/1.xml", first),
        ("xl/2.xml", second),
        ("xl/strings.xml", strings),
        ("xl/styles.xml", styles),
    ];
    for (path, part) in parts {
        // Nothing is gained by packing what is unpacked at once.
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(path, options).expect("a part");
        zip.write_all(part).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

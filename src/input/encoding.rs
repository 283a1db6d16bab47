//! The bytes of a file that people saved, as text.
//!
//! What is certain is read: UTF-8, UTF-16 with a byte-order mark, and UTF-16 without one where
//! nothing else makes sense of the bytes. What is not UTF-8 is what Excel's plain "CSV" writes in
//! Britain, Windows-1252, and a note says so. What cannot be either is refused: a letter that is
//! guessed at could be part of a name or a figure.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::{Code, Excerpt, Finding, Findings, Place};

const SAVE_AGAIN: &str = "save it again with the encoding UTF-8: in Notepad, \"Save as\" has it \
    beside the button; from Excel, as \"CSV UTF-8 (Comma delimited)\"";

/// The text of a file, without its byte-order mark. `None`, with a finding, if it is not certain what
/// it says, or if it has a NUL, which no text has.
pub fn decode(mut bytes: Vec<u8>, name: &Arc<str>, findings: &mut Findings) -> Option<String> {
    let has_mark = bytes.starts_with(b"\xef\xbb\xbf");
    if has_mark {
        bytes.drain(..3);
    }
    if let Some((encoding, start)) = utf_16(&bytes).filter(|_| !has_mark) {
        if let Some(text) =
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[start..])
        {
            return without_nul(text.into_owned(), name, findings);
        }
        // Without the mark it may be anything else.
        if start > 0 {
            findings.push(damaged(
                Place::file(name),
                "the file is marked as UTF-16 and is not, or is cut short",
            ));
            return None;
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => without_nul(text, name, findings),
        Err(error) => {
            let first = error.utf8_error().valid_up_to();
            not_utf_8(error.as_bytes(), first, has_mark, name, findings)
        }
    }
}

/// Which UTF-16 bytes are, and where they start after their mark. Without one, every other byte of
/// a line of English is 0, which no text in another encoding has.
fn utf_16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => Some((UTF_16BE, 2)),
        [1..=255, 0, 1..=255, 0, ..] => Some((UTF_16LE, 0)),
        [0, 1..=255, 0, 1..=255, ..] => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// Text that is not UTF-8 from the byte at `first` on.
fn not_utf_8(
    bytes: &[u8],
    first: usize,
    has_mark: bool,
    name: &Arc<str>,
    findings: &mut Findings,
) -> Option<String> {
    let place = |index: usize| Place::line(name, 1 + line_ends(&bytes[..index]));
    if let Some(nul) = nul_in(bytes, name) {
        findings.push(nul);
        return None;
    }
    if has_mark {
        let found = format!(
            "the file is marked as UTF-8 and has a byte 0x{:02X} that is not",
            bytes[first]
        );
        findings.push(damaged(place(first), found));
        return None;
    }
    // Whole letters of UTF-8 elsewhere in the file would each become two or three wrong ones.
    let mut index = 0;
    for chunk in bytes.utf8_chunks() {
        if let Some(letter) = chunk.valid().find(|letter: char| !letter.is_ascii()) {
            let found = "the file is in two encodings: some lines are UTF-8 and some are not";
            let finding = damaged(place(first), found)
                .with_related(place(index + letter), "this line is UTF-8");
            findings.push(finding);
            return None;
        }
        index += chunk.valid().len() + chunk.invalid().len();
    }
    if let Some(index) =
        bytes.iter().position(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d))
    {
        let found = format!(
            "there is a byte 0x{:02X}, which is neither UTF-8 nor Windows-1252",
            bytes[index]
        );
        findings.push(damaged(place(index), found));
        return None;
    }
    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    let at = WINDOWS_1252.decode_without_bom_handling(&bytes[..first]).0.len();
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let letter = line[at - start..].chars().next().map_or(0, char::len_utf8);
    let found = "the file is not UTF-8 and is read as Windows-1252";
    let remedy = "check that names read as they should; saved with the encoding UTF-8, from Excel as \
        \"CSV UTF-8 (Comma delimited)\", there would be no doubt";
    let finding = Finding::new(Code::ReadAsWindows1252, place(first), found, remedy);
    findings.push(finding.with_excerpt(Excerpt::new(line, at - start..at - start + letter)));
    Some(text)
}

/// How many lines end in a text, in any encoding that has ASCII in it.
#[must_use]
pub fn line_ends(bytes: &[u8]) -> u32 {
    let ends = |(index, byte): &(usize, &u8)| {
        **byte == b'\n' || **byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')
    };
    u32::try_from(bytes.iter().enumerate().filter(ends).count()).unwrap_or(u32::MAX)
}

fn damaged(place: Place, found: impl Into<String>) -> Finding {
    Finding::new(Code::DamagedText, place, found, SAVE_AGAIN)
}

fn without_nul(text: String, name: &Arc<str>, findings: &mut Findings) -> Option<String> {
    let nul = nul_in(text.as_bytes(), name);
    let has_nul = nul.is_some();
    findings.extend(nul);
    (!has_nul).then_some(text)
}

/// The finding for the first NUL of a file, if it has one.
fn nul_in(bytes: &[u8], name: &Arc<str>) -> Option<Finding> {
    // Bytes are looked through far faster than letters.
    let index = memchr::memchr(0, bytes)?;
    let place = Place::line(name, 1 + line_ends(&bytes[..index]));
    let remedy = "save it again as text, an extract as CSV UTF-8; a NUL is a sign of a damaged \
        file, or of one that is not text";
    Some(Finding::new(Code::NulByte, place, "the file has a NUL byte", remedy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(bytes: &[u8]) -> (Option<String>, Vec<Code>) {
        let mut findings = Findings::default();
        let text = decode(bytes.to_vec(), &"file.csv".into(), &mut findings);
        (text, findings.iter().map(|finding| finding.code).collect())
    }

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        let units = format!("{mark}{text}");
        units
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn reads_what_is_certain() {
        let text = "area,referrals\nSt Mary’s,12\n";
        assert_eq!(decoded(text.as_bytes()), (Some(text.to_owned()), vec![]));
        assert_eq!(decoded(format!("\u{feff}{text}").as_bytes()), (Some(text.to_owned()), vec![]));
        for big in [false, true] {
            for mark in [false, true] {
                assert_eq!(
                    decoded(&utf_16(text, big, mark)),
                    (Some(text.to_owned()), vec![]),
                    "{big} {mark}"
                );
            }
        }
        assert_eq!(decoded(b"").0, Some(String::new()));
    }

    #[test]
    fn reads_what_excel_writes_in_britain_and_says_so() {
        assert_eq!(decoded(b"St Mary\x92s,\xa31\x96").0.as_deref(), Some("St Mary’s,£1–"));
        let mut findings = Findings::default();
        decode(b"a\r\nb\rSt Mary\x92s,1\r".to_vec(), &"file.csv".into(), &mut findings);
        let finding = findings.iter().next().expect("a note");
        let excerpt = finding.excerpt.as_ref().expect("an excerpt");
        assert_eq!(
            (finding.code, finding.place.as_ref().and_then(|place| place.line)),
            (Code::ReadAsWindows1252, Some(3))
        );
        assert_eq!(
            (excerpt.text.as_str(), &excerpt.text[excerpt.span.clone()]),
            ("St Mary’s,1", "’")
        );
    }

    #[test]
    fn refuses_what_it_would_have_to_guess_at() {
        for (bytes, code) in [
            (&b"\xff\xfea\0b"[..], Code::DamagedText),
            (b"\xfe\xff\xd8\0\0a", Code::DamagedText),
            (b"\xef\xbb\xbfa\x92", Code::DamagedText),
            (b"M\xc3\xa9ry\nM\xe9ry", Code::DamagedText),
            (b"caf\x8e\x8f", Code::DamagedText),
            (b"\x92\0", Code::NulByte),
            (b"a\n\0", Code::NulByte),
            (b"\xff\xfea\0\0\0", Code::NulByte),
        ] {
            assert_eq!(decoded(bytes), (None, vec![code]), "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_a_finding(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let (text, codes) = decoded(&bytes);
            prop_assert!(text.is_some() || codes.len() == 1);
        }

        #[test]
        fn text_is_read_back_from_every_encoding(text in "[a-z£é’,\n]{2,30}", big: bool) {
            prop_assert_eq!(decoded(text.as_bytes()).0, Some(text.clone()));
            prop_assert_eq!(decoded(&utf_16(&text, big, true)).0, Some(text.clone()));
            let (windows, _, lossy) = WINDOWS_1252.encode(&text);
            prop_assert!(!lossy);
            if std::str::from_utf8(&windows).is_err() && !windows.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
                prop_assert_eq!(decoded(&windows).0, Some(text));
            }
        }
    }
}

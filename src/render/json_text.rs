//! JSON as text: what cannot be printed is an escape of JSON, so that a terminal shows it and a
//! program reads what was there.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::is_unprintable;

/// Writes a value with line ends and indents, and a line end after it.
///
/// # Errors
///
/// Those of writing to `out`.
pub fn write_pretty(value: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaping(&mut out), value)?;
    writeln!(out)
}

/// Escapes what is written through it. The serializer writes a text in whole characters, and
/// outside texts JSON has none that would be escaped.
struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.iter().all(|byte| byte.is_ascii() && *byte != 0x7f) {
            self.0.write_all(bytes)?;
            return Ok(bytes.len());
        }
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        let mut rest = text;
        while let Some(at) = rest.find(|letter| letter != '\n' && is_unprintable(letter)) {
            let (before, after) = rest.split_at(at);
            self.0.write_all(before.as_bytes())?;
            let mut letters = after.chars();
            let letter = letters.next().unwrap_or_default();
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            rest = letters.as_str();
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::to_raw_value;

    #[test]
    fn a_reader_has_the_text_and_a_terminal_nothing_to_act_on() {
        let text = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}é\u{fffe}\u{1ffff}\n\t\"日";
        // Written as part of another value, too.
        let raw = to_raw_value(text).expect("a text");
        let mut bytes = Vec::new();
        write_pretty(&(text, raw), &mut bytes).expect("memory can be written");
        let written = String::from_utf8(bytes).expect("text");
        assert!(
            !written.contains(|letter| letter != '\n' && is_unprintable(letter)),
            "{written:?}"
        );
        assert!(written.contains("é\\ufffe\\ud83f\\udfff\\n\\t\\\"日"), "{written}");
        let read: [String; 2] = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read, [text, text]);
    }
}

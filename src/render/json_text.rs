//! JSON as text, with unprintable characters written as JSON escapes: safe on a terminal, and
//! unchanged for a program that reads it.

use std::io::{self, Write};

use serde::Serialize;

use crate::text::is_unprintable;

/// Writes a value with line breaks and indents, and a final line break.
///
/// # Errors
///
/// If writing to `out` fails.
pub fn write_pretty(value: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaping(&mut out), value)?;
    writeln!(out)
}

/// Escapes everything that is written through it. This is correct because the serializer never
/// splits a character, and JSON has nothing to escape outside of texts.
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
    fn text_is_read_back_unchanged_and_is_safe_on_a_terminal() {
        let text = "a\u{1b}[31m\u{7f}\u{9b}\u{202e}é\u{fffe}\u{1ffff}\n\t\"日";
        // Once more as raw JSON inside another value.
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

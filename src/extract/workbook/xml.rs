//! The XML of a part, event by event.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::ControlFlow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::Damaged;

/// A part to be read once.
pub(super) struct XmlEvents<R>(quick_xml::Reader<R>);

impl<R: BufRead> XmlEvents<R> {
    pub(super) fn new(reader: R) -> Self {
        let mut reader = quick_xml::Reader::from_reader(reader);
        // So that an element without anything in it ends like any other.
        reader.config_mut().expand_empty_elements = true;
        Self(reader)
    }
}

/// Gives each event to `each`, until it has seen enough or the part is at its end.
pub(super) fn walk<R: BufRead>(
    xml: XmlEvents<R>,
    mut each: impl FnMut(&Event<'_>) -> Result<ControlFlow<()>, Damaged>,
) -> Result<(), Damaged> {
    let XmlEvents(mut reader) = xml;
    let (mut buffer, mut depth) = (Vec::new(), 0usize);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer)?;
        match event {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Damaged::new("a part of it is cut short")),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if each(&event)?.is_break() {
            return Ok(());
        }
    }
}

/// An attribute by its name, whatever stands in front of its colon.
pub(super) fn attribute<'a>(
    element: &'a BytesStart<'_>,
    name: &str,
) -> Result<Option<Cow<'a, str>>, Damaged> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        if attribute.key.local_name().as_ref() == name {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?));
        }
    }
    Ok(None)
}

/// How a part of a text looks that may not be meant as part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Look {
    Superscript,
    Subscript,
    Struck,
}

impl Look {
    /// `in superscript`, `struck out`.
    pub(in super::super) fn as_str(self) -> &'static str {
        match self {
            Self::Superscript => "in superscript",
            Self::Subscript => "in subscript",
            Self::Struck => "struck out",
        }
    }

    /// What an element among the properties of a run or a font says of it.
    pub(super) fn of(element: &BytesStart<'_>) -> Result<Option<Self>, Damaged> {
        let value = attribute(element, "val")?;
        Ok(match (element.local_name().as_ref(), value.as_deref()) {
            ("vertAlign", Some("superscript")) => Some(Self::Superscript),
            ("vertAlign", Some("subscript")) => Some(Self::Subscript),
            ("strike", value) if !matches!(value, Some("0" | "false")) => Some(Self::Struck),
            _ => None,
        })
    }
}

/// A part of a text that looks different from the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct OddRun {
    pub(in super::super) look: Look,
    pub(in super::super) text: String,
}

/// Collects the text of a cell or a shared string: all that is within `t`, but for how it is
/// pronounced (`rPh`).
#[derive(Debug, Default)]
pub(super) struct CellText {
    within: usize,
    pronounced: usize,
    /// How the run looks that is read.
    look: Option<Look>,
    /// The first run with anything in it that looks odd.
    odd: Option<OddRun>,
}

impl CellText {
    /// Follows an event, and adds to `text` what it has of it.
    pub(super) fn follow(&mut self, event: &Event<'_>, text: &mut String) -> Result<(), Damaged> {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => self.within += 1,
                "rPh" => self.pronounced += 1,
                "r" => self.look = None,
                _ => self.look = self.look.or(Look::of(element)?),
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => self.within = self.within.saturating_sub(1),
                "rPh" => self.pronounced = self.pronounced.saturating_sub(1),
                "r" => self.look = None,
                _ => {}
            },
            event if self.within > 0 && self.pronounced == 0 => {
                let start = text.len();
                add(event, text)?;
                self.note_look(&text[start..]);
            }
            _ => {}
        }
        Ok(())
    }

    fn note_look(&mut self, added: &str) {
        let Some(look) = self.look else { return };
        match &mut self.odd {
            Some(odd) if odd.look == look => odd.text.push_str(added),
            None if !added.trim().is_empty() => {
                self.odd = Some(OddRun { look, text: added.to_owned() });
            }
            _ => {}
        }
    }

    /// The first part that looks odd of what has been collected since this was last asked.
    pub(super) fn take_odd(&mut self) -> Option<OddRun> {
        self.odd.take()
    }
}

/// Adds what an event has of text.
pub(super) fn add(event: &Event<'_>, text: &mut String) -> Result<(), Damaged> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => {
            if let Some(letter) = reference.resolve_char_ref()? {
                text.push(letter);
            } else {
                let known = resolve_predefined_entity(reference);
                text.push_str(
                    known
                        .ok_or_else(|| Damaged::new(format!("it refers to &{};", &**reference)))?,
                );
            }
        }
        _ => {}
    }
    Ok(())
}

/// Text with Excel's own way of writing what XML cannot hold, `_x000D_`, made what it stands for.
pub(super) fn without_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let escaped = rest.get(2..6).filter(|hex| {
            hex.bytes().all(|byte| byte.is_ascii_hexdigit())
                && rest.as_bytes().get(6) == Some(&b'_')
        });
        let letter = escaped.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        let (letter, length) = letter.map_or(('_', 1), |letter| (letter, 7));
        plain.push(letter);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excels_escapes_are_what_they_stand_for() {
        for (text, plain) in [
            ("plain", "plain"),
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("_xD800_", "_xD800_"),
            ("_x00é0_", "_x00é0_"),
            ("_x_x0041_", "_xA"),
        ] {
            assert_eq!(without_escapes(text), plain, "{text}");
        }
    }
}

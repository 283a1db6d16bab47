//! Writes XML in which every element is closed and all text is escaped.

use crate::text::is_xml;

/// XML that is being written.
#[derive(Debug, Default)]
pub(in crate::render) struct XmlWriter {
    text: String,
}

/// The names and values of the attributes of an element.
pub(in crate::render) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl XmlWriter {
    /// A part of a package, starting with an XML declaration.
    pub(in crate::render) fn part(
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) -> Vec<u8> {
        let mut xml = Self {
            text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(),
        };
        xml.element(name, attributes, inside);
        xml.text.into_bytes()
    }

    /// An element with content.
    pub(in crate::render) fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.text.push('>');
        inside(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element without content.
    pub(in crate::render) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.open(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with only a `val` attribute, in the namespace of the element.
    pub(in crate::render) fn val(&mut self, name: &str, value: &str) {
        let namespace = name.split_once(':').map_or("w", |(namespace, _)| namespace);
        let attribute = if namespace == "w" { "w:val" } else { "val" };
        self.empty(name, &[(attribute, value)]);
    }

    /// An element with only text.
    pub(in crate::render) fn text_element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        text: &str,
    ) {
        self.element(name, attributes, |xml| xml.text(text));
    }

    /// What has been written.
    pub(in crate::render) fn into_text(self) -> String {
        self.text
    }

    /// Appends the content of another writer.
    pub(in crate::render) fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.text(value);
            self.text.push('"');
        }
    }

    /// Text within an element or an attribute, escaped.
    pub(in crate::render) fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\t' | '\n' | '\r' => self.text.push(' '),
                letter if is_xml(letter) => self.text.push(letter),
                // XML has no way to write the remaining characters, so they are dropped.
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let part = XmlWriter::part("w:t", &[("a", "\"<&")], |xml| {
            xml.text_element("b", &[], "</b>&\u{0}\u{1b}\u{ffff}");
            xml.val("c:x", "1");
        });
        let text = String::from_utf8(part).expect("text");
        assert!(
            text.ends_with(
                "<w:t a=\"&quot;&lt;&amp;\"><b>&lt;/b&gt;&amp;</b><c:x val=\"1\"/></w:t>"
            ),
            "{text}"
        );
    }
}

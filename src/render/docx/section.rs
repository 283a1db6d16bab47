//! Sections, which set the size, orientation and footer of their pages.

use crate::render::paper::{MARGIN_UPRIGHT, Orientation};
use crate::render::xml::XmlWriter;

/// A footer for pages of one orientation.
pub(super) struct Footer {
    /// The id of its relationship.
    pub id: &'static str,
    /// Its path, relative to the folder of the document.
    pub path: &'static str,
    pub orientation: Orientation,
}

impl Footer {
    /// The footer of pages in this orientation.
    fn of(orientation: Orientation) -> &'static Self {
        match orientation {
            Orientation::Portrait => &Self::PORTRAIT,
            Orientation::Landscape | Orientation::Large => &Self::LANDSCAPE,
        }
    }

    pub(super) const PORTRAIT: Self = Self {
        id: "footerUpright",
        path: "footer-upright.xml",
        orientation: Orientation::Portrait,
    };
    pub(super) const LANDSCAPE: Self =
        Self { id: "footerWide", path: "footer-wide.xml", orientation: Orientation::Landscape };
}

/// The header that pages of both orientations have, if there is one: the id of its relationship, and
/// its path.
pub(super) const HEADER: (&str, &str) = ("header", "header-marking.xml");

/// A header or footer of a council's own.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// [`Reference::HEADER`] or [`Reference::FOOTER`].
    pub kind: String,
    /// Of which pages: `default`, `first` or `even`.
    pub of: String,
    /// The id of its relationship.
    pub id: String,
}

impl Reference {
    pub(super) const HEADER: &str = "w:headerReference";
    pub(super) const FOOTER: &str = "w:footerReference";

    /// Whether pages without one of their own have one of this kind.
    pub(super) fn is_usual(&self, kind: &str) -> bool {
        self.kind == kind && self.of == "default"
    }
}

/// Writes the properties of a section: the council's own headers and footers, and the program's where
/// there are none.
pub(super) fn section(
    xml: &mut XmlWriter,
    orientation: Orientation,
    own: &[Reference],
    has_header: bool,
) {
    let [width, height, margin] = orientation.paper();
    let [width, height, margin, upright] =
        [width, height, margin, MARGIN_UPRIGHT].map(|length| length.to_string());
    xml.element("w:sectPr", &[], |xml| {
        let lacks = |kind: &str| !own.iter().any(|reference| reference.is_usual(kind));
        if has_header && lacks(Reference::HEADER) {
            xml.empty(Reference::HEADER, &[("w:type", "default"), ("r:id", HEADER.0)]);
        }
        for Reference { kind, of, id } in own {
            xml.empty(kind, &[("w:type", of), ("r:id", id)]);
        }
        if lacks(Reference::FOOTER) {
            let id = Footer::of(orientation).id;
            xml.empty(Reference::FOOTER, &[("w:type", "default"), ("r:id", id)]);
        }
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if orientation != Orientation::Portrait {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &upright),
                ("w:right", &margin),
                ("w:bottom", &upright),
                ("w:left", &margin),
                ("w:header", "500"),
                ("w:footer", "500"),
                ("w:gutter", "0"),
            ],
        );
    });
}

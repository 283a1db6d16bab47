//! PDF: without the feature `pdf` the program says how to get one; with it, whatever texts a document
//! has, an accessible one can be made of it, and the same one each time.
//!
//! What is in it takes other programs to read: `tests/readers/pdf/run`.

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_one_is_told_how_to_get_a_pdf() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("x.pdf");
    let file = file.to_str().expect("a path");
    let run = |args: &[&str]| {
        crate::common::scorecard(&crate::common::sample())
            .args(args)
            .output()
            .expect("the program runs")
    };
    for args in [
        &["-o", file][..],
        &["--format", "pdf", "-o", file],
        &["pack", "-m", "2016-01", "-o", file],
        &["indicator", "9", "-o", file],
        &["diff", "2015-12", "2016-01", "-f", "pdf"],
    ] {
        let output = run(args);
        let said = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(said.contains("cargo install --path . --features pdf"), "{said}");
        assert!(said.contains("print it from a browser"), "{said}");
        assert!(!std::path::Path::new(file).exists());
    }
}

#[cfg(feature = "pdf")]
mod with_it {
    use proptest::prelude::*;
    use scorecard::layout::{Document, Texts, lay_out, pack};
    use scorecard::render::pdf;

    use crate::common::{sample, with_scorecard, written};
    use crate::wellformed::hostile;

    fn of_hard_cases() -> Document {
        let project = sample().join("tests/formats/project");
        let mut document = None;
        with_scorecard(&project, "2026-10", &["all"], |scorecard| {
            document = Some(pack(scorecard));
        });
        document.expect("it was laid out")
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let document = of_hard_cases();
        let bytes = written(|out| pdf::write(&document, out));
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert!(bytes == written(|out| pdf::write(&document, out)));
    }

    /// A page by itself, and one with nothing on it.
    #[test]
    fn any_part_of_a_report_is_written() {
        with_scorecard(&sample(), "2016-01", &["Disability Service"], |scorecard| {
            for table in scorecard::layout::TableName::ALL {
                let document = lay_out(scorecard, &[table]);
                assert!(
                    written(|out| pdf::write(&document, out)).starts_with(b"%PDF"),
                    "{table:?}"
                );
            }
            let nothing = lay_out(scorecard, &[]);
            assert!(written(|out| pdf::write(&nothing, out)).starts_with(b"%PDF"));
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

        /// Typst refuses what is not PDF/UA: a letter without a typeface, a chart without words.
        #[test]
        fn whatever_a_text_is_a_pdf_is_made_of_it(texts in prop::collection::vec(hostile(), 1..40)) {
            let mut document = of_hard_cases();
            let mut next = texts.iter().cycle();
            document.change_texts(&mut |text| {
                next.next().expect("a circle").clone_into(text);
            });
            prop_assert!(written(|out| pdf::write(&document, out)).starts_with(b"%PDF"));
        }
    }
}

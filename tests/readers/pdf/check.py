"""The PDF of the committee pack as other programs read it.

Takes the folders of packs that `run` has had poppler look at: the sample first, which is held against what the council published.
Prints what it has looked at, and fails at the first thing that is not as it should be.
"""

import csv
import re
import sys
from pathlib import Path

import pikepdf

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PUBLISHED = Path(__file__).parent.parent.parent / "published"


def check(is_so, what):
    if not is_so:
        sys.exit(f"not so: {what}")


def read(pack, name):
    return (pack / "read" / name).read_text(encoding="utf-8")


def elements(of, found):
    """Every element of the tree that screen readers walk."""
    for child in of.K if isinstance(of.get("/K"), pikepdf.Array) else [of.get("/K")]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found.append(child)
            elements(child, found)
    return found


def titles(items):
    """The headings in the list that a reader shows beside the pages."""
    for item in items:
        yield str(item.title)
        yield from titles(item.children)


def structure(pack):
    path = next(pack.glob("scorecard-*.pdf"))
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        check(str(root.Lang) == "en-GB", f"the language is {root.Lang}")
        check(root.MarkInfo.Marked and root.ViewerPreferences.DisplayDocTitle, "it is tagged, and its title is shown")
        # Poppler makes every space of the text a plain one; the headings that a reader lists keep theirs.
        with pdf.open_outline() as outline:
            dated = [title for title in titles(outline.root) if re.search(rf"\b(?:{MONTHS})\s20\d\d", title)]
        check(dated and all("\u00a020" in title for title in dated), "a month and its year are kept on one line")
        with pdf.open_metadata() as metadata:
            check(metadata["pdfuaid:part"] == "1", "it says that it is PDF/UA-1")
        found = elements(root.StructTreeRoot, [])
        kinds = [str(element.S) for element in found]
        pages = len(pdf.pages)
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
    check(sizes <= {(595, 842), (842, 595), (1191, 842)}, f"pages of A4 and, for the widest tables, A3, not {sizes}")
    figures = [element for element in found if element.S == "/Figure"]
    check(figures and all(len(str(figure.get("/Alt", ""))) > 40 for figure in figures), "every chart says what it shows")
    heads = [element for element in found if element.S == "/TH"]
    scopes = {str(attributes.Scope) for head in heads for attributes in as_list(head.get("/A")) if "/Scope" in attributes}
    check({"/Column", "/Row"} <= scopes, f"cells head their columns and their rows: {scopes}")
    check(kinds.count("/Caption") >= kinds.count("/Table"), "every table has its caption")
    check("/TOC" in kinds and "/H1" in kinds and "/H2" in kinds, "headings and contents")
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    check(all(one <= before + 1 for before, one in zip([0] + levels, levels)), "no heading is more than a level below the one before")
    return pages, kinds.count("/Table"), len(figures)


def as_list(of):
    return list(of) if isinstance(of, pikepdf.Array) else [of] if of is not None else []


def text(pack, pages):
    said = read(pack, "pdf.info")
    check("Tagged:          yes" in said and "PDF version:     1.7" in said, "poppler finds it tagged")
    fonts = read(pack, "pdf.fonts").splitlines()[2:]
    check(fonts and all(re.search(r"yes yes yes\s+\d+\s+\d+$", font) for font in fonts), "every typeface is in it")
    shown = " ".join(read(pack, "pdf.txt").split())
    for page in range(1, pages + 1):
        check(f"Page {page} of {pages}" in shown, f"page {page} says so")
    check(len(re.findall("[Dd]raft", shown)) >= pages, "each page says that it is a draft")
    plain = " ".join(read(pack, "raw.txt").split()).replace(",", "")
    with open(next(pack.glob("tidy-*.csv")), encoding="utf-8", newline="") as file:
        displays = {row["display"] for row in csv.DictReader(file) if row["display"]}
    for display in displays:
        check(display in plain, f"the figure {display} is in the PDF")
    return shown, len(displays)


for index, folder in enumerate(map(Path, sys.argv[1:])):
    pages, tables, figures = structure(folder)
    shown, displays = text(folder, pages)
    if index == 0:
        with open(PUBLISHED / "published-scorecard.csv", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                # As it stands in the table: the result, and how it is rated.
                rating = {"G": "Green", "A": "Amber", "R": "Red"}.get(row["rag"], "-")
                result = row["latest_result"]
                check(re.search(rf"{re.escape(result)}\s+{rating}\b", re.sub(r"(\d),(\d)", r"\1\2", shown)), f"{row['id']}: {result} {rating}")
    else:
        check("#set page() *b* $x^2$ @ref <label> \\ _c_ ~d~ = + - <U+4E2D>" in shown, "what would be markup is text")
    print(f"{folder.name}: {pages} pages, {tables} tables, {figures} charts and {displays} figures in the PDF, which two checkers find nothing against")

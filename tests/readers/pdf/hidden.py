"""That no figure which a public edition hides is in its PDF: in the text that poppler reads, or in anything else of the file.

Takes the folders of both editions of `tests/disclosure/project/`, the directors' first: each hidden figure is in that one, or it would
prove nothing that it is not in the other. Beside the text it reads every string, such as what charts say to those who cannot see them, and
what the file says of itself. What is drawn on the pages is letters by their numbers in a typeface, which only a reader makes text of.
"""

import re
import sys
from pathlib import Path

import pikepdf

HIDDEN = (Path(__file__).parent.parent.parent / "disclosure" / "hidden.txt").read_text().split()
# Shown in both editions: the figure of the top area.
SHOWN = "4871"


def numbers(text):
    """The numbers in a text, digit by digit, without their thousands separators."""
    runs = re.findall(r"[0-9.,]+", text)
    return {run.replace(",", "") for run in runs} | {part for run in runs for part in re.split("[.,]", run)}


def strings(of):
    """Every string of an object and of what is within it; what it refers to is looked at by itself."""
    if isinstance(of, pikepdf.String):
        yield str(of)
    elif isinstance(of, pikepdf.Array):
        for part in of:
            if not is_elsewhere(part):
                yield from strings(part)
    elif isinstance(of, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, part in of.items():
            if not is_elsewhere(part):
                yield from strings(part)


def is_elsewhere(of):
    return isinstance(of, pikepdf.Object) and of.is_indirect


def found(folder):
    """The numbers that a reader sees, and those beside them in the files."""
    seen, beside = set(), set()
    for path in sorted(folder.glob("*.pdf")):
        seen |= numbers(path.with_suffix(".pdf.txt").read_text(encoding="utf-8"))
        with pikepdf.open(path) as pdf:
            for of in pdf.objects:
                for text in strings(of):
                    beside |= numbers(text)
                if isinstance(of, pikepdf.Stream) and str(of.get("/Type")) in ["/Metadata", "/EmbeddedFile"]:
                    beside |= numbers(of.read_bytes().decode("utf-8"))
    return seen, beside


directors, public = (found(Path(folder)) for folder in sys.argv[1:])
for hidden in HIDDEN:
    if "." not in hidden and hidden not in directors[0]:
        sys.exit(f"not so: {hidden} is in the PDF of the directors' edition")
    if hidden in public[0] | public[1]:
        sys.exit(f"not so: {hidden}, which is hidden, is nowhere in the PDF of the public edition")
if SHOWN not in public[0]:
    sys.exit(f"not so: {SHOWN}, which is shown, is in the PDF of the public edition")
print(f"{len(HIDDEN)} hidden figures are nowhere in the PDF of the public edition")

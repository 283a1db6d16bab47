"""The committee pack as other programs read it.

Takes the folders of packs that `run` has had LibreOffice convert: the sample first, which is held against what the council
published. Prints what it has looked at, and fails at the first thing that is not as it should be.
"""

import csv
import json
import re
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import odf.opendocument
import odf.table
import openpyxl
from odf.namespaces import OFFICENS, TABLENS
from odf.teletype import extractText

PUBLISHED = Path(__file__).parent.parent / "published"
LETTERS = {"Green": "G", "Amber": "A", "Red": "R"}
DIRECTIONS = {"↑ Improved": "improved", "→ The same": "same", "↓ Worsened": "worsened"}


def check(is_so, what):
    if not is_so:
        sys.exit(f"not so: {what}")


def published(name):
    with open(PUBLISHED / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(pack):
    """Every sheet as LibreOffice shows it, by name: a list of rows."""
    sheets = {}
    for path in sorted((pack / "read/sheets").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            sheets[re.sub(r"^scorecard-\d{4}-\d{2}-", "", path.stem)] = list(csv.reader(file))
    return sheets


def table(rows, heading):
    """The rows below a header that has a heading, as dictionaries, down to an empty row or a line of text."""
    at = next(index for index, row in enumerate(rows) if heading in row)
    header = rows[at]
    found = []
    for row in rows[at + 1 :]:
        if not row or not row[0] or not any(row[1:]):
            break
        found.append(dict(zip(header, row)))
    return found


def same(name, which, found, expected):
    plain = found.replace(",", "")
    check(plain == expected, f"{name}: {which} is {expected}, and LibreOffice shows {found}")


def hold_against_published(sheets):
    """Every published figure, in its cell, as it was published."""
    count = 0
    columns = {
        "Latest Result": "latest_result", "Number": "num", "Out of": "denom", "Target for 2015/16": "target_2015_16",
        "Previous Reported Result (Dec 2015)": "previous_result", "Outturn (March 2015) Result": "outturn_march_2015",
    }
    rows = table(sheets["Scorecard"], "Latest Result")
    expected = published("published-scorecard.csv")
    check(len(rows) == len(expected) == 44, f"44 indicators, not {len(rows)}")
    for row, of in zip(rows, expected):
        which = f"indicator {of['id']}"
        for heading, column in columns.items():
            same(heading, which, row[heading], of[column])
            count += 1
        check((row["ID"], row["Indicators"], row["Section"]) == (of["id"], of["indicator"], of["section"]), which)
        check(LETTERS.get(row["RAG Status"], "-") == of["rag"], f"the rating of {which}")
        check(DIRECTIONS[row["Change on last month"]] == of["dot_previous"], f"the direction of {which}")
        check(DIRECTIONS[row["Change on outturn"]] == of["dot_outturn"], f"the direction of {which} from the outturn")
        count += 3

    columns = {
        "Including UASC Result": "including_result", "Including UASC Number": "including_num", "Including UASC Out of": "including_denom",
        "Target for 2015/16": "target_2015_16", "Excluding UASC Result": "excluding_result", "Excluding UASC Number": "excluding_num",
        "Excluding UASC Out of": "excluding_denom", "Variance (percentage points)": "variance",
    }
    rows = table(sheets["Impact of UASC"], "Variance (percentage points)")
    expected = published("published-impact-of-uasc.csv")
    check(len(rows) == len(expected) == 33, f"33 rows of impact, not {len(rows)}")
    for row, of in zip(rows, expected):
        for heading, column in columns.items():
            # The paper has a % sign where it means percentage points.
            same(heading, of["indicator"], row[heading].replace(" points", "%"), of[column])
            count += 1

    rows = table(sheets["Activity"], "Area or team")
    expected = published("published-activity.csv")
    check(len(rows) == len(expected) == 28, f"28 areas and teams, not {len(rows)}")
    for row, of in zip(rows, expected):
        lower = {heading.lower(): cell for heading, cell in row.items()}
        for heading, cell in of.items():
            if heading not in ("unit", "parent"):
                same(heading, of["unit"], lower[heading.lower()], cell)
                count += 1

    trends = published("published-trend.csv")
    rows = sheets["Exceptions"]
    found = [row for row in rows if len(row) > 2 and re.fullmatch(r"[A-Z][a-z]+ \d{4}", row[0]) and row[2] in LETTERS]
    check(len(found) == len(trends) == 24, f"24 periods of trends, not {len(found)}")
    for row, of in zip(found, trends):
        same("Result", f"{of['id']} in {of['month']}", row[1], of["result"])
        same("Target", f"{of['id']} in {of['month']}", row[3], of["target"])
        check(LETTERS[row[2]] == of["rag"], f"the rating of {of['id']} in {of['month']}")
        count += 3
    return count


def whole_pages(pack):
    """Sheets that are a little longer than a page are made smaller, so that they end with it."""
    pages = (pack / "read/xlsx.txt").read_text(encoding="utf-8").split("\f")
    heads = [" ".join(page.strip().splitlines()[0].split()) for page in pages if page.strip()]
    title = heads[0]
    for sheet in ["", " Indicators by area", " Notes"]:
        count = heads.count(title + sheet)
        check(count == 1, f"the sheet{sheet or ' Contents'} is printed on one page, not {count}")


def hold_against_tidy(pack, sheets):
    """The scorecard of each area, as LibreOffice shows it, has the results of the tidy output."""
    with open(next(pack.glob("tidy-*.csv")), encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["cohort"] == "all"]
    tops = {name: table(cells, "Latest Result") for name, cells in sheets.items() if name.startswith("Scorecard")}
    # A cell has the symbol [u] after a figure of too few records, and "days" after an average of them; the tidy output has the figure alone.
    cells = [row["Latest Result"] for of_area in tops.values() for row in of_area if row["Latest Result"] != "-"]
    results = sorted(cell.removesuffix(" [u]").removesuffix(" days").replace(",", "") for cell in cells)
    expected = sorted(row["display"] for row in rows)
    check(results == expected, "the results of all scorecards are those of the tidy output")
    return len(results)


def workbook(pack):
    path = next(pack.glob("scorecard-*.xlsx"))
    book = openpyxl.load_workbook(path)
    names, tables, numbers = set(), 0, 0
    check(book.sheetnames[0] == "Contents" and len({name.lower() for name in book.sheetnames}) == len(book.sheetnames), "sheets")
    check(book.properties.title and book.properties.creator, "the workbook says what it is and whose")
    for sheet in book:
        where = f"{path.name}, {sheet.title}"
        check(len(sheet.title) <= 31 and sheet["A1"].value, f"{where}: a name and a title")
        view = sheet.sheet_view
        active = [one for one in view.selection if view.pane is None or one.pane == view.pane.activePane]
        check(all(one.activeCell in (None, "A1") for one in active), f"{where}: the cursor is at A1")
        check(sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) in "98", f"{where}: A4 or A3, landscape")
        check("draft" in str(sheet.oddFooter.left.text).lower(), f"{where}: the footer says that it is a draft")
        check(sheet.sheet_properties.pageSetUpPr.fitToPage, f"{where}: fits the width")
        check(not sheet.row_breaks.brk or sheet.page_setup.fitToHeight in (0, "0"), f"{where}: reports begin pages, however many")
        merged = {cell for span in sheet.merged_cells.ranges for cell in span.cells}
        for row in sheet.iter_rows():
            for cell in row:
                check(cell.data_type != "f", f"{where}, {cell.coordinate}: no formula")
                numbers += cell.data_type == "n" and cell.value is not None
        for one in sheet.tables.values():
            check(one.name not in names, f"{where}: the name {one.name} is another table's")
            names.add(one.name)
            check(one.ref.startswith("A"), f"{where}: the table {one.name} starts at column A")
            cells = sheet[one.ref]
            header = [cell.value for cell in cells[0]]
            check(all(header) and len({str(text).lower() for text in header}) == len(header), f"{where}: one header row, no heading twice")
            check(not any((cell.row, cell.column) in merged for row in cells for cell in row), f"{where}: no merged cells in a table")
            for row in cells[1:]:
                check(any(cell.value is not None for cell in row), f"{where}: a blank row in {one.name}")
            tables += 1
        # An exception report is read from top to bottom, and its table is a few rows.
        if len(sheet.tables) == 1 and not sheet.title.startswith("Exceptions"):
            check(sheet.freeze_panes and sheet.print_title_rows, f"{where}: the header stays in sight and is repeated in print")
    # Alternative texts: openpyxl does not read them.
    with zipfile.ZipFile(path) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")]
    frames = re.findall(r"<xdr:cNvPr [^>]*>", "".join(drawings))
    check(all(re.search(r'descr="[^"]{20,}"', frame) for frame in frames), "every chart has its alternative text")
    return len(book.sheetnames), tables, numbers, len(frames)


def spreadsheet(pack):
    """The OpenDocument spreadsheet has what the workbook has in each cell: read by odfpy, and by LibreOffice, which makes a workbook of it."""
    book = openpyxl.load_workbook(next(pack.glob("scorecard-*.xlsx")))
    expected = {sheet.title: {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")} for sheet in book}
    opened = odf.opendocument.load(pack / "read/spreadsheet.ods")
    sheets = opened.spreadsheet.getElementsByType(odf.table.Table)
    check([sheet.getAttribute("name") for sheet in sheets] == list(expected), "the spreadsheet has the sheets of the workbook")
    numbers = 0
    for sheet in sheets:
        cells, row_number = {}, 0
        for row in sheet.getElementsByType(odf.table.TableRow):
            times, column = int(row.getAttribute("numberrowsrepeated") or 1), 0
            for cell in row.childNodes:
                wide = int(cell.getAttrNS(TABLENS, "number-columns-repeated") or 1)
                kind = cell.getAttrNS(OFFICENS, "value-type")
                check(kind in (None, "string", "float", "percentage") and not cell.getAttrNS(TABLENS, "formula"), f"a cell of {kind}")
                if kind:
                    check(times == wide == 1, "no cell with something in it is repeated")
                    texts = [extractText(part) for part in cell.childNodes if part.tagName == "text:p"]
                    value = texts[0] if kind == "string" else float(cell.getAttrNS(OFFICENS, "value"))
                    cells[row_number + 1, column + 1] = value
                    numbers += kind != "string"
                column += wide
            row_number += times
        name = sheet.getAttribute("name")
        for place in expected[name].keys() | cells.keys():
            found, wanted = cells.get(place), expected[name].get(place)
            check(found == wanted, f"{name} {place}: {wanted} in the workbook is {found} in the spreadsheet")
    for sheet in openpyxl.load_workbook(pack / "read/spreadsheet.xlsx"):
        for place, wanted in expected[sheet.title].items():
            found = sheet.cell(*place).value
            if isinstance(wanted, (int, float)):
                check(isinstance(found, (int, float)), f"{sheet.title} {place}: {found} is a number in LibreOffice")
                check(abs(found - wanted) <= abs(wanted) * 1e-14, f"{sheet.title} {place}: {wanted} is {found} in LibreOffice")
            else:
                check(found == wanted, f"{sheet.title} {place}: {wanted} is {found} in LibreOffice")
        check("draft" in str(sheet.oddFooter.left.text).lower(), f"{sheet.title}: the footer says that it is a draft")
    return len(sheets), numbers


def document(pack):
    path = next(pack.glob("scorecard-*.docx"))
    opened = docx.Document(path)
    headings = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs if paragraph.style.name.startswith("Heading")]
    level = 0
    for style, text in headings:
        check(text.strip(), "no heading is empty")
        here = int(style.split()[-1])
        check(here <= level + 1, f"the heading {text} is no more than a level below the one before")
        level = here
    for table in opened.tables:
        first = table.rows[0]._tr
        check(first.xpath("./w:trPr/w:tblHeader"), "every table repeats its header row")
        check(table._tbl.xpath("./w:tblPr/w:tblCaption"), "every table has its words")
    drawings = opened.element.xpath("//wp:docPr")
    check(all(drawing.get("descr") and drawing.get("title") for drawing in drawings), "every chart has its alternative text")
    check(opened.core_properties.language == "en-GB", "the language of the document")
    check(opened.element.xpath("//w:sectPr/w:pgSz[@w:orient='landscape']"), "wide tables lie on wide pages")

    text = (pack / "read/docx.txt").read_text(encoding="utf-8")
    words = " ".join(text.split())
    pages = int(re.search(r"Pages:\s+(\d+)", (pack / "read/docx.info").read_text())[1])
    check(f"Page {pages} of {pages}" in words, f"the last of {pages} pages says so")
    check(10 <= pages <= 60, f"{pages} pages are as many as such a report has")
    check("{" not in words and "Error!" not in words, "nothing is left unfilled")
    with open(next(pack.glob("tidy-*.csv")), encoding="utf-8", newline="") as file:
        displays = {row["display"] for row in csv.DictReader(file) if row["display"]}
    plain = words.replace(",", "")
    for display in displays:
        check(display in plain, f"the figure {display} is in the document as LibreOffice sets it")
    return pages, len(opened.tables), len(drawings)


def manifest(pack):
    import hashlib

    said = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    for output in said["outputs"]:
        digest = hashlib.sha256((pack / output["path"]).read_bytes()).hexdigest()
        check(digest == output["sha256"], f"the digest of {output['path']}")
    check(said["inputs"] and said["outputs"], "the manifest says what went in and what came out")
    check(Decimal(said["program"]["version"].split(".")[0]) >= 0, "the version")


for index, folder in enumerate(map(Path, sys.argv[1:])):
    manifest(folder)
    as_shown = shown(folder)
    if index == 0:
        print(f"{folder.name}: {hold_against_published(as_shown)} published cells are what LibreOffice shows")
        whole_pages(folder)
    print(f"{folder.name}: {hold_against_tidy(folder, as_shown)} results of all scorecards are those of the tidy output")
    print("{}: {} sheets, {} tables, {} numbers, {} charts".format(folder.name, *workbook(folder)))
    print("{}: {} sheets and {} numbers of the spreadsheet are those of the workbook".format(folder.name, *spreadsheet(folder)))
    print("{}: {} pages, {} tables, {} charts in the document".format(folder.name, *document(folder)))

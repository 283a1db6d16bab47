"""Makes the workbooks of this folder: the same table, as openpyxl and XlsxWriter write it.

    pip install openpyxl XlsxWriter && python make.py
"""

import datetime

import openpyxl
import xlsxwriter

HEADER = ["Indicator", "Area", "Cohort", "Numerator", "Denominator", "Value"]
ROWS = [
    [9, "St Mary’s", "all", 20, 25, None],
    [9, None, None, None, None, (0.784, "0.0%")],
    ["01", None, None, None, None, 333.6],
    [7, None, None, None, None, "=SUM(D2:D3)"],
    [7, "North Kent", None, None, None, "[c]"],
    ["SCS-1", None, None, None, None, (datetime.date(2016, 1, 12), "dd/mm/yyyy")],
]
CREATED = datetime.datetime(2016, 2, 4)


def with_openpyxl(path):
    book = openpyxl.Workbook()
    book.active.title = "Notes & queries"
    sheet = book.create_sheet("January")
    sheet.append(HEADER)
    for number, row in enumerate(ROWS, 2):
        for column, cell in enumerate(row, 1):
            value, style = cell if isinstance(cell, tuple) else (cell, None)
            written = sheet.cell(number, column, value)
            if style:
                written.number_format = style
    book.properties.created = book.properties.modified = CREATED
    book.save(path)


def with_xlsxwriter(path):
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": CREATED})
    book.add_worksheet("Notes & queries")
    sheet = book.add_worksheet("January")
    sheet.write_row(0, 0, HEADER)
    for number, row in enumerate(ROWS, 1):
        for column, cell in enumerate(row):
            value, style = cell if isinstance(cell, tuple) else (cell, None)
            style = style and book.add_format({"num_format": style})
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, style)
            elif value is not None:
                sheet.write(number, column, value, style)
    book.close()


with_openpyxl("openpyxl.xlsx")
with_xlsxwriter("xlsxwriter.xlsx")

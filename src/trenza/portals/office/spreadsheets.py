"""Lists as CSV and XLSX that are safe to open and take little memory, however long they are."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook

from trenza.portals.office.columns import Cell

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, CSV injection), full-width signs too."""
MOST_ROWS: Final = 1_048_575
"""Of a worksheet, its heading apart (ECMA-376 allows 1,048,576)."""
MOST_LETTERS: Final = 32_767
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel reads a CSV file as Windows-1252, and María becomes MarÃ­a."""
_WIDTHS: Final = (12, 40)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet may take this text for a formula."""
    return text.lstrip(" ").startswith(FORMULA_STARTS)


def safe(value: Any) -> Any:
    """Text that would start a formula, with an apostrophe in front: spreadsheets then show it and run nothing.

    Numbers and dates stay what they are.
    """
    return "'" + value if isinstance(value, str) and starts_formula(value) else value


def csv_lines(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: bytes = BYTE_ORDER_MARK
) -> Iterator[bytes]:
    """A CSV file, line by line: UTF-8, with a mark for Excel unless a program reads it, days as ISO 8601."""
    writer = csv.writer(_Echo())
    yield mark + writer.writerow([safe(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([_text(cell) for cell in row])


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook of one sheet, a row at a time, and say how many rows it has.

    Text is written as text, never as a formula or a link; what looks like a formula is marked as quoted, so that it
    stays text when somebody edits the cell. Rows beyond `MOST_ROWS` do not fit: ask before.
    """
    with Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as workbook:
        sheet = workbook.add_worksheet()
        formats = {
            kind: workbook.add_format(how)
            for kind, how in (
                ("heading", {"bold": True}),
                ("quoted", {"quote_prefix": True}),
                ("day", {"num_format": "yyyy-mm-dd"}),
                ("moment", {"num_format": "yyyy-mm-dd hh:mm"}),
            )
        }
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, min(max(len(heading) + 4, _WIDTHS[0]), _WIDTHS[1]))
            sheet.write_string(0, column, heading, formats["heading"])
        number = 0
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, formats)
        if number:
            sheet.autofilter(0, 0, number, len(headings) - 1)
    return number


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: Mapping[str, Any]) -> None:
    """Each kind of value by the method for it: xlsxwriter's `write` would guess formulas and links from text."""
    match cell:
        case str():
            if cell:
                text = cell if len(cell) <= MOST_LETTERS else cell[: MOST_LETTERS - 1] + "…"
                sheet.write_string(row, column, text, formats["quoted"] if starts_formula(text) else None)
        case bool():
            sheet.write_boolean(row, column, cell)
        case int() | float():
            sheet.write_number(row, column, cell)
        case datetime():
            sheet.write_datetime(row, column, cell, formats["moment"])
        case date():
            sheet.write_datetime(row, column, cell, formats["day"])


def _text(cell: Cell) -> Any:
    return cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else safe(cell)


class _Echo:
    """A file whose `write` gives the line back, so that it can be sent and not kept."""

    def write(self, line: str) -> bytes:
        return line.encode()

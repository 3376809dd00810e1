"""Reading a table that somebody uploads: XLSX or CSV, as rows of plain cells, or one clear sentence why not.

Nothing of the file is trusted: its size is known before it is opened, what it would take unpacked before it is
unpacked, and only as much is read as may be kept. Formulas are never worked out, macros never kept.
"""

import codecs
import csv
import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from trenza.portals.field import old_sheets

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_UNPACKED: Final = 60 * 1024 * 1024
MOST_FILES: Final = 1_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 80
EMPTY_ROWS: Final = 1_000
"""After so many empty rows in a row nothing more is looked for, and the reader is told."""
LONGEST_CELL: Final = 2_000

DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, SyntaxError, LookupError,
    ValueError, TypeError, AttributeError, ArithmeticError, EOFError, OSError, RuntimeError,
)  # fmt: skip
"""What zipfile, the reader of XML (whose errors are SyntaxErrors) and openpyxl raise for files that are not whole."""

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")


class SheetRefused(Exception):
    """The file cannot be read; the text says to whoever uploaded it why, and what to do."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula: what it would give is not looked at."""


@dataclass(frozen=True)
class Broken:
    """A cell in which a spreadsheet shows an error, such as #N/A."""


Cell = Any  # str, int, float, bool, datetime, date, time, Formula, Broken or None


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, the first being 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Bounds:
    """How much of a table is taken."""

    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS

    def refuse(self) -> SheetRefused:
        """What is said of a table with more rows."""
        if self.rows == MOST_ROWS:
            return SheetRefused(
                _("The file has more than 5,000 rows of people. Divide it into several files; nothing was read.")
            )
        words = _("The file has more than %(most)s rows. Divide it into several files; nothing was read.")
        return SheetRefused(words % {"most": f"{self.rows:,}"})


USUAL: Final = Bounds()


@dataclass(frozen=True)
class Table:
    """The rows below the header, which are not empty, and what is to be said of how they were read."""

    header: Row
    rows: list[Row]
    notes: tuple[str, ...] = ()
    sheet: str = ""

    def place(self, row: int, column: int) -> str:
        """How a spreadsheet names a cell, from the number of its row and the index of its column."""
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(column + 1)}{row}"


def read_table(file: "UploadedFile[bytes]", *, knows: Sequence[str], missing: str, bounds: Bounds = USUAL) -> Table:
    """The table of a file: in a workbook, the first visible sheet with a header that has one of the columns `knows`.
    `missing` is what to say where there is none.

    Raises:
        SheetRefused: with the sentence to show.
    """
    name, size = (file.name or "").lower(), file.size or 0
    if size == 0:
        raise SheetRefused(_("The file is empty."))
    if size > MOST_BYTES:
        raise SheetRefused(_("The file is larger than 5 MB. Divide it into several files."))
    content = file.read(MOST_BYTES + 1)
    if content.startswith(old_sheets.OLE):
        raise SheetRefused(
            _(
                "This is an old Excel file (.xls), or one with a password. Open it and save it as a workbook .xlsx "
                "without a password."
            )
        )
    if content.startswith(b"PK"):
        return _workbook(content, name, knows, missing, bounds)
    if name.endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise SheetRefused(_("This file is damaged, or it is not a workbook. Open it, save it as .xlsx and try again."))
    return _text(content, knows, missing, bounds)


def read_sheets(file: "UploadedFile[bytes]", names: Sequence[str]) -> dict[str, Table]:
    """The sheets of these names of a workbook (.xlsx, or the old .xls), each below its first row that is not empty;
    those that are missing or have no rows are left out. Within the same limits as `read_table`.

    Raises:
        SheetRefused: with the sentence to show.
    """
    from openpyxl import load_workbook  # 5 MB

    name, size = (file.name or "").lower(), file.size or 0
    if size == 0:
        raise SheetRefused(_("The file is empty."))
    if size > MOST_BYTES:
        raise SheetRefused(_("The file is larger than 5 MB. Divide it into several files."))
    content = file.read(MOST_BYTES + 1)
    if content.startswith(old_sheets.OLE):
        return _old_sheets(content, names)
    if not content.startswith(b"PK"):
        raise SheetRefused(_("This file is damaged, or it is not a workbook. Open it, save it as .xlsx and try again."))
    _ensure_harmless(content, name)
    found: dict[str, Table] = {}
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            for sheet in book.worksheets:
                if (title := sheet.title.strip().lower()) in names and title not in found:
                    sheet.reset_dimensions()
                    cells = (tuple(map(_value, row)) for row in sheet.iter_rows(max_col=MOST_COLUMNS))
                    if rows := _numbered(cells, sheet.title):
                        found[title] = Table(rows[0], rows[1:], sheet=title)
        finally:
            book.close()
    except DAMAGED as error:
        raise SheetRefused(
            _("This file is damaged, or it is not a workbook. Open it, save it as .xlsx and try again.")
        ) from error
    return found


def _old_sheets(content: bytes, names: Sequence[str]) -> dict[str, Table]:
    if old_sheets.has_macros(content):
        raise SheetRefused(_("This workbook has macros. Save it as .xlsx, without macros, and try again."))
    found: dict[str, Table] = {}
    try:
        sheets = old_sheets.rows_of_sheets(
            content, lambda title: title.strip().lower() in names, most_columns=MOST_COLUMNS, error=Broken()
        )
        for name, count, cells in sheets:
            title = name.strip().lower()
            if count > MOST_ROWS:
                raise SheetRefused(_("The sheet “%(name)s” has more than 5,000 rows.") % {"name": name})
            if title not in found and (rows := _numbered(map(_old_values, cells), name)):
                found[title] = Table(rows[0], rows[1:], sheet=title)
    except (old_sheets.Unreadable, *DAMAGED) as error:
        raise SheetRefused(
            _("This old Excel file (.xls) is damaged, or it has a password. Save it as .xlsx and try again.")
        ) from error
    return found


def _old_values(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(cell[: LONGEST_CELL + 1] if isinstance(cell, str) else cell for cell in cells)


def rows_of(tables: Mapping[str, Table]) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """Each row as text by the lower-case names of its columns, empty cells left out; a formula is empty, and the first
    of two columns of one name counts."""
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for title, table in tables.items():
        names = [cell.strip().lower() if isinstance(cell, str) else "" for cell in table.header.cells]
        found[title] = []
        for row in table.rows:
            cells: dict[str, str] = {}
            for name, cell in zip(names, row.cells, strict=False):
                if name and name not in cells and cell is not None and not isinstance(cell, Formula | Broken):
                    cells[name] = _cell_text(cell)
            found[title].append((row.number, cells))
    return found


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return one_line(cell) if isinstance(cell, str | int | float) else str(cell)


def not_read(tables: Mapping[str, Table]) -> list[tuple[str, int, str]]:
    """What `rows_of` leaves out: sheet, row and column of formulas and errors, and of columns that stand twice."""
    found = []
    for title, table in tables.items():
        names = [cell.strip() if isinstance(cell, str) else "" for cell in table.header.cells]
        known = [name.lower() for name in names]
        twice = [name for place, name in enumerate(names) if name and name.lower() in known[:place]]
        found += [(title, table.header.number, name) for name in twice]
        found += [
            (title, row.number, name)
            for row in table.rows
            for name, cell in zip(names, row.cells, strict=False)
            if name and isinstance(cell, Formula | Broken)
        ]
    return found


def _numbered(rows: Iterable[tuple[Cell, ...]], name: str) -> list[Row]:
    """The rows that are not empty."""
    found: list[Row] = []
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise SheetRefused(_("The sheet “%(name)s” has more than 5,000 rows.") % {"name": name})
        if any(cell not in (None, "") for cell in cells):
            found.append(Row(number, cells))
        elif number - (found[-1].number if found else 0) > EMPTY_ROWS:
            break
    return found


def plain(text: str) -> str:
    """A name of a column without accents, capitals and signs, to compare it."""
    spread = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in spread if not unicodedata.combining(c)).lower()).strip()


def one_line(cell: str | int | float) -> str:
    """A text in one line: without odd spaces, invisible signs or line breaks; 71234567.0 is 71234567."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "".join(
        " " if unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc"} else sign
        for sign in unicodedata.normalize("NFC", str(cell))
        if unicodedata.category(sign) not in {"Cf", "Co", "Cn", "Cs"}
    )
    return " ".join(text.split())


def _workbook(content: bytes, name: str, knows: Sequence[str], missing: str, bounds: Bounds) -> Table:
    from openpyxl import load_workbook  # 5 MB
    from openpyxl.utils.exceptions import InvalidFileException

    _ensure_harmless(content, name)
    damaged = _("This file is damaged, or it is not a workbook. Open it, save it as .xlsx and try again.")
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return _sheet(book, content, knows, missing, bounds)
        finally:
            book.close()
    except (*DAMAGED, InvalidFileException) as error:
        raise SheetRefused(damaged) from error


def _ensure_harmless(content: bytes, name: str) -> None:
    """Look at the list of what is packed in the file, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            names = {entry.filename for entry in entries}
            if name.endswith(".ods") or "mimetype" in names:
                raise SheetRefused(
                    _("This is a file of LibreOffice (.ods). Save it as a workbook .xlsx and try again.")
                )
            if name.endswith((".xlsm", ".xltm", ".xlsb")) or any("vbaproject" in each.lower() for each in names):
                raise SheetRefused(_("This workbook has macros. Save it as .xlsx, without macros, and try again."))
            if "xl/workbook.xml" not in names:
                raise SheetRefused(_("This is not a workbook. Save it as .xlsx and try again."))
            if any(entry.flag_bits & 1 for entry in entries):
                raise SheetRefused(_("The file has a password. Save it without one and try again."))
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise SheetRefused(
                    _("Unpacked, this workbook is far too large. Copy only what is needed into a new one.")
                )
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with packed.open(entry) as part:
                        if b"<!" in part.read(4_096).replace(b"<!--", b""):
                            raise SheetRefused(_("This workbook holds something that does not belong into one."))
    except DAMAGED as error:
        raise SheetRefused(
            _("This file is damaged, or it is not a workbook. Open it, save it as .xlsx and try again.")
        ) from error


def _sheet(book: Any, content: bytes, knows: Sequence[str], missing: str, bounds: Bounds) -> Table:
    notes: list[str] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.append(_("The sheet “%(name)s” is hidden and was not read.") % {"name": sheet.title})
            continue
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        numbered = (
            Row(number, tuple(map(_value, cells)))
            for number, cells in enumerate(sheet.iter_rows(max_col=bounds.columns), 1)
        )
        table = _table(numbered, knows, notes, sheet.title, bounds)
        if table is not None:
            if merged := _merged(content, sheet._worksheet_path):
                raise SheetRefused(
                    _(
                        "The cells %(place)s of the sheet “%(name)s” are merged. Separate them, so that each has its "
                        "own value."
                    )
                    % {"place": merged, "name": sheet.title}
                )
            return table
    raise SheetRefused(missing)


def _value(cell: Any) -> Cell:
    value = cell.value
    if getattr(cell, "data_type", "") == "f":
        return Formula()
    if getattr(cell, "data_type", "") == "e":
        return Broken()
    if isinstance(value, str):
        if value.startswith("="):
            return Formula()
        return value[: LONGEST_CELL + 1]
    return value


def _merged(content: bytes, path: str) -> str:
    """The first merged cells of a sheet. Read-only sheets do not know: they stand behind the rows in its file."""
    tail = b""
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open(path.lstrip("/")) as part:
        while chunk := part.read(1 << 20):
            if found := _MERGED.search(tail + chunk):
                return found.group(1).decode()
            tail = chunk[-200:]
    return ""


def _text(content: bytes, knows: Sequence[str], missing: str, bounds: Bounds) -> Table:
    text, notes = _decoded(content)
    start = "\n".join(text[:20_000].splitlines()[:10])
    separator = max(";,\t|", key=start.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        table = _table(_lines(lines, bounds.columns), knows, notes, "", bounds)
    except csv.Error as error:
        raise SheetRefused(
            _("Line %(number)s of the file is broken: a quotation mark is open, or a cell is far too long.")
            % {"number": lines.line_num}
        ) from error
    if table is None:
        raise SheetRefused(missing)
    return table


def _lines(lines: Any, columns: int) -> Iterator[Row]:
    """Each with the number of its last line in the file."""
    for cells in lines:
        shown = (Formula() if cell.startswith("=") else cell[: LONGEST_CELL + 1] for cell in cells[:columns])
        yield Row(lines.line_num, tuple(shown))


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """UTF-8 and UTF-16 by their marks, else UTF-8, else what Windows writes in our countries."""
    refused = SheetRefused(
        _("The letters of this file cannot be read. Save it as “CSV UTF-8”, or use the template in .xlsx.")
    )
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16"), []
        if b"\0" in content:
            raise refused
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise refused from error
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refused from error
    return text, [
        _(
            "The file is not in UTF-8; it was read as Windows writes it. "
            "Look whether names with ñ and accents are right."
        )
    ]


def _table(rows: Iterable[Row], knows: Sequence[str], notes: list[str], sheet: str, bounds: Bounds) -> Table | None:
    """The table below the first row, among the first ten that are not empty, that has a column which is known."""
    header: Row | None = None
    found: list[Row] = []
    empty = seen = 0
    for row in rows:
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row.cells):
            empty += 1
            if empty > EMPTY_ROWS:
                notes.append(
                    _("Below row %(number)s a thousand rows are empty; what may stand below them was not read.")
                    % {"number": row.number - empty}
                )
                break
            continue
        empty = 0
        if header is None:
            seen += 1
            if any(isinstance(cell, str) and plain(cell) in knows for cell in row.cells):
                header = row
            elif seen >= 10:
                return None
            continue
        found.append(row)
        if len(found) > bounds.rows:
            raise bounds.refuse()
    if header is None:
        return None
    if not found:
        raise SheetRefused(_("The file has no rows of people below the names of the columns."))
    return Table(header, found, tuple(notes), sheet)

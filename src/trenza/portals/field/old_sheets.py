"""Reading an old Excel file (.xls): as untrusted as any other (`sheets`). Of a formula it says the value alone."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How it begins; so does a workbook with a password."""
_MACROS: Final = "_VBA_PROJECT".encode("utf-16-le")


class Unreadable(Exception):
    """It is no workbook, has a password, or is damaged."""


def has_macros(content: bytes) -> bool:
    """Whether a program stands in it."""
    return _MACROS in content


def rows_of_sheets(
    content: bytes, wanted: Callable[[str], bool], *, most_columns: int, error: Any
) -> Iterator[tuple[str, int, Iterator[Sequence[Any]]]]:
    """Each wanted sheet by its name, with how many rows it has, and its cells: text, numbers, yes or no, moments; None
    where empty, `error` where the spreadsheet shows one. A sheet is forgotten before the next is read: the format
    itself ends at 65,536 rows of 256 columns, which is as much as may be held.

    Raises:
        Unreadable: see there.
    """
    import xlrd  # 3 MB

    try:
        book = xlrd.open_workbook(
            file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO(), use_mmap=False
        )
        for index, name in enumerate(book.sheet_names()):
            if wanted(name):
                sheet = book.sheet_by_index(index)
                yield name, sheet.nrows, _rows(sheet, book.datemode, most_columns, error)
                book.unload_sheet(index)
    except MemoryError:
        raise
    except Exception as wrong:  # what xlrd raises for a damaged file is anything
        raise Unreadable from wrong


def _rows(sheet: Any, datemode: int, most_columns: int, error: Any) -> Iterator[Sequence[Any]]:
    for number in range(sheet.nrows):
        yield [_value(cell, datemode, error) for cell in sheet.row(number)[:most_columns]]


def _value(cell: Any, datemode: int, error: Any) -> Any:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
            return cell.value
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        case xlrd.XL_CELL_ERROR:
            return error
    return None

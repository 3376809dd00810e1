"""Taking a list away as a file: as it is filtered now, whole, and written down in the journal."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from wagtail.admin.ui.tables import Column

from trenza.apps.people.api import Person, record_export
from trenza.portals.office.columns import Cell, exported
from trenza.portals.office.spreadsheets import MOST_ROWS, csv_lines, write_xlsx

Format = Literal["csv", "xlsx"]
FORMATS: Final[tuple[Format, ...]] = ("xlsx", "csv")
AT_ONCE: Final = 2_000
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooLong(Exception):
    """A worksheet does not hold so many rows."""


def send(
    rows: QuerySet[Any],
    columns: Sequence[Column],
    *,
    code: str,
    name: str,
    format: Format,
    prepare: Callable[[Sequence[Any]], None],
    by: Person,
) -> HttpResponseBase:
    """The rows as a file called `name`; `code` is what the list is called in the journal.

    `prepare` is called with each portion of rows. A CSV file is sent while it is read, a workbook once it is whole,
    from a file that vanishes with the answer.

    Raises:
        TooLong: the rows do not fit a worksheet; a CSV file holds any number.
    """
    count = rows.order_by().count()
    if format == "xlsx" and count > MOST_ROWS:
        raise TooLong
    record_export(list=code, format=format, rows=count, by=by)
    headings = [str(column.label) for column in columns]
    cells = _cells(rows, columns, prepare)
    if format == "csv":
        answer = StreamingHttpResponse(csv_lines(headings, cells), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer
    with tempfile.TemporaryDirectory(prefix="trenza-") as folder:
        path = Path(folder) / "list.xlsx"
        write_xlsx(path, headings, cells)
        # The open file outlives its name.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx", content_type=_XLSX)


def _cells(
    rows: QuerySet[Any], columns: Sequence[Column], prepare: Callable[[Sequence[Any]], None]
) -> Iterator[list[Cell]]:
    """What stands in each row, read a portion at a time so that a long list does not fill a small laptop's memory."""
    portion: list[Any] = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        portion.append(row)
        if len(portion) == AT_ONCE:
            prepare(portion)
            yield from ([exported(column, each) for column in columns] for each in portion)
            portion = []
    prepare(portion)
    yield from ([exported(column, each) for column in columns] for each in portion)

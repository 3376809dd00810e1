"""A list that somebody else kept, as a file: its columns, its rows, and what a trainer says of the doubtful ones."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.sessions.api import MOST_LISTED, ListChoice, ListRow
from trenza.portals.field.sheets import Cell, SheetRefused, Table, one_line, plain, read_table
from trenza.portals.trainer.words import MARKS

LONGEST: Final = 120
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "nombre", "nombres", "nombre completo", "nombre y apellido", "nombre y apellidos", "nombres y apellidos",
        "apellidos y nombres", "participante", "name", "full name", "given name",
    ),
    "family_name": ("apellido", "apellidos", "family name", "last name", "surname"),
    "phone": ("telefono", "celular", "movil", "numero", "whatsapp", "phone", "mobile"),
    "mark": ("asistencia", "asistio", "marca", "estado", "presente", "attendance", "present", "mark", "status"),
}  # fmt: skip
"""What partners call their columns, without accents and capitals. Others, such as a document, are not read."""

NEW: Final = "new"
_Text = Annotated[str, msgspec.Meta(max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f]*\Z")]


class _Row(msgspec.Struct, array_like=True, frozen=True):
    name: _Text
    mark: _Text
    family_name: _Text
    phone: _Text


_decoder = msgspec.json.Decoder(Annotated[list[_Row], msgspec.Meta(max_length=MOST_LISTED)])


class OutsideForm(forms.Form):
    """The file of somebody else's list."""

    file = forms.FileField(
        label=gettext_lazy("The file with the list"),
        max_length=200,
        help_text=gettext_lazy(
            "A workbook .xlsx or a file .csv. It needs a column “Nombre”; “Apellidos”, “Teléfono” and “Asistencia” "
            "help."
        ),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )


class Outside(NamedTuple):
    """What was read: the rows, and what is to be said of how."""

    rows: Sequence[ListRow]
    notes: Sequence[str]


def read_file(file: "UploadedFile[bytes]") -> Outside:
    """The rows of a file. Without a column of attendance everybody on the list came.

    Raises:
        SheetRefused: with the sentence to show.
    """
    table = read_table(
        file,
        knows=COLUMNS["name"],
        missing=_("We find no column “Nombre” in the first rows. Write the names of the columns above the list."),
    )
    if len(table.rows) > MOST_LISTED:
        raise SheetRefused(
            _("The list has more than %(most)s rows. Divide it into several files.") % {"most": MOST_LISTED}
        )
    columns = _columns(table)
    notes = list(table.notes)
    if "mark" not in columns:
        notes.append(_("The list has no column “Asistencia”: we take it that everybody on it came."))
    rows = []
    for row in table.rows:
        text = {what: _text(row.cells[at]) if at < len(row.cells) else "" for what, at in columns.items()}
        rows.append(ListRow(text["name"], text.get("mark", "x"), text.get("family_name", ""), text.get("phone", "")))
    return Outside(rows, notes)


def kept(rows: Sequence[ListRow]) -> str:
    """Rows as the page keeps them until they are confirmed."""
    return msgspec.json.encode([list(row) for row in rows]).decode()


def unpacked(text: str) -> list[ListRow] | None:
    """The rows that a page kept; None where it is not what we wrote."""
    try:
        return [ListRow(row.name, row.mark, row.family_name, row.phone) for row in _decoder.decode(text.encode())]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def choices_of(data: Mapping[str, Any], rows: int) -> dict[int, ListChoice]:
    """What was said of doubtful rows: `who-3` is a person, `new` or nothing, `mark-3` a mark or nothing."""
    found = {}
    for number in range(1, rows + 1):
        who, mark = data.get(f"who-{number}", ""), data.get(f"mark-{number}", "")
        if who or mark:
            found[number] = ListChoice(_person(who), who == NEW, mark if mark in MARKS else None)
    return found


def _person(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _columns(table: Table) -> dict[str, int]:
    """Where each of ours stands; the first where one stands twice."""
    found: dict[str, int] = {}
    for index, cell in enumerate(table.header.cells):
        title = plain(cell) if isinstance(cell, str) else ""
        for what, names in COLUMNS.items():
            if title in names:
                found.setdefault(what, index)
    return found


def _text(cell: Cell) -> str:
    """As it is compared and shown. What is no text (a formula, an error) says nothing, and its row is doubtful."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return one_line(cell)[:LONGEST] if isinstance(cell, str | int | float) else "?"

"""From the rows of a gradebook to grades: which column is what, and what is odd about a row, in words."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from trenza.apps.credentials.api import NewGrade
from trenza.portals.field.sheets import Broken, Cell, Formula, Row, Table, one_line, plain

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        "student name", "student", "name", "full name", "learner name", "nombre completo", "nombre del estudiante",
        "nombre de la estudiante", "estudiante", "participante", "alumna", "alumno", "nombre y apellido",
        "nombre y apellidos",
    ),
    "given": ("first name", "given name", "nombre", "nombres"),
    "family": ("last name", "family name", "surname", "apellido", "apellidos"),
    "email": (
        "email", "e mail", "email address", "e mail address", "student email", "student e mail", "learner email",
        "mail", "email id", "correo", "correo electronico", "correo del estudiante", "correo de la estudiante",
        "direccion de correo", "direccion de correo electronico",
    ),
    "completed": (
        "course completion", "completion", "completion status", "course status", "status", "completed",
        "course completed", "completado", "completada", "curso completado", "finalizado", "estado", "estado del curso",
        "estado de finalizacion", "finalizacion del curso", "finalizacion",
    ),
    "score": (
        "final score", "final grade", "course score", "overall score", "total score", "course total", "score", "grade",
        "puntaje final", "puntaje", "nota final", "nota", "calificacion final", "calificacion", "puntuacion final",
        "total del curso",
    ),
    "completed_on": (
        "completion date", "completed on", "date completed", "completed date", "course completion date",
        "fecha de finalizacion", "fecha de culminacion", "fecha de termino", "completado el",
    ),
}  # fmt: skip
"""How each column may be called, plain (sheets.plain); the first of two that mean the same counts."""
KNOWS: Final = tuple(name for code in ("email", "score", "completed") for name in COLUMNS[code])
_CODES: Final = {name: code for code, names in COLUMNS.items() for name in names}
_YES: Final = frozenset(
    {"yes", "y", "si", "s", "true", "1", "x", "complete", "completed", "completado", "completada", "passed", "pass",
     "aprobado", "aprobada", "finalizado", "finalizada", "terminado", "terminada", "done"}
)  # fmt: skip
_NO: Final = frozenset(
    {"", "no", "n", "false", "0", "incomplete", "not complete", "not completed", "in progress", "not started",
     "enrolled", "active", "failed", "fail", "dropped", "withdrawn", "en curso", "en progreso", "incompleto",
     "incompleta", "no completado", "no completada", "no iniciado", "inscrito", "inscrita", "reprobado", "reprobada",
     "pendiente", "activo", "activa"}
)  # fmt: skip
_TICKS: Final = ("✓", "✔", "☑", "✅")
_NOTHING: Final = ("", "-", "–", "—", "n/a", "na")
_NUMBER: Final = re.compile(r"(\d{1,4}(?:[.,]\d{1,4})?)\s*(%?)(?:\s*/\s*100)?")
_SCORES: Final = 100
_FORMATS: Final = (
    "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y",
)  # fmt: skip


class Odd(Exception):
    """A cell that cannot be read; the text says why."""


class GradeReader:
    """Reads a table. `missing` says, before its rows are read, what no column tells."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._columns: dict[str, int] = {}
        self.notes: list[str] = []
        twice: list[str] = []
        for index, cell in enumerate(table.header.cells):
            code = _CODES.get(plain(cell)) if isinstance(cell, str) else None
            if code in self._columns:
                twice.append(one_line(cell))
            elif code is not None:
                self._columns[code] = index
        if twice:
            words = _("These columns were not read, for others before them mean the same: %(columns)s.")
            self.notes.append(words % {"columns": ", ".join(twice)[:400]})

    def missing(self) -> str:
        """What to say where the table lacks what is needed; blank where it has it."""
        if not {"score", "completed", "completed_on"} & self._columns.keys():
            return _("No column says who completed the course, or with which score.")
        if not {"email", "name", "given"} & self._columns.keys():
            return _("No column says whose row it is: a name or an e-mail address.")
        return ""

    def told(self) -> list[str]:
        """Which column was read as what, for whoever looks at it."""
        return [
            one_line(cell)
            for index, cell in enumerate(self.table.header.cells)
            if index in self._columns.values() and isinstance(cell, str)
        ]

    def rows(self) -> list[NewGrade]:
        """Every row; what is odd in one is said in its `problem`."""
        return [self._row(row) for row in self.table.rows]

    def _row(self, row: Row) -> NewGrade:
        problems: list[str] = []

        def read(code: str, how: Callable[[Cell], Any], default: Any) -> Any:
            index = self._columns.get(code)
            cell = row.cells[index] if index is not None and index < len(row.cells) else None
            try:
                return how(cell)
            except Odd as odd:
                problems.append(str(odd))
                return default

        completed, day = read("completed", _flag, (False, None))
        name = read("name", _text, "") or f"{read('given', _text, '')} {read('family', _text, '')}".strip()
        email, score = read("email", _text, ""), read("score", _score, None)
        on = read("completed_on", _day, None) or day
        if not name and not email:
            problems.append(_("There is neither a name nor an e-mail address."))
        said = self._columns.keys() & {"score", "completed"}
        return NewGrade(
            number=row.number, name=name[:200], email=email[:254], score=score,
            # A file with days alone says by them who completed.
            completed=completed or (on is not None and not said),
            completed_on=on, problem=" ".join(problems),
        )  # fmt: skip


def _text(cell: Cell) -> str:
    if isinstance(cell, Formula | Broken):
        raise Odd(_("A cell holds a formula or an error."))
    return one_line(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""


def _flag(cell: Cell) -> tuple[bool, date | None]:
    """Whether it was completed; a column of this name may hold the day on which it was."""
    if isinstance(cell, bool):
        return cell, None
    if isinstance(cell, datetime | date):
        return True, _day(cell)
    text = _text(cell)
    if any(tick in text for tick in _TICKS):
        return True, None
    word = plain(text)
    if text in _NOTHING or word in _NO:
        return False, None
    if word in _YES:
        return True, None
    if percent := _NUMBER.fullmatch(text):
        return _number(percent) >= _SCORES, None
    try:
        return True, _day(text)
    except Odd:
        raise Odd(_("“%(text)s” does not say whether it was completed.") % {"text": text[:60]}) from None


def _score(cell: Cell) -> float | None:
    """Of 100."""
    if isinstance(cell, bool | datetime | date):
        raise Odd(_("The score is no number."))
    text = _text(cell)
    if text.lower() in _NOTHING:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise Odd(_("The score “%(text)s” is no number.") % {"text": text[:60]})
    score = _number(found)
    if score > _SCORES:
        raise Odd(_("The score “%(text)s” is more than 100.") % {"text": text[:60]})
    return score


def _number(found: re.Match[str]) -> float:
    return float(found.group(1).replace(",", "."))


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if text.lower() in _NOTHING:
        return None
    start: Sequence[str] = text.replace("T", " ").split(" ")
    for each in (text, start[0]):
        for form in _FORMATS:
            try:
                return datetime.strptime(each, form).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
    raise Odd(_("“%(text)s” is no day that we can read; write it like 14/03/2026.") % {"text": text[:60]})

"""A list of who came that somebody kept on paper or in a sheet: its rows are matched with the people of the session by
name, shown, and marked once somebody has said that they are right."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import visible_enrolments
from trenza.apps.sessions import rules
from trenza.apps.sessions.models import MarkKind, Session
from trenza.apps.sessions.queries import people_of
from trenza.core.words import folded

MOST_ROWS: Final = 2_000

UNKNOWN_NAME: Final = "unknown_name"
SEVERAL: Final = "several_with_the_name"
TWICE: Final = "named_twice"
UNKNOWN_MARK: Final = "unknown_mark"
NO_NAME: Final = "no_name"

# What people write in a column of a list, folded; an empty cell is no mark.
WORDS: Final[Mapping[str, str]] = {
    word: mark.value
    for mark, words in {
        MarkKind.PRESENT: "present presente p asistio si x ✓ ✔ 1 vino",
        MarkKind.LATE: "late tarde t tardanza retraso",
        MarkKind.ABSENT: "absent ausente a falta f no 0 inasistencia",
        MarkKind.EXCUSED: "excused excusada e justificada j permiso licencia",
    }.items()
    for word in words.split()
}


class Row(NamedTuple):
    """A row as it was read: the name, and what stands in the column of the session."""

    name: str
    mark: str


@dataclass(frozen=True)
class Matched:
    """A row with whom it means. `person` and `mark` are None where that is not known, and `problem` says why; a row
    whose mark is empty has neither mark nor problem, and is passed over."""

    number: int
    name: str
    person: UUID | None
    mark: str | None
    problem: str = ""


@dataclass(frozen=True)
class AttendanceList:
    """All rows, in their order. `digest` names what would be marked."""

    rows: tuple[Matched, ...]

    @property
    def marks(self) -> dict[UUID, str]:
        """What would be marked: rows without a problem."""
        return {row.person: row.mark for row in self.rows if row.person and row.mark and not row.problem}

    @property
    def problems(self) -> list[Matched]:
        """The rows that are left out until somebody puts them right."""
        return [row for row in self.rows if row.problem]

    @cached_property
    def digest(self) -> str:
        """The same for the same marks."""
        said = sorted(f"{person.hex} {mark}" for person, mark in self.marks.items())
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def read_attendance_list(session: Session, rows: Sequence[Row], viewer: Person) -> AttendanceList:
    """Match rows with the people of a session whom the viewer may mark: who has a place, walked in, or is enrolled in
    its edition within her scope. Names are compared without accents, case and order of words. Changes nothing; a fixed
    number of queries.

    Raises:
        NotAllowed: the viewer does not keep this session.
        ValueError: more than MOST_ROWS.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a list has at most {MOST_ROWS} rows")
    rules.kept_sessions.require(viewer, session)
    known = _known(session, viewer)
    matched = [_matched(number, row, known) for number, row in enumerate(rows, start=1)]
    times = Counter(row.person for row in matched if row.person and row.mark)
    return AttendanceList(
        tuple(
            Matched(row.number, row.name, row.person, row.mark, TWICE)
            if row.person and row.mark and times[row.person] > 1
            else row
            for row in matched
        )
    )


def _matched(number: int, row: Row, known: Mapping[str, set[UUID]]) -> Matched:
    name, said = row.name.strip(), folded(row.mark).strip()
    if not said:
        return Matched(number, name, None, None)
    mark = WORDS.get(said)
    persons = known.get(_key(name), set())
    person = next(iter(persons)) if len(persons) == 1 else None
    problem = ""
    if not name:
        problem = NO_NAME
    elif len(persons) != 1:
        problem = SEVERAL if persons else UNKNOWN_NAME
    elif mark is None:
        problem = UNKNOWN_MARK
    return Matched(number, name, person, mark, problem)


def _known(session: Session, viewer: Person) -> dict[str, set[UUID]]:
    """By name, those of the session and of its edition and track. Herself she does not mark."""
    found: dict[str, set[UUID]] = defaultdict(set)
    for each in people_of([session.pk])[session.pk]:
        found[_key(each.name)].add(each.person)
    enrolled = visible_enrolments.which(viewer).filter(edition=session.edition_id).exclude(state="withdrawn")
    if session.track_id is not None:
        enrolled = enrolled.filter(track=session.track_id)
    names = ("person", "person__given_name", "person__family_name")
    for person, given, family in enrolled.order_by().values_list(*names).iterator():
        found[_key(f"{given} {family}")].add(person)
    for persons in found.values():
        persons.discard(viewer.pk)
    return found


def _key(name: str) -> str:
    """Ana Quispe and QUISPE, Ána are one."""
    return " ".join(sorted(folded(name).replace(",", " ").split()))

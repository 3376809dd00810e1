"""A list of who came that somebody kept on paper or in a sheet: its rows are matched with the people of the session by
name, shown, and marked once somebody has said that they are right."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people.api import Account, Person, normal_phone
from trenza.apps.programmes.api import visible_enrolments
from trenza.apps.sessions import rules
from trenza.apps.sessions.heads import CAME
from trenza.apps.sessions.models import MarkKind, Session
from trenza.apps.sessions.queries import people_of
from trenza.core.words import folded

MOST_ROWS: Final = 200
"""Of one list: as many as a page decides about at once."""
MOST_ALIKE: Final = 5
LONGEST_COMPARED: Final = 100

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
    """A row as it was read: the name, what stands in the column of the session, and her number if it is there."""

    name: str
    mark: str
    family_name: str = ""
    phone: str = ""

    @property
    def whole_name(self) -> str:
        """As it is compared and shown."""
        return f"{self.name} {self.family_name}".strip()


class Candidate(NamedTuple):
    """Whom a row may mean; `where` tells her from another of the same name: her region, if it is known."""

    person: UUID
    name: str
    where: str


class Choice(NamedTuple):
    """What somebody said of a doubtful row: whom it means, or that she is `new`, and her mark. What is None stays as
    it was read."""

    person: UUID | None = None
    new: bool = False
    mark: str | None = None


@dataclass(frozen=True)
class Matched:
    """A row with whom it means. `person` and `mark` are None where that is not known, and `problem` says why; a row
    whose mark is empty has neither mark nor problem, and is passed over. `candidates` are those whom a doubtful row may
    mean; `new`, that somebody said she is on no list."""

    number: int
    row: Row
    person: UUID | None
    mark: str | None
    problem: str = ""
    candidates: tuple[Candidate, ...] = ()
    new: bool = False

    @property
    def name(self) -> str:
        """As it stands in the list."""
        return self.row.whole_name

    @property
    def may_be_new(self) -> bool:
        """Whether she may be added as a walk-in: somebody with a name, of whom nobody said that she did not come."""
        return bool(self.name) and (self.mark is None or self.mark in CAME)

    @property
    def unclear_mark(self) -> bool:
        """Whether what stands in its cell means nothing to us."""
        return self.mark is None and self.row.mark.strip() != ""


@dataclass(frozen=True)
class AttendanceList:
    """All rows, in their order. `digest` names what would be marked."""

    rows: tuple[Matched, ...]

    @property
    def marks(self) -> dict[UUID, str]:
        """What would be marked: rows without a problem."""
        return {row.person: row.mark for row in self.rows if row.person and row.mark and not row.problem}

    @property
    def additions(self) -> list[tuple[Row, str]]:
        """Who would be added as a walk-in, and her mark."""
        return [(row.row, row.mark) for row in self.rows if row.new and row.mark and not row.problem]

    @property
    def problems(self) -> list[Matched]:
        """The rows that are left out until somebody puts them right."""
        return [row for row in self.rows if row.problem]

    @cached_property
    def digest(self) -> str:
        """The same for the same marks."""
        said = sorted(f"{person.hex} {mark}" for person, mark in self.marks.items())
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    def decided(self, choices: Mapping[int, Choice]) -> "AttendanceList":
        """The same list after somebody has said what its doubtful rows mean, by their numbers. What she may not say (a
        person who is no candidate of the row) is as if she had said nothing."""
        rows = [_decided(row, choices.get(row.number, Choice())) if row.problem else row for row in self.rows]
        return AttendanceList(_once(rows))


class _Known(NamedTuple):
    """Those whom a list may mean: by the key of a name, by number, and as they are shown."""

    by_key: Mapping[str, set[UUID]]
    by_phone: Mapping[str, set[UUID]]
    shown: Mapping[UUID, Candidate]

    def candidates(self, persons: Iterable[UUID]) -> tuple[Candidate, ...]:
        """These, by name."""
        return tuple(
            sorted((self.shown[each] for each in set(persons)), key=lambda one: (one.name, one.where, one.person))
        )


def read_attendance_list(session: Session, rows: Sequence[Row], viewer: Person) -> AttendanceList:
    """Match rows with the people of a session whom the viewer may mark: who has a place, walked in, or is enrolled in
    its edition within her scope. Names are compared without accents, case and order of words; of several with a name,
    her number decides. Changes nothing; a fixed number of queries.

    Raises:
        NotAllowed: the viewer does not keep this session.
        ValueError: more than MOST_ROWS.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a list has at most {MOST_ROWS} rows")
    rules.kept_sessions.require(viewer, session)
    known = _known(session, viewer, {phone for row in rows if (phone := _phone(row, session))})
    return AttendanceList(
        _once([_matched(number, row, _phone(row, session), known) for number, row in enumerate(rows, start=1)])
    )


def _matched(number: int, row: Row, phone: str, known: _Known) -> Matched:
    name, said = row.whole_name, folded(row.mark).strip()
    if not said:
        return Matched(number, row, None, None)
    mark = WORDS.get(said)
    with_number = known.by_phone.get(phone, set())
    persons = known.by_key.get(_key(name), set())
    if len(persons) > 1 and len(persons & with_number) == 1:
        persons = persons & with_number
    person = next(iter(persons)) if len(persons) == 1 else None
    problem, candidates = "", persons
    if not name:
        problem = NO_NAME
    elif len(persons) != 1:
        problem = SEVERAL if persons else UNKNOWN_NAME
        candidates = persons or with_number | _alike(name, known)
    elif mark is None:
        problem = UNKNOWN_MARK
    return Matched(number, row, person, mark, problem, known.candidates(candidates))


def _alike(name: str, known: _Known) -> set[UUID]:
    """Those whose names are nearly so."""
    near = get_close_matches(_key(name)[:LONGEST_COMPARED], known.by_key, n=MOST_ALIKE, cutoff=0.6)
    return set().union(*(known.by_key[key] for key in near))


def _once(rows: Sequence[Matched]) -> tuple[Matched, ...]:
    """Nobody is marked twice: where two rows mean one person, somebody has to look."""
    times = Counter(row.person for row in rows if row.person and row.mark)
    return tuple(
        replace(row, problem=TWICE) if row.person and row.mark and times[row.person] > 1 else row for row in rows
    )


def _decided(row: Matched, choice: Choice) -> Matched:
    mark = row.mark if row.problem != UNKNOWN_MARK and row.mark else choice.mark
    if choice.new and row.may_be_new:
        return replace(row, person=None, new=True, mark=mark, problem="" if mark in CAME else row.problem)
    person = choice.person or (row.person if row.problem == UNKNOWN_MARK else None)
    if person is None or person not in {each.person for each in row.candidates} or mark not in MarkKind.values:
        return replace(row, person=None) if row.problem == TWICE else row
    return replace(row, person=person, mark=mark, problem="")


def _known(session: Session, viewer: Person, phones: Collection[str]) -> _Known:
    """Those of the session and of its edition and track. Herself she does not mark."""
    shown = {each.person: Candidate(each.person, each.name, "") for each in people_of([session.pk])[session.pk]}
    enrolled = visible_enrolments.which(viewer).filter(edition=session.edition_id).exclude(state="withdrawn")
    if session.track_id is not None:
        enrolled = enrolled.filter(track=session.track_id)
    columns = ("person", "person__given_name", "person__family_name", "region__name")
    for person, given, family, region in enrolled.order_by().values_list(*columns).iterator():
        shown[person] = Candidate(person, f"{given} {family}".strip(), region or "")
    shown.pop(viewer.pk, None)
    by_key: dict[str, set[UUID]] = defaultdict(set)
    for each in shown.values():
        by_key[_key(each.name)].add(each.person)
    by_phone: dict[str, set[UUID]] = defaultdict(set)
    if phones:
        numbers = Account.objects.filter(phone__in=phones, is_active=True).order_by().values_list("phone", "person")
        for phone, person in numbers:
            if person in shown:
                by_phone[phone].add(person)
    return _Known(by_key, by_phone, shown)


def _phone(row: Row, session: Session) -> str:
    countries = session.edition.countries
    return (normal_phone(row.phone, *countries[:1]) or "") if row.phone else ""


def _key(name: str) -> str:
    """Ana Quispe and QUISPE, Ána are one."""
    return " ".join(sorted(folded(name).replace(",", " ").split()))

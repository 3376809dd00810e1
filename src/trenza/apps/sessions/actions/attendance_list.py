"""Mark what a list says that somebody kept elsewhere."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trenza.apps.people.api import Person
from trenza.apps.sessions.actions.attendance import Said, mark_attendance
from trenza.apps.sessions.actions.walk_in import capture_walk_in
from trenza.apps.sessions.errors import ListMoved
from trenza.apps.sessions.lists import Choice, Row, read_attendance_list
from trenza.apps.sessions.models import Session
from trenza.core.journal import action


class Imported(NamedTuple):
    """How many marks are new, how many walk-ins were added, and how many rows were left out as doubtful."""

    marked: int
    added: int
    left_out: int


@action
def import_attendance(
    *, session: Session, rows: Sequence[Row], confirmed: str, choices: Mapping[int, Choice] | None = None, by: Person
) -> Imported:
    """Mark what a list says, as `read_attendance_list` showed it; `choices` say what its doubtful rows mean. Rows that
    are still doubtful are left out. `confirmed` is the digest of what `by` was shown.

    Raises:
        NotAllowed: `by` does not keep this session.
        ListMoved: the rows mean other people or marks by now. Nothing is marked.
    """
    shown = read_attendance_list(session, rows, by)
    if shown.digest != confirmed:
        raise ListMoved
    listed = shown.decided(choices or {})
    for row, mark in listed.additions:
        capture_walk_in(session=session, given_name=row.name, family_name=row.family_name, mark=mark, by=by)
    said = {person: Said(mark) for person, mark in listed.marks.items()}
    marked = mark_attendance(session=session, marks=said, by=by)
    return Imported(marked, len(listed.additions), len(listed.problems))

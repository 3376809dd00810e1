"""Reactions: whoever is entered may be here already, and somebody of the office looks."""

from collections.abc import Callable, Sequence

from trenza.apps.people.actions.duplicates import note_who_may_be_here
from trenza.apps.people.duplicates.entry import perhaps_again
from trenza.apps.people.events import PersonRegistered
from trenza.core.journal import Line, bulk_reaction


def register() -> None:
    """However she was entered: by herself, from a list, at the door. Nothing is said to whoever enters her."""
    bulk_reaction("people.perhaps_again", PersonRegistered, select=_who_may_be_here)(_note)


def _who_may_be_here(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about somebody who may be here already; nobody of a demonstration."""
    real = {line.person for line in lines if isinstance(line.event, PersonRegistered) and not line.event.synthetic}
    found = perhaps_again({person for person in real if person})
    return [line for line in lines if line.person in found]


def _note(lines: Sequence[Line]) -> Callable[[Line], None]:
    def run(line: Line) -> None:
        if line.person:
            note_who_may_be_here(person=line.person)

    return run

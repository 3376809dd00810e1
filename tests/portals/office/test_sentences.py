"""Every kind of entry says something, to whoever may read it."""

from datetime import date
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from django.utils import translation

from tests.portals.office.people import staff
from trenza.core.clock import now
from trenza.core.ids import new_id
from trenza.core.journal import Event, Line, all_kinds, name_of
from trenza.portals.office.naming import FINDERS, Names
from trenza.portals.office.sentences import TELLINGS, Seen, sentence

KINDS = {name: event for name, event in all_kinds().items() if event.__module__.startswith("trenza.apps.")}


def test_every_kind_says_something():
    missing = sorted(name for name, event in KINDS.items() if name not in TELLINGS)

    assert missing == [], (
        "these kinds say nothing in the office: add a row to TELLINGS in portals/office/sentences.py, with who may "
        "read it (Seen) and its sentence; a new sort of id also needs a finder in portals/office/naming.py"
    )


@pytest.mark.parametrize("name", TELLINGS)
def test_who_may_read_it_follows_from_a_field_that_the_kind_has(name: str):
    telling = TELLINGS[name]

    assert telling.seen is Seen.PERSON or telling.seen.value in KINDS[name].__struct_fields__


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_sentence_is_whole_also_where_what_it_names_is_gone(name: str):
    """No id, no code of a field, no name of a kind: words."""
    event = KINDS[name]
    line = a_line(event(**{field: an_example(hint) for field, hint in get_type_hints(event).items()}))
    with translation.override("es"):
        said = sentence(line, Names([line], staff("administrator")))

    assert said.endswith(".")
    assert "%(" not in said
    assert "None" not in said


def an_example(hint: Any) -> Any:
    """A value that the field may hold."""
    if hint is UUID or UUID in getattr(hint, "__args__", ()):
        return new_id()
    if date in getattr(hint, "__args__", (hint,)):
        return now().date()
    if hint is bool:
        return True
    if hint is int:
        return 3
    if getattr(hint, "__origin__", None) is list:
        return [an_example(hint.__args__[0])]
    return "submitted"


def a_line(event: Event) -> Line:
    """An entry with this event, read back."""
    moment = now()
    return Line(
        event=event, kind=name_of(event), data=b"", person=new_id(), by=None, edition=new_id(), happened_at=moment,
        moment=moment, db_person=None, db_moment=None, position=1, recorded_at=moment,
    )  # fmt: skip


def test_every_sort_of_id_that_an_entry_may_be_seen_by_is_known():
    assert {seen.value for seen in Seen} - FINDERS.keys() == {"", "grant", "people_import"}

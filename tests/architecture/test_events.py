"""Entries of the journal carry ids, codes, numbers and dates: nothing that a person wrote, nothing that names her."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from tests.architecture.source import TRENZA
from trenza.core.journal import kinds
from trenza.core.journal.kinds import Code, Event, Observation

PLAIN_TYPES = {UUID, int, float, bool, date, NoneType}
CONTAINERS = {list, tuple, dict, Union, UnionType}
# Words that name what may not be here, whatever its type: a code can hold a phone number too.
NAMES_OF_PERSONAL_DATA = re.compile(
    r"(^|_)(name|surname|e?mail|phone|telephone|address|birth|born|note|text|comment)(_|$)"
)


def is_plain(annotation: Any) -> bool:
    """Whether no value of the type can hold somebody's words."""
    if annotation == Code or annotation in PLAIN_TYPES:
        return True
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return True
    if origin is Annotated:
        return is_plain(parts[0])
    return origin in CONTAINERS and all(part is Ellipsis or is_plain(part) for part in parts)


def faults_of_kinds(found: Mapping[str, type[Event]]) -> Iterator[str]:
    for name, event in sorted(found.items()):
        module = event.__module__.split(".")
        owner = module[2] if module[1] == "apps" else module[1]
        if name.partition(".")[0] != owner:
            yield f"{name} belongs to {owner}"
        if module[-1] != "events" and owner != "core":
            yield f"{name} is declared in {event.__module__}, not in events.py"
        for field, annotation in get_type_hints(event, include_extras=True).items():
            if not is_plain(annotation):
                yield f"{name}: {field} could hold somebody's words"
            if NAMES_OF_PERSONAL_DATA.search(field):
                yield f"{name}: {field} sounds like personal data"


def unregistered(parent: type[Event]) -> Iterator[str]:
    """Events of ours that are no kind: they cannot be recorded."""
    for event in parent.__subclasses__():
        yield from unregistered(event)
        abstract = event.__module__ == kinds.__name__
        if event.__module__.startswith("trenza.") and not abstract and event not in kinds.all_kinds().values():
            yield f"{event.__module__}.{event.__name__} wears no @kind"


def our_kinds() -> dict[str, type[Event]]:
    """Those of the house; tests declare kinds of their own."""
    for path in TRENZA.glob("apps/*/events.py"):
        import_module(f"trenza.apps.{path.parent.name}.events")
    return {name: event for name, event in kinds.all_kinds().items() if event.__module__.startswith("trenza.")}


def test_kinds_carry_nothing_personal():
    assert list(faults_of_kinds(our_kinds())) == []


def test_events_are_kinds():
    our_kinds()

    assert list(unregistered(Event)) == []


def test_faults_of_kinds_are_found():
    class Said(Observation, frozen=True, kw_only=True):
        person: UUID
        words: str
        more: list[str]
        phone: Code
        reason: Code
        score: Annotated[float, "0 to 1"]
        scores: dict[Code, int | None]

    Said.__module__ = "trenza.apps.learning.models"

    assert list(faults_of_kinds({"people.said.v1": Said})) == [
        "people.said.v1 belongs to learning",
        "people.said.v1 is declared in trenza.apps.learning.models, not in events.py",
        "people.said.v1: words could hold somebody's words",
        "people.said.v1: more could hold somebody's words",
        "people.said.v1: phone sounds like personal data",
    ]
    assert list(unregistered(Event)) == ["trenza.apps.learning.models.Said wears no @kind"]
    Said.__module__ = __name__  # the class may outlive this test


@pytest.mark.parametrize(
    "annotation", [str, Any, bytes, list, object, list[Any], dict[str, int], Annotated[str, "short"]]
)
def test_free_text_is_not_plain(annotation: Any):
    assert not is_plain(annotation)

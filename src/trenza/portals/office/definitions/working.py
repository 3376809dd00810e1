"""What somebody works on: the version that holds, her draft of the next, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from trenza.apps.admissions.api import DrawStands, SeatsTaken, TracksStand
from trenza.apps.learning.api import published_courses
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    DefinitionDraft,
    DefinitionVersion,
    Programme,
    draft_of,
    latest_version,
    save_draft,
)
from trenza.core.definition import (
    Definition,
    DefinitionErrors,
    Problem,
    changes_between,
    examine_definition,
    write_data,
)
from trenza.core.definition import say as _
from trenza.core.errors import DomainError
from trenza.portals.office.definitions import places
from trenza.portals.office.definitions.places import Data


@dataclass
class Working:
    """The definition that she edits: her draft, or the version that holds where she has none."""

    programme: Programme
    person: Person
    latest: DefinitionVersion
    draft: DefinitionDraft | None

    @property
    def base(self) -> DefinitionVersion:
        """The version that she began with."""
        return self.draft.base if self.draft else self.latest

    @property
    def is_behind(self) -> bool:
        """Whether somebody published a version after she began."""
        return bool(self.base.pk != self.latest.pk)

    @property
    def revision(self) -> int:
        """How often her draft was saved; 0 without one."""
        return self.draft.revision if self.draft else 0

    @property
    def source(self) -> str:
        """The text that she works on."""
        return self.draft.source if self.draft else self.latest.source

    @cached_property
    def examined(self) -> tuple[Definition, list[Problem]]:
        """What it says, and what the checker says of it."""
        return examine_definition(self.source.encode())

    @property
    def definition(self) -> Definition:
        """What it says."""
        return self.examined[0]

    @property
    def data(self) -> Data:
        """Its values."""
        return self.definition.data

    @cached_property
    def base_data(self) -> Data:
        """The values of the version that she began with."""
        return data_of(self.base.source)

    @cached_property
    def courses(self) -> dict[str, str]:
        """Courses that are published: their codes and titles. One query."""
        return {version.course.code: version.title for version in published_courses()}

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that keeps it from being published, but what only loading finds."""
        return [*self.examined[1], *self._course_problems()]

    def has_changes(self) -> bool:
        """Whether it says something else than the version that she began with."""
        return self.draft is not None and bool(changes_between(self.base_data, self.data))

    def save(self, data: Mapping[str, Any], *, revision: int, base: DefinitionVersion | None = None) -> Working:
        """Keep these values as her draft; what she works on from now on.

        Raises:
            DraftMoved: it was saved elsewhere since `revision`.
            DefinitionErrors: it became too large.
        """
        draft = save_draft(
            programme=self.programme,
            text=write_data({"format": 1, **data}),
            base=base or self.base,
            revision=revision,
            by=self.person,
        )
        return Working(self.programme, self.person, self.latest, draft)

    def _course_problems(self) -> list[Problem]:
        """Courses that nobody published, where the version before did not ask for them either."""
        asked_before = set(_courses_of(self.base_data).values())
        return [
            Problem(
                "programme.toml",
                1,
                _('the course "%(code)s" is not published here', code=code),
                _("choose one that is, or let the module be confirmed"),
                place=place,
            )
            for place, code in _courses_of(self.data).items()
            if code not in self.courses and code not in asked_before
        ]


def working_of(programme: Programme, person: Person) -> Working:
    """What she works on. Two queries.

    Raises:
        Http404: the programme has no definition.
    """
    latest = latest_version(programme)
    if latest is None:
        raise Http404
    return Working(programme, person, latest, draft_of(programme, person))


def data_of(source: str) -> Data:
    """The values of a version."""
    return examine_definition(source.encode())[0].data


def refusals(error: DomainError, data: Data) -> list[Problem]:
    """What loading refused, beside the fields that it is about."""
    if isinstance(error, DefinitionErrors):
        return list(error.problems)
    if isinstance(error, DrawStands):
        return [
            Problem(
                "programme.toml",
                1,
                _("the call has opened, so the rule of its draw stands: seats, reserved seats, seed and hours"),
                _("leave them as they were announced"),
                place=("call", _number_of(data, error.call), "admission"),
            )
        ]
    if isinstance(error, TracksStand):
        return [
            Problem(
                "programme.toml",
                1,
                _("women wish for a track that you take away, or hold a place in it"),
                _("leave its tracks as they were, and make another call"),
                place=("call", _number_of(data, error.call), "tracks"),
            )
        ]
    if not isinstance(error, SeatsTaken):
        return []
    return [
        Problem(
            "programme.toml",
            1,
            _("more seats are taken than you give here"),
            _("give as many as are taken, or more"),
            place=_seats_place(data, call, of),
        )
        for call, of in error.pools
    ]


def unexplained() -> Problem:
    """What is said of a refusal that has no words of its own."""
    return Problem("programme.toml", 1, _("this version cannot be loaded"), _("ask whoever looks after Trenza"))


def _number_of(data: Data, call: str) -> int:
    """Which of the calls it is; the first where it is none of them."""
    return next((n for n, each in enumerate(data.get("call", ())) if each.get("code") == call), 0)


def _seats_place(data: Data, call: str, of: str) -> tuple[str | int, ...]:
    """`of` is the code of a region or a track; empty for the total."""
    calls: Sequence[Data] = data.get("call", ())
    number = _number_of(data, call)
    for key, what in (("quota", "region"), ("track_seats", "track")):
        for n, each in enumerate(calls[number].get(key, ()) if calls else ()):
            if of and each.get(what) == of:
                return ("call", number, key, n, "seats")
    return ("call", number, "seats")


def _courses_of(data: Data) -> dict[tuple[str | int, ...], str]:
    found: dict[tuple[str | int, ...], str] = {}
    for t, track in enumerate(places.tables(data.get("track"))):
        for m, module in enumerate(places.tables(track.get("module"))):
            asked = module.get("requirement")
            if isinstance(asked, Mapping) and isinstance(asked.get("course"), str):
                found[("track", t, "module", m, "requirement", "course")] = asked["course"]
    return found

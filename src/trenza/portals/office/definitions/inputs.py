"""The boxes of a form for one item, made from its model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

import pycountry
from django.utils.translation import gettext as _
from pydantic import BaseModel

from trenza.core.definition import Problem, in_words
from trenza.portals.office.definitions import places, words
from trenza.portals.office.definitions.kinds import Asked, asked_of
from trenza.portals.office.definitions.places import Data, Spot
from trenza.portals.office.definitions.reading import shown

SPARE_ROWS = 3
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
# Days are given as dates or, in a demonstration, counted; a form shows those that the item uses.
_DATED, _COUNTED = (
    {"starts_on", "ends_on", "opens_at", "closes_at"},
    {"starts_day", "ends_day", "opens_day", "closes_day"},
)


@dataclass(frozen=True)
class Option:
    """A value to choose, and what it is called."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Input:
    """One box: what it asks, what stands in it, what is wrong with it."""

    name: str
    kind: str
    label: str
    help: str
    value: str = ""
    options: Sequence[Option] = ()
    suggestions: Sequence[Option] = ()
    rows: Sequence[Sequence[Input]] = ()
    errors: Sequence[str] = ()
    required: bool = False

    @property
    def id(self) -> str:
        """Its id on the page."""
        return "in-" + self.name.replace(".", "-")

    @property
    def type(self) -> str:
        """The browser's type of it; what the browser would not show, it is not asked to."""
        if self.kind == "date" and (not self.value or _DAY.fullmatch(self.value)):
            return "date"
        if self.kind == "moment" and (not self.value or _MOMENT.fullmatch(self.value)):
            return "datetime-local"
        return "text"

    @property
    def mode(self) -> str:
        """Which keyboard a phone shows."""
        return {"number": "numeric", "decimal": "decimal"}.get(self.kind, "")

    @property
    def ticked(self) -> bool:
        """Whether a box to tick is ticked."""
        return self.value == "true"


@dataclass(frozen=True)
class Asking:
    """What boxes need to know: the whole definition, what is wrong, and codes of courses that are published."""

    data: Data
    spot: Spot
    problems: Sequence[Problem] = ()
    courses: Mapping[str, str] = field(default_factory=dict)


def inputs_of(asking: Asking) -> list[Input]:
    """Every box of the item, in the order of the file; lists that have pages of their own are none."""
    spot = asking.spot
    return list(_inputs(asking, spot.model, spot.table, spot.place, ""))


def general_problems(asking: Asking) -> list[str]:
    """What is wrong with the item as a whole, or with what it holds in lists of their own."""
    names = words.names_for(asking.spot.model)
    beside = {(*asking.spot.place, asked.key) for asked in asked_of(asking.spot.model) if asked.kind != "list"}
    depth = len(asking.spot.place)
    return [
        problem.in_words(names, about=len(problem.place) > depth + 1)
        for problem in asking.problems
        if problem.place[:depth] == asking.spot.place and problem.place[: depth + 1] not in beside
    ]


def _inputs(asking: Asking, model: type[BaseModel], table: Data, place: Any, prefix: str) -> Iterator[Input]:
    for asked in asked_of(model):
        if asked.kind == "list" or _is_of_the_other_kind(asked.key, table):
            continue
        if asked.kind == "variants":
            yield from _variants(asking, asked, table.get(asked.key), (*place, asked.key), f"{prefix}{asked.key}.")
        else:
            yield _input(asking, model, asked, table, (*place, asked.key), f"{prefix}{asked.key}")


def _input(asking: Asking, model: type[BaseModel], asked: Asked, table: Data, place: Any, name: str) -> Input:
    value = table.get(asked.key)
    rows: list[list[Input]] = []
    if asked.kind == "rows":
        [inner] = asked.models
        given = list(value) if isinstance(value, tuple) else []
        for number, each in enumerate([*given, *[{}] * SPARE_ROWS]):
            row = each if isinstance(each, Mapping) else {}
            rows.append(list(_inputs(asking, inner, row, (*place, number), f"{name}.{number}.")))
    names = words.names_for(model)
    deep = asked.kind == "rows"  # what is wrong within a row stands beside its own box
    errors = [
        problem.in_words(names, about=False)
        for problem in asking.problems
        if problem.place == place or (not deep and problem.place[: len(place)] == place)
    ]
    is_code = asked.key == "code" and not name.count(".")
    return Input(
        name=name,
        kind=asked.kind,
        label=in_words(asked.field.title or asked.key),
        help=in_words(asked.field.description or "")
        + (" " + _("If you leave it empty we make it of the name.") if is_code and asking.spot.is_new else ""),
        value=shown(asked, asked.field.default if asked.kind == "yes" and value is None else value),
        options=_options(asking, asked, value),
        suggestions=_suggestions(asking, asked),
        rows=rows,
        errors=errors,
        required=asked.is_required,
    )


def _variants(asking: Asking, asked: Asked, value: Any, place: Any, prefix: str) -> Iterator[Input]:
    """The kind, and then what each kind asks besides: what belongs to the kinds not chosen is not kept."""
    table = value if isinstance(value, Mapping) else {}
    chosen = table.get("kind")
    kinds = [(asked_of(model)[0].values[0], model) for model in asked.models]
    yield Input(
        name=f"{prefix}kind",
        kind="choice",
        label=in_words(asked.field.title or asked.key),
        help=in_words(asked.field.description or ""),
        options=[Option(kind, words.value_in_words("kind", kind), kind == chosen) for kind, _model in kinds],
        errors=[
            problem.in_words(words.names_for(asked.models[0]), about=False)
            for problem in asking.problems
            if problem.place in (place, (*place, "kind"))
        ],
        required=True,
    )
    for _kind, model in kinds:
        for inner in asked_of(model)[1:]:
            yield _input(asking, model, inner, table, (*place, inner.key), f"{prefix}{inner.key}")


def _options(asking: Asking, asked: Asked, value: Any) -> list[Option]:
    if asked.kind not in ("choice", "choices"):
        return []
    given = [str(each) for each in value] if isinstance(value, tuple) else [] if value is None else [str(value)]
    known = (
        _referred(asking, asked) if asked.refers else [(v, words.value_in_words(asked.key, v)) for v in asked.values]
    )
    unknown = [(each, each) for each in given if each not in {code for code, _label in known}]
    options = [Option(code, label, code in given) for code, label in [*known, *unknown]]
    if asked.kind == "choices":
        return options
    nothing = _("Choose") if asked.is_required else "—"
    return [Option("", nothing, not given), *options]


def _referred(asking: Asking, asked: Asked) -> list[tuple[str, str]]:
    """The items that a code may name: of a section, or the other items of the same list."""
    refers = asked.refers
    if refers is None:
        return []
    if refers.sibling:
        items = places.get(asking.data, asking.spot.list_place)
        items = [each for each in items if each is not asking.spot.table]
    else:
        items = asking.data.get(refers.to, ())
    found = [each for each in items if isinstance(each, Mapping) and isinstance(each.get("code"), str)]
    return [(each["code"], places.title_of(each)) for each in found]


def _suggestions(asking: Asking, asked: Asked) -> list[Option]:
    makers: dict[str, Callable[[], Sequence[tuple[str, str]]]] = {
        "iso": lambda: subdivisions(countries_of(asking.data)),
        "time_zone": lambda: [(zone, zone) for zone in sorted(available_timezones()) if zone.startswith("America/")],
        "course": lambda: sorted(asking.courses.items()),
        "question": lambda: questions_of(asking.data),
        "participants": lambda: [
            (each, words.value_in_words("participants", each))
            for each in ("women", "women_and_family", "teachers", "trainers", "mentors")
        ],
    }
    return [Option(value, label) for value, label in makers[asked.key]()] if asked.key in makers else []


def countries_of(data: Data) -> list[str]:
    """The countries in which the programme works: those of its editions and regions."""
    found = [
        *(code for edition in places.tables(data.get("edition")) for code in edition.get("countries", ())),
        *(str(region.get("iso", ""))[:2] for region in places.tables(data.get("region"))),
    ]
    return list(dict.fromkeys(code for code in found if isinstance(code, str) and len(code) == 2))


def subdivisions(countries: Sequence[str]) -> list[tuple[str, str]]:
    """Departments and states of these countries, by name; then the countries themselves."""
    found: list[tuple[str, str]] = []
    for country in countries:
        parts = [each for each in pycountry.subdivisions if each.country_code == country]
        found += sorted(((each.code, each.name) for each in parts), key=lambda pair: pair[1])
    for country in countries:
        whole = pycountry.countries.get(alpha_2=country)
        if whole:
            found.append((country, whole.name))
    return found


def questions_of(data: Data) -> list[tuple[str, str]]:
    """What a condition may be about: age, and every question of the forms."""
    found = [("age", _("Her age"))]
    for form in places.tables(data.get("form")):
        for page in places.tables(form.get("page")):
            for question in places.tables(page.get("question")):
                if isinstance(question.get("code"), str):
                    found.append((question["code"], places.title_of(question)))
    return list(dict(found).items())


def _is_of_the_other_kind(key: str, table: Data) -> bool:
    """Counted days of an item with dates, and dates of one with counted days, unless something stands in them."""
    if key not in _DATED | _COUNTED or table.get(key) is not None:
        return False
    others = _DATED if key in _COUNTED else _COUNTED
    return any(table.get(other) is not None for other in others)

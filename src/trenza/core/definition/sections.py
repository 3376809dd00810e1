"""The registry: which app owns which part of programme.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from pydantic import BaseModel

if TYPE_CHECKING:
    from trenza.core.definition.definition import Definition
    from trenza.core.definition.report import Report

Check = Callable[["Definition", "Report"], None]
# The programme is a row of an app above core, hence Any; the sentences returned tell what was retired.
Load = Callable[["Definition", Any, date], list[str]]


@dataclass(frozen=True)
class Section:
    """A top-level key: `[key]` where it stands once, `[[key]]` where it is a list (`many`).

    `position` gives the order of writing and loading. See the package's docstring for `check` and `load`.
    """

    key: str
    model: type[BaseModel]
    position: int
    many: bool = True
    required: bool = False
    check: Check | None = None
    load: Load | None = None

    @property
    def title(self) -> str:
        """The key as it stands in the file."""
        return f"[[{self.key}]]" if self.many else f"[{self.key}]"


_sections: dict[str, Section] = {}
_checkers: dict[str, Check] = {}


def register_section(section: Section) -> None:
    """Register a top-level key; each has one owner and a position of its own."""
    taken = {each.position: each.key for each in _sections.values()}
    if section.key in _sections or section.position in taken:
        raise ValueError(f"the section {section.title} or its position {section.position} is registered twice")
    _sections[section.key] = section


def register_checker(name: str, check: Check) -> None:
    """Register a check of an app that owns no section, e.g. `learning.courses`."""
    if name in _checkers:
        raise ValueError(f"the checker {name} is registered twice")
    _checkers[name] = check


def all_sections() -> list[Section]:
    """Every section in the order of writing and loading."""
    return sorted(_sections.values(), key=lambda section: section.position)


def elsewhere() -> list[str]:
    """Keys of apps that this installation leaves to others (a hub has no credentials): neither read nor checked here,
    and written back as they are, after the sections."""
    left: list[str] = getattr(settings, "DEFINITION_SECTIONS_ELSEWHERE", [])
    return [key for key in left if key not in _sections]


def all_checks() -> list[Check]:
    """Every check, of sections first."""
    return [section.check for section in all_sections() if section.check] + [
        _checkers[name] for name in sorted(_checkers)
    ]

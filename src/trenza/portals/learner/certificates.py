"""What credentials knows, where it is installed: a hub leaves it to its cell, and its pages do without."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trenza.apps.people.api import Person

if TYPE_CHECKING:
    from trenza.apps.credentials.api import Credential


@dataclass(frozen=True)
class Source:
    """Two questions that the learner's pages ask credentials. `LearnerConfig.ready` puts it in place."""

    credentials_of: "Callable[[Person], Iterable[Credential]]"
    missing_letters: Callable[[str], str]


_source: Final[list[Source]] = []


def use(source: Source) -> None:
    """Ask this from now on."""
    _source[:] = [source]


def certificates_of(person: Person) -> "list[Credential]":
    """Hers that hold, the newest first."""
    return [each for source in _source for each in source.credentials_of(person) if each.is_valid]


def missing_letters(name: str) -> str:
    """The letters of a name that no certificate could show. On a hub none: its cell asks her when it prints."""
    return "".join(source.missing_letters(name) for source in _source)

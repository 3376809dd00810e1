"""What credentials knows, where it is installed: a hub leaves it to its cell, and its pages do without."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, ExternalCourse
from trenza.core import clock
from trenza.portals.learner.words import EXTERNAL_STATES, Words

if TYPE_CHECKING:
    from trenza.apps.credentials.api import Credential, ExternalCredential


@dataclass(frozen=True)
class Source:
    """What the learner's pages ask credentials. `LearnerConfig.ready` puts it in place."""

    credentials_of: "Callable[[Person], Iterable[Credential]]"
    missing_letters: Callable[[str], str]
    externals_of: "Callable[[Person], QuerySet[ExternalCredential]]"
    courses_elsewhere: "Callable[[Enrolment], QuerySet[ExternalCourse]]"


_NEWS: Final = timedelta(days=30)
_MOST_NEWS: Final = 3
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


def news_from_elsewhere(person: Person) -> "list[tuple[ExternalCredential, Words]]":
    """Her certificates of courses elsewhere that wait, or were decided in the last thirty days, each in words. By the
    day, so that her page in memory stays true (memory.py)."""
    since = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) - _NEWS
    return [
        (each, EXTERNAL_STATES[each.state])
        for source in _source
        for each in source.externals_of(person).filter(Q(decided_at=None) | Q(decided_at__gte=since))[:_MOST_NEWS]
    ]


def has_courses_elsewhere(enrolment: Enrolment) -> bool:
    """Whether a course of somebody else meets a module that she has not met yet."""
    return any(source.courses_elsewhere(enrolment).exists() for source in _source)

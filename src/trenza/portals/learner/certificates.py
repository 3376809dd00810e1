"""What credentials knows, where it is installed: a hub leaves it to its cell, and its pages do without."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

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
    hers_to_show: "Callable[[Person], Iterable[Credential]]"
    offline_text_of: "Callable[[Credential], str]"
    verification_url: Callable[[str], str]
    missing_letters: Callable[[str], str]
    externals_of: "Callable[[Person], QuerySet[ExternalCredential]]"
    courses_elsewhere: "Callable[[Enrolment], QuerySet[ExternalCourse]]"


MOST_CARRIED: Final = 20
"""Certificates on her phone: each is some 600 bytes of her state."""

_NEWS: Final = timedelta(days=30)
_MOST_NEWS: Final = 3
_source: Final[list[Source]] = []


def use(source: Source) -> None:
    """Ask this from now on."""
    _source[:] = [source]


def certificates_of(person: Person) -> "list[Credential]":
    """Hers that hold, the newest first."""
    return [each for source in _source for each in source.credentials_of(person) if each.is_valid]


def to_carry(person: Person) -> list[dict[str, Any]]:
    """What her phone shows of those that hold without a signal, the newest first; see docs/phone.md. One query."""
    return [
        {
            "title": each.wording.title,
            "programme": each.wording.programme_name,
            "day": date_format(each.issued_on),
            "until": int(each.valid_until.timestamp()) if each.valid_until else None,
            "on_hold": each.suspended_at is not None,
            "url": source.verification_url(each.code),
            "offline": source.offline_text_of(each),
        }
        for source in _source
        for each in source.hers_to_show(person)
        if each.is_valid
    ][:MOST_CARRIED]


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

"""Her history: one list over all programmes, the latest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from trenza.apps.learning.api import completed_courses
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, ModuleState, enrolments_of, module_states_of
from trenza.portals.learner.certificates import certificates_of


@dataclass(frozen=True)
class Happened:
    """Something that she did or got: when, what, of which programme, and where to see it (empty: nowhere)."""

    at: datetime
    sentence: str
    programme: str = ""
    url: str = ""
    good: bool = False


def history_of(person: Person) -> list[Happened]:
    """All that stands in her path, whichever programme it is of. As many queries however long it is.

    Of what happened in the same moment, what crowns stands above what led to it.
    """
    enrolments = list(enrolments_of(person))
    found = [*_certificates(person), *(each for one in enrolments for each in _completion(one))]
    states = module_states_of(enrolments)
    found += [each for one in enrolments for each in _modules(one, states[one.pk])]
    for version, at in completed_courses(person):
        url = reverse("course", args=[version.course.code])
        found.append(Happened(at, _("You finished the course “%(course)s”.") % {"course": version.title}, url=url))
    for one in enrolments:
        began = _("You began “%(track)s”.") % {"track": one.track.name}
        found.append(Happened(one.enrolled_at, began, _programme(one), reverse("enrolment", args=[one.pk])))
    return sorted(found, key=lambda each: each.at, reverse=True)


def _certificates(person: Person) -> Iterator[Happened]:
    for certificate in certificates_of(person):
        words = _("You earned the certificate “%(title)s”.") % {"title": certificate.wording.title}
        url = reverse("certificate", args=[certificate.code])
        yield Happened(certificate.issued_at, words, certificate.wording.programme_name, url, good=True)


def _completion(enrolment: Enrolment) -> Iterator[Happened]:
    completion = getattr(enrolment, "completion", None)
    if completion is not None:
        words = _("You completed “%(track)s”.") % {"track": enrolment.track.name}
        url = reverse("enrolment", args=[enrolment.pk])
        yield Happened(completion.completed_at, words, _programme(enrolment), url, good=True)


def _modules(enrolment: Enrolment, states: Sequence[ModuleState]) -> Iterator[Happened]:
    for state in states:
        if state.met_at:
            words = _("You finished the module “%(module)s”.") % {"module": state.module.name}
            yield Happened(state.met_at, words, _programme(enrolment))


def _programme(enrolment: Enrolment) -> str:
    return f"{enrolment.edition.programme.name}, {enrolment.edition.name}"

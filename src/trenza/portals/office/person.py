"""One person: what of hers lies within the viewer's scope, and what has happened to her there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from trenza.apps.admissions.api import readable_applications
from trenza.apps.credentials.api import readable_credentials
from trenza.apps.learning.api import CourseState, course_states
from trenza.apps.people.api import (
    ROLES,
    Permission,
    Person,
    RoleGrant,
    Scope,
    guardianships_of,
    helped_with_phones,
    read_person,
    readable_grants,
)
from trenza.apps.programmes.api import Enrolment, ModuleState, module_states_of, visible_enrolments
from trenza.core import clock
from trenza.portals.field.countries import country_name
from trenza.portals.office.access import may
from trenza.portals.office.detail import Detail
from trenza.portals.office.listing import languages
from trenza.portals.office.naming import places
from trenza.portals.office.other_records import other_records_of
from trenza.portals.office.timeline import timeline_of
from trenza.portals.office.words import APPLICATION_STATES, CONSENTS, ENROLMENT_STATES, GUARDIAN_STATES, SEXES, Words

LAST_POSITION = 2**62


@dataclass(frozen=True)
class Progress:
    """An enrolment and how far she is, module by module, in words."""

    enrolment: Enrolment
    state: Words
    met: int
    modules: tuple[tuple[str, str], ...]


class PersonPage(Detail):
    """One person. Her applications, enrolments and entries elsewhere are not the viewer's to see."""

    rule = read_person
    template_name = "office/person.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return str(self.object.name)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_persons"), "label": _("People")}

    def is_synthetic(self) -> bool:
        return bool(self.object.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Person = self.object
        applications = readable_applications.which(self.viewer).filter(person=person)
        credentials = readable_credentials.which(self.viewer).filter(person=person)
        accounts = list(person.accounts.order_by("created_at"))
        return super().get_context_data(
            accounts=accounts,
            sex=SEXES.get(person.sex, ""),
            country=country_name(person.country),
            language=languages([person.language]),
            applications=[
                (APPLICATION_STATES[each.state], each)
                for each in applications.select_related("call__programme", "region").order_by("-submitted_at", "-pk")
            ],
            progress=progress(person, self.viewer),
            credentials=credentials.select_related("wording", "enrolment__edition__programme").order_by("-issued_at"),
            guardians=[(GUARDIAN_STATES[each.state], each) for each in guardianships_of(person, self.viewer)],
            consents=[(CONSENTS.get(each.text, each.text), each) for each in person.consents.order_by("-given_at")],
            roles=roles_of(person, self.viewer),
            may_help=may(self.request, Permission.PHONE_HELP) and helped_with_phones.allows(self.viewer, person),
            other_records=other_records_of(person, self.viewer) if may(self.request, Permission.PERSON_MERGE) else None,
            may_grant=any(account.email for account in accounts) and may(self.request, Permission.ROLE_GRANT),
            timeline=timeline_of(
                person, self.viewer, before=position(self.request, "antes"), after=position(self.request, "despues")
            ),
            **kwargs,
        )


def progress(person: Person, viewer: Person) -> list[Progress]:
    """Her enrolments that the viewer sees, the newest first. Seven queries for all of them."""
    enrolments = list(
        visible_enrolments.which(viewer)
        .filter(person=person)
        .select_related("edition__programme", "track", "region")
        .order_by("-enrolled_at", "-pk")
    )
    states = module_states_of(enrolments)
    asked = {state.module.course for each in states.values() for state in each if state.module.course}
    courses = course_states(person, asked)
    today = clock.today("UTC")
    return [
        Progress(
            each,
            ENROLMENT_STATES[each.state_on(today)],
            sum(state.met_at is not None for state in states[each.pk]),
            tuple((state.module.name, in_words(state, courses)) for state in states[each.pk]),
        )
        for each in enrolments
    ]


def in_words(state: ModuleState, courses: dict[str, CourseState]) -> str:
    """How she stands in a module."""
    if state.met_at:
        return _("Met on %(day)s") % {"day": date_format(state.met_at, "SHORT_DATE_FORMAT")}
    if not state.unlocked:
        return _("Not open yet: “%(module)s” comes first") % {"module": state.opens_after[0].name}
    course = courses.get(state.module.course)
    if course is None:
        return pgettext("module", "Open")
    return ngettext(
        "Open: %(passed)s of %(n)s lesson done", "Open: %(passed)s of %(n)s lessons done", len(course.lessons)
    ) % {"passed": course.passed, "n": len(course.lessons)}


def roles_of(person: Person, viewer: Person) -> list[tuple[Words, str, RoleGrant]]:
    """The roles that she holds, where, as far as the viewer sees the team."""
    grants: Sequence[RoleGrant] = list(
        readable_grants.which(viewer).filter(person=person, withdrawn_at=None).order_by("granted_at", "pk")
    )
    where = places(Scope(grant.scope_kind, grant.scope) for grant in grants)
    return [
        (ROLES[grant.role].name, where.get(Scope(grant.scope_kind, grant.scope), ""), grant)
        for grant in grants
        if grant.role in ROLES
    ]


def position(request: HttpRequest, name: str) -> int | None:
    """A position of the journal in the address; what is none is not there."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= LAST_POSITION):
        raise Http404
    return int(text)

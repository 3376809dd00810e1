"""Issuing: one credential for each template that she earned, once."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from trenza.apps.admissions.api import Call, shared_zone
from trenza.apps.credentials import earning
from trenza.apps.credentials.codes import LENGTH
from trenza.apps.credentials.errors import NotCompleted
from trenza.apps.credentials.events import CredentialIssued, IssuingContinued
from trenza.apps.credentials.models import Credential, CredentialTemplate
from trenza.apps.programmes.api import Completion, Enrolment, RequirementMet
from trenza.apps.sessions.api import who_came
from trenza.core import clock
from trenza.core.ids import new_secret_code
from trenza.core.journal import action, record

PORTION = 80  # a reaction may record 99 entries


@action
def issue_credentials(
    *,
    enrolment: Enrolment,
    templates: Iterable[CredentialTemplate] | None = None,
    issued_at: datetime | None = None,
) -> list[Credential]:
    """Issue what completing the track of `enrolment` gives; those that are new are returned.

    May be called any number of times, at once too. `issued_at` is by default now. `templates` are those of the track,
    where the caller has asked for them.

    Raises:
        NotCompleted: the track is not completed.
    """
    if not Completion.objects.filter(enrolment=enrolment).exists():
        raise NotCompleted
    given = earning.templates_for_track(enrolment.track) if templates is None else templates
    return _issue_all(enrolment, given, issued_at)


@action
def issue_for_module(*, enrolment: Enrolment, module: UUID, issued_at: datetime | None = None) -> list[Credential]:
    """Issue what meeting the module gives, as `issue_credentials` does.

    Raises:
        NotCompleted: the module is not met.
    """
    if not RequirementMet.objects.filter(enrolment=enrolment, module=module).exists():
        raise NotCompleted
    return _issue_all(enrolment, earning.templates_for_module(module), issued_at)


@action
def issue_for_workshop(*, enrolment: Enrolment, workshop: UUID, issued_at: datetime | None = None) -> list[Credential]:
    """Issue what attending the workshop gives, as `issue_credentials` does.

    Raises:
        NotCompleted: nobody saw her there, or marks disagree and nobody settled them.
    """
    if enrolment.person_id not in who_came(workshop, [enrolment.person_id]):
        raise NotCompleted
    return _issue_all(enrolment, earning.templates_for_workshop(workshop), issued_at)


@action
def issue_missing(*, programme: UUID) -> int:
    """Issue a portion of credentials to women who earned them before their template came; how many is returned.

    Where more may be missing an entry says so, and the reaction to it issues the next portion.
    """
    issued = 0
    now = clock.now()
    for template in _templates(programme):
        found = earning.missing(template).select_related("person").order_by("pk")
        issued += sum(_issue(enrolment, template, now) is not None for enrolment in found[: PORTION - issued])
    if issued >= PORTION:
        record(IssuingContinued(programme=programme), by=None, about=None)
    return issued


def _templates(programme: UUID) -> QuerySet[CredentialTemplate]:
    current = CredentialTemplate.objects.current().filter(programme=programme)
    return current.select_related("workshop").prefetch_related("translations").order_by("position")


def _issue_all(
    enrolment: Enrolment, templates: Iterable[CredentialTemplate], issued_at: datetime | None
) -> list[Credential]:
    issued = [_issue(enrolment, template, issued_at or clock.now()) for template in templates]
    return [credential for credential in issued if credential]


def draft_of(
    enrolment: Enrolment, template: CredentialTemplate, at: datetime, zone: ZoneInfo | None = None
) -> Credential:
    """Her credential, not issued yet. `zone` is where the edition runs, if it is known."""
    zone = zone or shared_zone(Call.objects.filter(edition=enrolment.edition_id))
    return Credential(
        enrolment=enrolment,
        person=enrolment.person,
        template=template,
        wording_id=template.wording_in(enrolment.person.language),
        code=new_secret_code(LENGTH),
        name=enrolment.person.name_on_certificate,
        issued_at=at,
        issued_on=at.astimezone(zone).date(),
        valid_until=_until(at, template.valid_months, zone),
    )


@action
def issue_drafts(*, drafts: Sequence[Credential]) -> list[UUID]:
    """Issue these; those that are new are returned. The constraint decides between two that come at once."""
    Credential.objects.bulk_create(drafts, ignore_conflicts=True)
    new = set(Credential.objects.filter(pk__in=[each.pk for each in drafts]).values_list("pk", flat=True))
    issued = [each for each in drafts if each.pk in new]
    for each in issued:
        record(
            CredentialIssued(credential=each.pk, enrolment=each.enrolment_id, template=each.template_id),
            by=None,
            about=each.person_id,
            edition=each.enrolment.edition_id,
            happened_at=each.issued_at,
        )
    return [each.pk for each in issued]


def _issue(enrolment: Enrolment, template: CredentialTemplate, at: datetime) -> Credential | None:
    """The new credential, or None if there was one."""
    if earning.has_already(enrolment, template):
        return None
    draft = draft_of(enrolment, template, at)
    return draft if issue_drafts(drafts=[draft]) else None


def _until(at: datetime, months: int | None, zone: ZoneInfo) -> datetime | None:
    """The end of the last day on which it holds, so many months after the day of issue. A day that a month lacks is
    its last."""
    if months is None:
        return None
    day = at.astimezone(zone).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return datetime.combine(last, time(23, 59, 59), zone)

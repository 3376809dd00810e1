"""Issuing to many: started, stopped and gone on with by the team; a worker does a portion after the other.

Each portion, and the entry from which the next follows, is one transaction. What is to be done is asked anew each time,
so whoever is killed between two portions loses nothing, and nobody has two.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from trenza.apps.admissions.api import zones_of
from trenza.apps.credentials import earning, overdue, rules
from trenza.apps.credentials.actions.issuing import draft_of, issue_drafts
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.actions.signing import sign_credentials
from trenza.apps.credentials.certificate import missing_letters
from trenza.apps.credentials.errors import (
    HoldsNoMore,
    IssuingAlready,
    IssuingMovedOn,
    NameNotPrintable,
    NothingToIssue,
)
from trenza.apps.credentials.events import IssuingPortionDone, IssuingResumed, IssuingStarted, IssuingStopped
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuingFailure, IssuingRun
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, Programme
from trenza.core import clock
from trenza.core.journal import action, record

PORTION: Final = 90
"""A reaction may record 99 entries."""
State = IssuingRun.State
_NO_ZONE: Final = ZoneInfo("UTC")


@dataclass
class _Tally:
    """What came of a portion. `looked` are those that were found to be done; fewer than a portion is the end."""

    looked: int = 0
    done: int = 0
    failures: list[IssuingFailure] = field(default_factory=list)


@action
def start_issuing(
    *,
    programme: Programme,
    kind: IssuingRun.Kind,
    by: Person,
    edition: Edition | None = None,
    template: CredentialTemplate | None = None,
) -> IssuingRun:
    """Have a worker issue what is missing in the programme (or in one edition, of one template) and sign what waits; or
    issue anew what bears words of before.

    Raises:
        NotAllowed: `by` may not issue in the whole programme.
        NothingToIssue: there is nothing to do.
        IssuingAlready: one of the programme runs.
    """
    rules.issuing_programmes.require(by, programme)
    now = clock.now()
    run = IssuingRun(
        programme=programme, edition=edition, template=template, kind=kind, started_at=now, started_by=by, moved_at=now,
        total=0,
    )  # fmt: skip
    run.total = overdue.count_of(run)
    if not run.total:
        raise NothingToIssue
    _save_running(run)
    record(IssuingStarted(programme=programme.pk, run=run.pk, turn=run.turn), by=by.pk, about=None)
    return run


@action
def stop_issuing(*, run: IssuingRun, by: Person) -> IssuingRun:
    """Stop it after the portion that is being done; what was issued stays.

    Raises:
        NotAllowed: `by` may not issue in the whole programme.
        IssuingMovedOn: it does not run.
    """
    rules.issuing_programmes.require(by, run.programme)
    held = _held(run.pk)
    if held.state != State.RUNNING:
        raise IssuingMovedOn
    held.state, held.ended_at, held.ended_by = State.STOPPED, clock.now(), by
    held.save(update_fields=["state", "ended_at", "ended_by"])
    record(IssuingStopped(programme=held.programme_id, run=held.pk), by=by.pk, about=None)
    return held


@action
def resume_issuing(*, run: IssuingRun, by: Person) -> IssuingRun:
    """Go on with one that was stopped, or whose worker gave up.

    Raises:
        NotAllowed: `by` may not issue in the whole programme.
        IssuingMovedOn: it is done.
        IssuingAlready: another of the programme runs.
    """
    rules.issuing_programmes.require(by, run.programme)
    held = _held(run.pk)
    if held.state == State.DONE:
        raise IssuingMovedOn
    held.state, held.ended_at, held.ended_by = State.RUNNING, None, None
    held.turn, held.moved_at = held.turn + 1, clock.now()
    _save_running(held)
    record(IssuingResumed(programme=held.programme_id, run=held.pk, turn=held.turn), by=by.pk, about=None)
    return held


@action
def issue_portion(*, run: UUID, turn: int) -> None:
    """Do the next portion of a run, if it is still this turn of it."""
    held = _held(run)
    if (held.state, held.turn) != (State.RUNNING, turn):
        return
    tally = _Tally()
    if held.kind == IssuingRun.Kind.MISSING:
        _issue_missing(held, tally)
    else:
        _issue_anew(held, tally)
    IssuingFailure.objects.bulk_create(tally.failures, ignore_conflicts=True)
    held.done, held.failed, held.moved_at = held.done + tally.done, held.failed + len(tally.failures), clock.now()
    if tally.looked < PORTION:
        held.state, held.ended_at = State.DONE, held.moved_at
    else:
        record(IssuingPortionDone(programme=held.programme_id, run=held.pk, turn=turn), by=None, about=None)
    held.save(update_fields=["done", "failed", "moved_at", "state", "ended_at"])


def _issue_missing(run: IssuingRun, tally: _Tally) -> None:
    """What is missing first; when nothing is, what waits to be signed."""
    drafts, now, found = [], clock.now(), list(_missing(run))
    zones = zones_of(enrolment.edition_id for enrolment, _template in found)
    for enrolment, template in found:
        tally.looked += 1
        if missing_letters(enrolment.person.name_on_certificate):
            tally.failures.append(_failure(run, enrolment.pk, template.pk))
        else:
            drafts.append(draft_of(enrolment, template, now, zones.get(enrolment.edition_id, _NO_ZONE)))
    issued = issue_drafts(drafts=drafts)
    tally.done += len(drafts)  # somebody else was faster with those that are not among the issued: they have theirs
    sign_credentials(issued)
    if tally.looked < PORTION:
        waiting = overdue.unsigned(run)[: PORTION - tally.looked]
        signed = sign_credentials(list(waiting.values_list("pk", flat=True)))
        tally.looked, tally.done = tally.looked + signed, tally.done + signed


def _missing(run: IssuingRun) -> Iterator[tuple[Enrolment, CredentialTemplate]]:
    left = PORTION
    for template in overdue.templates_of(run):
        failed = IssuingFailure.objects.filter(run=run, template=template).values("enrolment")
        found = earning.missing(template, run.edition_id).exclude(pk__in=failed)
        for enrolment in found.select_related("person").order_by("pk")[:left]:
            left -= 1
            yield enrolment, template


def _issue_anew(run: IssuingRun, tally: _Tally) -> None:
    failed = IssuingFailure.objects.filter(run=run).values("enrolment")
    old = overdue.in_words_of_before(run).exclude(enrolment__in=failed).order_by("pk")
    new = []
    for credential in old[:PORTION]:
        tally.looked += 1
        try:
            made = reissue_credential(
                credential=credential, reason=Credential.ReissueReason.TEMPLATE, by=run.started_by
            )
        except NameNotPrintable:
            tally.failures.append(_failure(run, credential.enrolment_id, credential.template_id))
            continue
        except HoldsNoMore:
            continue  # taken back a moment ago: it is among them no more
        tally.done += 1
        new.append(made.pk)
    sign_credentials(new)


def _failure(run: IssuingRun, enrolment: UUID, template: UUID) -> IssuingFailure:
    reason = IssuingFailure.Reason.LETTERS
    return IssuingFailure(run=run, enrolment_id=enrolment, template_id=template, reason=reason)


def _held(run: UUID) -> IssuingRun:
    rows = IssuingRun.objects.select_for_update(of=("self",)).select_related("programme", "started_by")
    return rows.get(pk=run)


def _save_running(run: IssuingRun) -> None:
    """The constraint decides between two of one programme."""
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise IssuingAlready from error

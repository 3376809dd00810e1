"""What is still to be issued, signed, or issued anew: asked of the rows, so that it is true at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trenza.apps.credentials import earning, keyring, stating
from trenza.apps.credentials.errors import KeyNotReadable
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuingRun, Wording
from trenza.apps.programmes.api import Organisation, Programme

SAMPLE: Final = 3
DUE = Q(signed=None) | Q(signed__stale_since__isnull=False)
"""Not signed, or saying something else by now."""


def templates_of(run: IssuingRun) -> QuerySet[CredentialTemplate]:
    """The templates of which it issues, those of the definition of now."""
    found = CredentialTemplate.objects.current().filter(programme=run.programme_id).order_by("position")
    found = found.select_related("workshop").prefetch_related("translations")
    return found.filter(pk=run.template_id) if run.template_id else found


def unsigned(run: IssuingRun) -> QuerySet[Credential]:
    """Those of its scope that wait for a signature; none where their issuer has no key here that can be read."""
    issuer = stating.issuer_of(run.programme)
    if issuer is None or keyring.usable_key(issuer) is None:
        return Credential.objects.none()
    return _within(run, Credential.objects.filter(DUE).exclude(name="")).order_by("pk")


def in_words_of_before(run: IssuingRun) -> QuerySet[Credential]:
    """Those of its scope that hold and bear other words than their template has now."""
    return _within(run, outdated().filter(template__retired_at=None))


def outdated() -> QuerySet[Credential]:
    """All that hold and bear other words than their template has now."""
    holding = Credential.objects.filter(revoked_at=None, superseded_at=None).exclude(name="")
    translated = CredentialTemplate.translations.through.objects.filter(
        credentialtemplate=OuterRef("template"), wording=OuterRef("wording")
    )
    return holding.exclude(wording=F("template__wording")).filter(~Exists(translated))


def count_of(run: IssuingRun) -> int:
    """How many it has to do."""
    if run.kind == IssuingRun.Kind.WORDS:
        return in_words_of_before(run).count()
    return sum(earning.missing(each, run.edition_id).count() for each in templates_of(run)) + unsigned(run).count()


@dataclass(frozen=True)
class OldWords:
    """Words of before that credentials of a template bear still: how many hold with them, and some of those."""

    wording: Wording
    count: int
    sample: Sequence[Credential]


def old_words(template: CredentialTemplate) -> list[OldWords]:
    """The words of before, those of most credentials first. Two queries, and one for each of them."""
    bearing = outdated().filter(template=template)
    counted = bearing.order_by().values_list("wording").annotate(n=Count("pk")).order_by("-n")
    counts: dict[UUID, int] = dict(counted)
    wordings = Wording.objects.in_bulk(counts)
    return [
        OldWords(wordings[pk], n, list(bearing.filter(wording=pk).order_by("-issued_at", "-id")[:SAMPLE]))
        for pk, n in counts.items()
    ]


def outdated_by_template(programmes: QuerySet[Programme]) -> dict[UUID, int]:
    """How many bear words of before, by template. One query."""
    found = outdated().filter(template__programme__in=programmes, template__retired_at=None).order_by()
    return dict(found.values_list("template").annotate(n=Count("pk")))


def left_of(template: CredentialTemplate) -> tuple[int, int]:
    """How many lack this credential, and how many have it and wait for a signature, with a key or without."""
    waiting = Credential.objects.filter(DUE, template=template).exclude(name="")
    return earning.missing(template).count(), waiting.count()


def _within(run: IssuingRun, credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    found = credentials.filter(template__programme=run.programme_id)
    if run.template_id:
        found = found.filter(template=run.template_id)
    return found.filter(enrolment__edition=run.edition_id) if run.edition_id else found


@dataclass(frozen=True)
class Unsigned:
    """Credentials of a programme that cannot be signed: its issuer has no key here, or (`unreadable`) one whose file
    cannot be read."""

    programme: Programme
    issuer: Organisation | None
    unreadable: bool
    count: int


def waiting_for_keys() -> list[Unsigned]:
    """Where credentials wait for a key. Nothing is counted where each issuer can sign."""
    found = []
    for programme in Programme.objects.order_by("code"):
        issuer, unreadable = stating.issuer_of(programme), False
        try:
            if issuer is not None and keyring.signing_key(issuer) is not None:
                continue
        except KeyNotReadable:
            unreadable = True
        due = Credential.objects.filter(DUE, template__programme=programme).exclude(name="")
        count = due.aggregate(n=Count("pk"))["n"]
        if count:
            found.append(Unsigned(programme, issuer, unreadable, count))
    return found

"""What organisations are asked to endorse: a template's words of now, in each language and each edition."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from trenza.apps.credentials import earning
from trenza.apps.credentials.models import Credential, CredentialTemplate, Endorsement, EndorsementRefusal, Wording
from trenza.apps.programmes.api import Edition, Organisation
from trenza.core import clock


@dataclass(frozen=True)
class Asked:
    """One endorsement that an organisation is asked for, and what came of it. `issued` is a number: of whom, no
    endorser sees."""

    template: CredentialTemplate
    wording: Wording
    edition: Edition
    organisation: Organisation
    issued: int
    given: Endorsement | None
    refused: EndorsementRefusal | None

    @property
    def state(self) -> str:
        """`given`, `refused` or `waiting`."""
        return "given" if self.given else "refused" if self.refused else "waiting"


def asked_endorsements(organisations: Collection[Organisation]) -> list[Asked]:
    """All that these are asked for: editions that still run, or in which somebody holds the credential. A fixed number
    of queries."""
    by_name = {(each.programme_id, each.name): each for each in organisations}
    programmes = {programme for programme, _name in by_name}
    templates = CredentialTemplate.objects.current().filter(programme__in=programmes)
    templates = templates.select_related("wording", "workshop", "programme").prefetch_related("translations")
    found = list(templates.order_by("programme__code", "position"))
    held, given, refused = _issued(found), _given(organisations), _refused(organisations)
    tracks_of = {each.pk: earning.tracks_that_give(each) for each in found}
    asked = []
    for edition in Edition.objects.current().filter(programme__in=programmes).prefetch_related("tracks"):
        tracks = {track.pk for track in edition.tracks.all()}
        for template in found:
            issued = held.get((template.pk, edition.pk), 0)
            held_there = template.workshop is None or template.workshop.edition_id == edition.pk
            gives = held_there and tracks & tracks_of[template.pk] and edition.ends_on >= clock.today("UTC")
            if template.programme_id != edition.programme_id or not (gives or issued):
                continue
            for wording in (template.wording, *template.translations.all()):
                for name in wording.those_who("endorser"):
                    if who := by_name.get((template.programme_id, name)):
                        key = (wording.pk, edition.pk, who.pk)
                        asked.append(Asked(template, wording, edition, who, issued, given.get(key), refused.get(key)))
    return sorted(asked, key=lambda each: (each.state != "waiting", each.organisation.name, each.edition.starts_on))


def asked_endorsement(organisation: Organisation, wording: UUID, edition: UUID) -> Asked | None:
    """One of them; None where nobody asks for it."""
    asked = asked_endorsements([organisation])
    return next((each for each in asked if each.wording.pk == wording and each.edition.pk == edition), None)


def _issued(templates: Collection[CredentialTemplate]) -> dict[tuple[UUID, UUID], int]:
    """How many hold each template's credential in each edition."""
    holding = Credential.objects.filter(template__in=templates, superseded_at=None, revoked_at=None).order_by()
    counted = holding.values_list("template", "enrolment__edition").annotate(n=Count("pk"))
    return {(template, edition): n for template, edition, n in counted}


def _given(organisations: Collection[Organisation]) -> dict[tuple[UUID, UUID, UUID], Endorsement]:
    rows = Endorsement.objects.filter(key__organisation__in=organisations, key__distrusted_at=None)
    rows = rows.select_related("key", "signed_by")
    return {(row.wording_id, row.edition_id, row.key.organisation_id): row for row in rows}


def _refused(organisations: Collection[Organisation]) -> dict[tuple[UUID, UUID, UUID], EndorsementRefusal]:
    rows = EndorsementRefusal.objects.filter(organisation__in=organisations)
    return {(row.wording_id, row.edition_id, row.organisation_id): row for row in rows.select_related("refused_by")}

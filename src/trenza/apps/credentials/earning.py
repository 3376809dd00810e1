"""What gives which credential: completing a track, a level or what a role learns; meeting a module; attending."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trenza.apps.credentials.models import Credential, CredentialTemplate
from trenza.apps.programmes.api import Completion, Enrolment, RequirementMet, Track
from trenza.apps.sessions.api import Workshop, who_came

# Who takes part in the tracks of a role, as [[branch]] names them.
PARTICIPANTS = {"trainer": "trainers", "mentor": "mentors"}


def templates_for_track(track: Track) -> QuerySet[CredentialTemplate]:
    """What whoever completes it gets."""
    given = Q(track=track, module=None, workshop=None)
    if track.level:
        given |= Q(level=track.level)
    for role in PARTICIPANTS:
        if tracks_of(role).filter(pk=track.pk).exists():
            given |= Q(role=role)
    return _current().filter(given, programme=track.programme_id)


def templates_for_module(module: UUID) -> QuerySet[CredentialTemplate]:
    """What whoever meets it gets."""
    return _current().filter(module=module)


def templates_for_workshop(workshop: UUID) -> QuerySet[CredentialTemplate]:
    """What whoever attends it gets."""
    return _current().filter(workshop=workshop)


def attended(workshop: Workshop, persons: Collection[UUID] | None = None) -> Iterator[tuple[Enrolment, datetime]]:
    """By which enrolment who attended it (or who of these did) takes part where it is held, and since when."""
    came = who_came(workshop.pk, persons)
    there = Enrolment.objects.filter(edition=workshop.edition_id, track=workshop.track_id, person__in=came)
    for enrolment in there.select_related("person").order_by("pk"):
        yield enrolment, came[enrolment.person_id]


def tracks_of(role: str) -> QuerySet[Track]:
    """What people in a role learn."""
    return Track.objects.for_participants(PARTICIPANTS[role])


def missing(template: CredentialTemplate, edition: UUID | None = None) -> QuerySet[Enrolment]:
    """The enrolments that earned it, in one edition or in all, and for which nobody issued it; of a level and of a role
    the first of each person."""
    earned = _earned(template)
    held = Credential.objects.filter(template=template)
    if template.track_id is None:
        hers = earned.filter(person=OuterRef("person"), pk__lt=OuterRef("pk")).order_by()
        found = earned.filter(~Exists(hers), ~Exists(held.filter(person=OuterRef("person"))))
    else:
        found = earned.filter(~Exists(held.filter(enrolment=OuterRef("pk"))))
    return found.filter(edition=edition) if edition else found


def _earned(template: CredentialTemplate) -> QuerySet[Enrolment]:
    if template.workshop is not None:
        return Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment, _at in attended(template.workshop)])
    if template.module_id:
        met = RequirementMet.objects.filter(enrolment=OuterRef("pk"), module=template.module_id)
        return Enrolment.objects.filter(Exists(met))
    completed = Completion.objects.filter(enrolment=OuterRef("pk"))
    return Enrolment.objects.filter(Exists(completed), track__in=_tracks(template).values("pk"))


def has_already(enrolment: Enrolment, template: CredentialTemplate) -> bool:
    """Whether she has it by another enrolment: a level and a role are hers once, however many tracks lead there."""
    if template.track_id is not None:
        return False
    hers = Credential.objects.filter(person=enrolment.person_id, template=template)
    return hers.exclude(enrolment=enrolment).exists()


def tracks_that_give(template: CredentialTemplate) -> set[UUID]:
    """The tracks in which it can be earned."""
    return {template.track_id} if template.track_id else set(_tracks(template).values_list("pk", flat=True))


def _current() -> QuerySet[CredentialTemplate]:
    return CredentialTemplate.objects.current().prefetch_related("translations").order_by("position")


def _tracks(template: CredentialTemplate) -> QuerySet[Track]:
    within = Track.objects.filter(programme=template.programme_id).order_by()
    if template.level:
        return within.filter(level=template.level)
    if template.role:
        return within.filter(pk__in=tracks_of(template.role).values("pk"))
    return within.filter(pk=template.track_id)

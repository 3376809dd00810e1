"""What goes down to the hubs of centres: the definitions, which are for everybody, and where those who come there stand
in them. Who loaded, changed or confirmed something stays at the cell."""

from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.db.models import QuerySet

from trenza.apps.programmes.models import (
    Branch,
    Completion,
    Edition,
    Enrolment,
    FollowOn,
    Module,
    Organisation,
    Programme,
    RecognisedCourse,
    Region,
    RequirementMet,
    Track,
)
from trenza.apps.sync.api import HubPlace, register_hub_links, register_hub_rows

_DEFINED: Final = ("code", "name", "position", "retired_at")
_DEFINITION: Final[tuple[tuple[str, type[models.Model], tuple[str, ...]], ...]] = (
    (
        "programme",
        Programme,
        ("code", "name", "summary", "languages", "adult_from", "account_from", "participants", "place"),
    ),
    ("organisation", Organisation, (*_DEFINED, "programme", "roles")),
    ("region", Region, (*_DEFINED, "programme", "iso")),
    ("track", Track, (*_DEFINED, "programme", "summary", "level", "unlock", "hours", "completion")),
    ("module", Module, (*_DEFINED, "track", "summary", "requirement_kind", "course", "confirmed_by")),
    ("recognised_course", RecognisedCourse, ("module", "course")),
    ("branch", Branch, (*_DEFINED, "programme", "summary", "participants")),
    ("edition", Edition, (*_DEFINED, "programme", "starts_on", "ends_on", "demonstration", "countries")),
    ("follow_on", FollowOn, (*_DEFINED, "programme", "after", "gives", "track", "summary")),
)
_LINKS: Final = (
    ("module_opens_after", Module.opens_after.through, ("from_module_id", "to_module_id")),
    ("branch_track", Branch.tracks.through, ("branch_id", "track_id")),
    ("edition_track", Edition.tracks.through, ("edition_id", "track_id")),
    ("edition_region", Edition.regions.through, ("edition_id", "region_id")),
)


def register() -> None:
    """Register with sync, from the ground up."""
    for name, model, fields in _DEFINITION:
        register_hub_rows(f"programmes.{name}", model, fields=fields, chosen=_all_of(model))
    for name, through, ends in _LINKS:
        register_hub_links(f"programmes.{name}", through, ends=ends, chosen=_all_of(through))
    register_hub_rows(
        "programmes.enrolment",
        Enrolment,
        fields=("person", "edition", "track", "region", "state", "paused_until", "enrolled_at", "age_band"),
        chosen=_enrolments,
    )
    register_hub_rows(
        "programmes.requirement_met",
        RequirementMet,
        fields=("enrolment", "module", "met_at", "evidence"),
        chosen=lambda place: RequirementMet.objects.filter(enrolment__in=_enrolments(place)),
    )
    register_hub_rows(
        "programmes.completion",
        Completion,
        fields=("enrolment", "completed_at"),
        chosen=lambda place: Completion.objects.filter(enrolment__in=_enrolments(place)),
    )


def _all_of(model: type[models.Model]) -> Callable[[HubPlace], QuerySet[Any]]:
    return lambda _: model._default_manager.all()


def _enrolments(place: HubPlace) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(person__in=place.persons).order_by()

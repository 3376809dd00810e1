"""`[accompaniment]` of programme.toml: from when on somebody is called."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from trenza.apps.accompaniment.models import Thresholds
from trenza.core.definition import Definition, Item, Section, register_section
from trenza.core.definition import say as _
from trenza.core.ids import named_id

POSITION: Final = 295


class AccompanimentSection(Item):
    """`[accompaniment]`: when a woman is on the list of whom her trainer calls. All of it may be left out."""

    silent_days: int = Field(
        default=7,
        ge=1,
        le=90,
        title=_("Days without activity"),
        description=_("She is called after so many days without a lesson or a session. 7 if left out."),
    )
    failures: int = Field(
        default=2,
        ge=2,
        le=20,
        title=_("Failures in a row"),
        description=_("She is called when she fails the same exam or question so often in a row. 2 if left out."),
    )
    absences: int = Field(
        default=2,
        ge=1,
        le=20,
        title=_("Absences in a row"),
        description=_(
            "She is called when she stays away from so many sessions in a row. Who had a reason was not absent. 2 if "
            "left out."
        ),
    )
    quiet_days: int = Field(
        default=7,
        ge=1,
        le=90,
        title=_("Days of rest after a talk"),
        description=_(
            "Once somebody has talked with her she is not called for so many days, unless something new happens. "
            "7 if left out."
        ),
    )


def load_thresholds(definition: Definition, programme: Any, today: date) -> list[str]:
    """What the section says, or what holds without it."""
    section = next(iter(definition.of(AccompanimentSection)), AccompanimentSection())
    Thresholds.objects.update_or_create(
        programme=programme,
        defaults=section.model_dump(),
        create_defaults={"pk": named_id(programme.code, "thresholds"), **section.model_dump()},
    )
    return []


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("accompaniment", AccompanimentSection, POSITION, many=False, load=load_thresholds))

"""From `[[form]]` to rows."""

from datetime import date
from typing import Any

from trenza.apps.forms.definition.checks import check_conditions
from trenza.apps.forms.definition.sections import FormDefinition
from trenza.apps.forms.models import Form
from trenza.core.definition import Definition, Section, register_section
from trenza.core.ids import named_id


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("form", FormDefinition, 100, check=check_conditions, load=load_forms))


def load_forms(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make and change the forms of the programme. One that is named no more stays, for who has answered it."""
    for section in definition.of(FormDefinition):
        Form.objects.update_or_create(
            pk=named_id(programme.code, "form", section.code),
            defaults={
                "programme": programme.code,
                "code": section.code,
                "title": section.title,
                "definition": section.model_dump(mode="json", exclude_defaults=True),
            },
        )
    return []

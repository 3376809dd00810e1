"""Loading a definition: the sections of every app, in one action."""

import hashlib
from datetime import date

from trenza.apps.people.api import Person
from trenza.apps.programmes.actions.completion import complete_who_have_enough
from trenza.apps.programmes.definition.loading import load_programme
from trenza.apps.programmes.events import DefinitionLoaded
from trenza.apps.programmes.models import DefinitionVersion, Programme
from trenza.core import clock
from trenza.core.definition import Definition, all_sections, write_definition
from trenza.core.journal import action, record


@action
def load_definition(*, definition: Definition, by: Person | None = None, today: date | None = None) -> Programme:
    """Make a programme's rows what the definition says; nothing that people may be attached to is deleted.

    Repeatable: the same definition makes no new version, and only relative days move with `today` (by default the
    day in UTC). Who has done all that a new version asks is completed; nobody loses a completion. What was
    retired is told in the `notes` of `latest_version(programme)`.
    """
    programme = load_programme(definition)
    day = today or clock.today("UTC")
    notes = [note for section in all_sections() if section.load for note in section.load(definition, programme, day)]
    source = write_definition(definition)
    digest = hashlib.sha256(source.encode()).hexdigest()
    latest = programme.versions.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return programme
    version = DefinitionVersion.objects.create(
        programme=programme,
        number=latest.number + 1 if latest else 1,
        digest=digest,
        source=source,
        notes=notes,
        loaded_at=clock.now(),
        loaded_by=by,
    )
    record(
        DefinitionLoaded(programme=programme.pk, version=version.pk, number=version.number),
        by=by.pk if by else None,
        about=None,
    )
    complete_who_have_enough(programme, at=version.loaded_at)
    return programme

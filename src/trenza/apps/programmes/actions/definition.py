"""Loading a definition, the sections of every app in one action; changing it; and looking at what would come of it."""

import hashlib
from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

from trenza.apps.people.api import Person
from trenza.apps.programmes import rules
from trenza.apps.programmes.actions.completion import complete_who_have_enough
from trenza.apps.programmes.attached import with_people
from trenza.apps.programmes.definition.loading import load_programme
from trenza.apps.programmes.errors import EditedMeanwhile, NotConfirmed, OtherProgramme
from trenza.apps.programmes.events import DefinitionLoaded
from trenza.apps.programmes.models import DefinitionDraft, DefinitionVersion, Programme
from trenza.core import clock
from trenza.core.definition import Definition, all_sections, write_definition
from trenza.core.journal import action, record, rehearsal

T = TypeVar("T")


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


@action
def change_definition(
    *,
    programme: Programme,
    definition: Definition,
    base: DefinitionVersion,
    by: Person,
    confirmed: Collection[tuple[str, str]] = (),
) -> DefinitionVersion:
    """Publish an edited definition as the next version, and forget her draft; the version that holds afterwards.

    `confirmed` are the things (section, code) that she knows to be retired while people are in them.

    Raises:
        NotAllowed: her reach does not cover the whole programme.
        OtherProgramme: it is the definition of another programme.
        EditedMeanwhile: `base`, which she edited, holds no more.
        NotConfirmed: something would be retired with people in it.
        DomainError: what a section's loader refuses, such as fewer seats than are taken.
    """
    rules.editable_definitions.require(by, programme)
    if definition.code != programme.code:
        raise OtherProgramme(definition.code)
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    latest = held.versions.latest("number")
    if latest.pk != base.pk:
        raise EditedMeanwhile(latest)
    if missing := with_people(held, definition).keys() - set(confirmed):
        raise NotConfirmed(sorted(missing))
    load_definition(definition=definition, by=by)
    DefinitionDraft.objects.filter(programme=held, person=by).delete()
    return held.versions.latest("number")


def rehearse_definition(definition: Definition, show: Callable[[Programme], T]) -> T:
    """Load a definition, call `show` with the programme as it would be, and take everything back.

    Raises:
        DomainError: what a section's loader refuses.
    """
    with rehearsal():
        return show(load_definition(definition=definition))

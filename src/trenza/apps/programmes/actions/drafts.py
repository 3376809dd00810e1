"""Drafts of definitions: what somebody is writing, kept until it is published or thrown away.

A draft is nobody else's and changes nothing, so the journal does not hold it: the version that it becomes is there.
"""

from trenza.apps.people.api import Person
from trenza.apps.programmes import rules
from trenza.apps.programmes.errors import DraftMoved
from trenza.apps.programmes.models import DefinitionDraft, DefinitionVersion, Programme
from trenza.core import clock
from trenza.core.definition import examine_definition
from trenza.core.journal import action


@action
def save_draft(
    *, programme: Programme, text: str, base: DefinitionVersion, revision: int, by: Person
) -> DefinitionDraft:
    """Keep what she has written, with its errors; `revision` is that of the draft which she saw, 0 without one.

    Raises:
        NotAllowed: she may not edit this definition.
        DraftMoved: her draft was saved or thrown away elsewhere in the meantime.
        DefinitionErrors: it is no TOML, or too large.
    """
    rules.editable_definitions.require(by, programme)
    examine_definition(text.encode())
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    draft = DefinitionDraft.objects.filter(programme=held, person=by).first()
    if (draft.revision if draft else 0) != revision:
        raise DraftMoved(draft)
    draft = draft or DefinitionDraft(programme=held, person=by)
    draft.base, draft.source, draft.revision, draft.saved_at = base, text, revision + 1, clock.now()
    draft.save()
    return draft


@action
def discard_draft(*, programme: Programme, by: Person) -> None:
    """Throw her draft away; without one nothing happens.

    Raises:
        NotAllowed: she may not edit this definition.
    """
    rules.editable_definitions.require(by, programme)
    DefinitionDraft.objects.filter(programme=programme, person=by).delete()

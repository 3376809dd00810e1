"""What a centre's hub hands on of whom trainers tried to reach: the attempts, and the notes beside them."""

from collections.abc import Sequence
from typing import Final

from trenza.apps.accompaniment.events import ContactAttempted
from trenza.apps.accompaniment.models import AttemptNote
from trenza.apps.accompaniment.models.attempt import LONGEST_NOTE
from trenza.apps.sync.api import register_hub_kinds
from trenza.core.journal import Line, attachment

_OF: Final = ("device", "sequence")


def register() -> None:
    """Register with sync, and with the journal what travels beside them."""
    register_hub_kinds(ContactAttempted)
    attachment(ContactAttempted, write_notes, read_notes)


def write_notes(attached: Sequence[tuple[Line, bytes]]) -> None:
    """Beside their attempts. One query."""
    rows = []
    for line, said in attached:
        text = said.decode(errors="replace").replace("\0", "").strip()[:LONGEST_NOTE]
        if text and line.person and line.device and line.sequence:
            rows.append(AttemptNote(device=line.device, sequence=line.sequence, person=line.person, text=text))
    AttemptNote.objects.bulk_create(rows, ignore_conflicts=True)


def read_notes(lines: Sequence[Line]) -> list[bytes]:
    """What stands beside these. One query."""
    rows = AttemptNote.objects.filter(
        device__in={line.device for line in lines}, sequence__in={line.sequence for line in lines}
    )
    notes = {(device, sequence): text.encode() for device, sequence, text in rows.values_list(*_OF, "text")}
    return [notes.get((line.device, line.sequence), b"") for line in lines]

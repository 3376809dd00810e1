"""The journal: what happens is an immutable entry (DESIGN: one journal; docs/journal.md).

Apps import from here and nowhere below.
"""

from trenza.core.journal.checking import check, witness
from trenza.core.journal.ingest import (
    Answer,
    Hold,
    Incoming,
    Judge,
    Refusal,
    Status,
    attachment,
    discard,
    incoming,
    ingest,
    reconsider_held,
    take_in,
)
from trenza.core.journal.kinds import (
    Code,
    Decision,
    Event,
    Observation,
    all_kinds,
    encode,
    find,
    kind,
    name_of,
)
from trenza.core.journal.lines import Line
from trenza.core.journal.projections import (
    Projection,
    all_projections,
    conflicts,
    projection,
    rebuild,
)
from trenza.core.journal.reactions import (
    all_reactions,
    bulk_reaction,
    reaction,
    revive,
    work,
    work_until_done,
)
from trenza.core.journal.reading import (
    Standing,
    Wanted,
    about,
    corrected,
    everything,
    last_position,
    page_about,
    standing,
)
from trenza.core.journal.recording import action, record, rehearsal, take_identities
from trenza.core.journal.writing import authority_device

__all__ = [
    "Answer", "Code", "Decision", "Event", "Hold", "Incoming", "Judge", "Line", "Observation", "Projection", "Refusal",
    "Standing", "Status", "Wanted", "about", "action", "all_kinds", "all_projections", "all_reactions", "attachment",
    "authority_device", "bulk_reaction", "check", "conflicts", "corrected", "discard", "encode", "everything", "find",
    "incoming", "ingest", "kind", "last_position", "name_of", "page_about", "projection", "reaction", "rebuild",
    "reconsider_held", "record", "rehearsal", "revive", "standing", "take_identities", "take_in", "witness", "work",
    "work_until_done",
]  # fmt: skip

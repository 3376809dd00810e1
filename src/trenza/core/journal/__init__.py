"""The journal: what happens is an immutable entry (DESIGN: one journal; docs/journal.md).

Apps import from here and nowhere below.
"""

from trenza.core.journal.aliases import kept_of, names_of, standing_aliases
from trenza.core.journal.checking import check, witness
from trenza.core.journal.engines import written_at_once
from trenza.core.journal.ingest import (
    Answer,
    Comparison,
    Hold,
    Incoming,
    Judge,
    Refusal,
    Status,
    as_incoming,
    attachment,
    beside,
    compare,
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
    set_aliases,
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
    count_of_devices,
    everything,
    last_about_nobody,
    last_position,
    of_devices,
    page_about,
    standing,
)
from trenza.core.journal.recording import action, all_or_nothing, record, rehearsal, take_identities
from trenza.core.journal.writing import authority_device, own_devices, renew_authority

__all__ = [
    "Answer", "Code", "Comparison", "Decision", "Event", "Hold", "Incoming", "Judge", "Line", "Observation",
    "Projection", "Refusal", "Standing", "Status", "Wanted", "about", "action", "all_kinds", "all_or_nothing",
    "all_projections", "all_reactions", "as_incoming", "attachment", "authority_device", "beside", "bulk_reaction",
    "check", "compare", "conflicts", "corrected", "count_of_devices", "discard", "encode", "everything", "find",
    "incoming", "ingest", "kept_of", "kind", "last_about_nobody", "last_position", "name_of", "names_of",
    "of_devices", "own_devices", "page_about", "projection", "reaction", "rebuild", "reconsider_held", "record",
    "rehearsal", "renew_authority", "revive", "set_aliases", "standing", "standing_aliases", "take_identities",
    "take_in", "witness", "work", "work_until_done", "written_at_once",
]  # fmt: skip

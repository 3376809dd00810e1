"""An entry in memory, on its way in or read back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from trenza.core.journal.kinds import Event


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One entry with its event decoded. `device` and `sequence` are absent while this server has yet to number it;
    `position` and `recorded_at` until it is written. Projections may use neither `position` nor `recorded_at`.

    `happened_at` is what the device's clock said, kept as it is. `moment` is what is believed of it (moments.py), and
    what projections and pages use.

    It can be part of no cycle, so the garbage collector need not look at it, nor at events (`gc=False`).

    `db_person` and `db_moment` are the person and `moment` in the form of the engine's driver, made once.
    """

    event: Event
    kind: str
    data: bytes
    person: UUID | None
    by: UUID | None
    edition: UUID | None
    happened_at: datetime
    moment: datetime
    db_person: Any
    db_moment: Any
    device: UUID | None = None
    sequence: int | None = None
    corrects: tuple[UUID, int] | None = None
    position: int | None = None
    recorded_at: datetime | None = None

"""The level check of a programme, as pages ask for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from trenza.apps.learning.content.bank import BankItem
from trenza.apps.learning.models import LevelCheck
from trenza.apps.programmes.api import Programme


@dataclass(frozen=True)
class LevelBank:
    """What a page needs to ask: the items, the code of the track of each level, and a name for exactly these items."""

    items: tuple[BankItem, ...]
    tracks: Mapping[str, str]
    language: str
    name: str


def level_bank_of(programme: Programme) -> LevelBank | None:
    """The level check of a programme; None where it has none. One query."""
    row = LevelCheck.objects.filter(programme=programme).first()
    if row is None or not row.items:
        return None
    items = tuple(BankItem(**{**item, "choices": tuple(item["choices"])}) for item in row.items)
    written = json.dumps(row.items, sort_keys=True).encode()
    return LevelBank(items, row.tracks, row.language, hashlib.sha256(written).hexdigest()[:8])


def has_level_check(programme: Programme) -> bool:
    """Whether a woman may find out with which level of it she might begin. One query."""
    return LevelCheck.objects.filter(programme=programme).exclude(items=[]).exists()


def level_check_folder(programme: Programme) -> dict[str, bytes]:
    """The files of its bank by name, with the folder beside the definition; none where it has no level check."""
    row = LevelCheck.objects.filter(programme=programme).first()
    return {f"{row.bank}/{name}": text.encode() for name, text in row.source.items()} if row else {}

"""On the cell: what a hub must be told of the rows that apps registered, page by page."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

import msgspec
from django.db.models import F

from trenza.apps.sync.hub import pairing, registry
from trenza.apps.sync.hub.messages import Page, Request, TableRows
from trenza.apps.sync.models import Hub, HubRow
from trenza.core.journal import action

MOST_ROWS: Final = 1_000
MOST_BYTES: Final = 300_000
GONE: Final = b""
_DIGEST: Final = 12
_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")


class _Change(NamedTuple):
    """A row as it is now (None: gone), and the digest of that."""

    table: str
    key: bytes
    value: bytes | None
    digest: bytes


@action
def note_applied(*, hub: Hub, request: Request, in_person: bool) -> None:
    """Remember what the hub says that it has put in place. A hub that was put back from an old copy knows of fewer
    pages than it told us: what came after is sent again. So is everything where we were put back ourselves, and a
    table of which it understands more since it was upgraded."""
    pairing.in_turn(hub)
    before = (hub.page_sent, hub.page_applied, hub.tables, hub.forms)
    if in_person and request.page > hub.page_sent:
        HubRow.objects.filter(hub=hub).update(digest=None)
        hub.page_sent = hub.page_applied = request.page
    elif in_person and request.page < hub.page_applied:
        HubRow.objects.filter(hub=hub, page__gt=request.page).update(digest=None)
        hub.page_applied = request.page
    if request.applied:
        HubRow.objects.filter(hub=hub, page__in=request.applied).update(digest=F("sent"))
        hub.page_applied = max(hub.page_applied, *request.applied)
    if request.tables is not None:
        other = [name for name in request.tables if request.forms.get(name, "") != hub.forms.get(name, "")]
        HubRow.objects.filter(hub=hub, table__in=other).update(digest=None)
        hub.tables, hub.forms = sorted(request.tables), request.forms
    if before != (hub.page_sent, hub.page_applied, hub.tables, hub.forms):
        hub.save(update_fields=["page_sent", "page_applied", "tables", "forms"])


@action
def next_page(*, hub: Hub, beyond: int | None = None) -> Page | None:
    """The next rows that the hub must be told, at most `MOST_ROWS` and about `MOST_BYTES`; None where it knows all.

    With `beyond`, rows that have travelled as they are in a page after that one are not repeated: several pages go
    into one file. A revoked hub is told nothing.
    """
    pairing.in_turn(hub)
    if hub.revoked_at is not None:
        return None
    changes: list[_Change] = []
    size = 0
    for change in _changes(hub, beyond):
        changes.append(change)
        size += len(change.key) + len(change.value or b"")
        if len(changes) == MOST_ROWS or size >= MOST_BYTES:
            break
    if not changes:
        return None
    hub.page_sent += 1
    hub.save(update_fields=["page_sent"])
    HubRow.objects.bulk_create(
        [HubRow(hub=hub, table=each.table, key=each.key, sent=each.digest, page=hub.page_sent) for each in changes],
        update_conflicts=True,
        unique_fields=["hub", "table", "key"],
        update_fields=["sent", "page"],
    )
    return Page(hub.page_sent, [_rows_of(name, changes) for name in sorted({each.table for each in changes})])


def _changes(hub: Hub, beyond: int | None) -> Iterator[_Change]:
    """What differs from what the hub has: rows in the order of tables, then what is gone the other way round."""
    place = registry.HubPlace(hub.pk, hub.centre, pairing.secret_of(hub) or b"")
    gone: list[_Change] = []
    told = _told(hub)
    for name, table in registry.hub_tables().items():
        if name not in hub.tables:
            continue
        known = told.pop(name, {})
        for key, value in table.rows(place):
            encoded = None if isinstance(value, registry.Lazy) else _encoder.encode(value)
            digest = hashlib.sha256(value.tag if encoded is None else encoded).digest()[:_DIGEST]
            if _differs(known.pop(key, None), digest, beyond):
                yield _Change(name, key, _encoder.encode(value.read()) if encoded is None else encoded, digest)
        gone += [_Change(name, key, None, GONE) for key, row in known.items() if _differs(row, GONE, beyond)]
    yield from reversed(gone)


def _told(hub: Hub) -> dict[str, dict[bytes, tuple[bytes | None, bytes, int]]]:
    """What the hub was told, by table and key: the digest that it has put in place, the one sent, and in which page."""
    found: dict[str, dict[bytes, tuple[bytes | None, bytes, int]]] = defaultdict(dict)
    rows = HubRow.objects.filter(hub=hub).values_list("table", "key", "digest", "sent", "page")
    for table, key, digest, sent, page in rows.iterator():
        found[table][bytes(key)] = (None if digest is None else bytes(digest), bytes(sent), page)
    return found


def _differs(row: tuple[bytes | None, bytes, int] | None, digest: bytes, beyond: int | None) -> bool:
    if row is None:
        return True
    had, sent, page = row
    return had != digest and not (beyond is not None and page > beyond and sent == digest)


def _rows_of(name: str, changes: Collection[_Change]) -> TableRows:
    ours = [each for each in changes if each.table == name]
    return TableRows(
        name,
        upserts=[(each.key, msgspec.Raw(each.value)) for each in ours if each.value is not None],
        tombstones=[each.key for each in ours if each.value is None],
    )

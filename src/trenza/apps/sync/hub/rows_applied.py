"""On the hub: put in place what the cell says of its rows, a page at a time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from trenza.apps.sync.events import HubRowsChanged
from trenza.apps.sync.hub import registry
from trenza.apps.sync.hub.messages import Page, TableRows
from trenza.apps.sync.hub.upstream import upstream
from trenza.apps.sync.models import ReceivedRow
from trenza.core.journal import action, record


def put_in_place(page: Page) -> None:
    """Put a page in place, and remember it to be acknowledged. Of a row that a newer page spoke of it says nothing any
    more; of a table that this version does not know neither."""
    by_name = {rows.name: rows for rows in page.tables}
    _put_together(page=page, by_name=by_name)
    for name, table in registry.hub_tables().items():
        if name in by_name and table.apart:
            table.apply(_decoded(by_name[name].upserts), by_name[name].tombstones)
    _remember(page=page)


@action
def _put_together(*, page: Page, by_name: Mapping[str, TableRows]) -> None:
    """The rows of other tables, all of them or none. What is gone goes last, and what hangs on others first."""
    tables = [(name, table) for name, table in registry.hub_tables().items() if name in by_name and not table.apart]
    news = {name: _news(by_name[name], page.number) for name, _ in tables}
    for name, table in tables:
        if news[name][0]:
            table.apply(_decoded(news[name][0]), [])
    for name, table in reversed(tables):
        if news[name][1]:
            table.apply([], news[name][1])
    if any(upserts or tombstones for upserts, tombstones in news.values()):
        # Whoever keeps what follows from the journal must look again: rows have changed without an entry of theirs.
        record(HubRowsChanged(centre=upstream().centre, page=page.number), by=None, about=None)


@action
def _remember(*, page: Page) -> None:
    row = upstream()
    row.page = max(row.page, page.number)
    row.applied = sorted({*row.applied, page.number})
    row.save(update_fields=["page", "applied"])


def _decoded(upserts: Sequence[tuple[bytes, msgspec.Raw]]) -> list[tuple[bytes, Any]]:
    return [(key, msgspec.msgpack.decode(value)) for key, value in upserts]


def _news(rows: TableRows, number: int) -> tuple[list[tuple[bytes, msgspec.Raw]], list[bytes]]:
    """What is newer than what this hub knows, which it remembers."""
    keys = {key for key, _ in rows.upserts} | set(rows.tombstones)
    pages: dict[bytes, int] = defaultdict(int)
    for key, page in ReceivedRow.objects.filter(table=rows.name, key__in=list(keys)).values_list("key", "page"):
        pages[bytes(key)] = page
    fresh = {key for key in keys if pages[key] < number}
    ReceivedRow.objects.bulk_create(
        [ReceivedRow(table=rows.name, key=key, page=number) for key in sorted(fresh)],
        update_conflicts=True,
        unique_fields=["table", "key"],
        update_fields=["page"],
    )
    return [row for row in rows.upserts if row[0] in fresh], [key for key in rows.tombstones if key in fresh]

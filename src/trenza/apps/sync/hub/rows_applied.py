"""On the hub: put in place what the cell says of its rows, a page at a time."""

from collections import defaultdict

import msgspec

from trenza.apps.sync.hub import registry
from trenza.apps.sync.hub.messages import Page, TableRows
from trenza.apps.sync.hub.upstream import upstream
from trenza.apps.sync.models import ReceivedRow
from trenza.core.journal import action


@action
def put_in_place(*, page: Page) -> None:
    """Apply a page whole, and remember it to be acknowledged. Of a row that a newer page spoke of it says nothing
    any more; of a table that this version does not know neither."""
    by_name = {rows.name: rows for rows in page.tables}
    for name, table in registry.hub_tables().items():
        if name in by_name:
            upserts, tombstones = _news(by_name[name], page.number)
            if upserts or tombstones:
                table.apply([(key, msgspec.msgpack.decode(value)) for key, value in upserts], tombstones)
    row = upstream()
    row.page = max(row.page, page.number)
    row.applied = sorted({*row.applied, page.number})
    row.save(update_fields=["page", "applied"])


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

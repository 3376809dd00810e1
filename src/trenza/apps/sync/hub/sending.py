"""On the hub: what it says to its cell, and what it makes of the answer. It forgets nothing: an acknowledged position
is moved by the answer alone."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final
from uuid import UUID

import msgspec

from trenza.apps.sync.hub import carrying, own_certificate, registry, rows_applied
from trenza.apps.sync.hub.entries_wire import pack
from trenza.apps.sync.hub.messages import VERSION, Answer, NotTaken, Request, can, next_mark, program
from trenza.apps.sync.hub.upstream import upstream
from trenza.apps.sync.models import CarriedRecord, NotTakenIn, Upstream
from trenza.core import clock, journal
from trenza.core.journal import Incoming, Line, action

MOST_ENTRIES: Final = 2_000
"""In one message: some 60 KB, ten seconds on the slowest lines."""
MOST_DATA: Final = 600_000
"""Bytes of their JSON."""
MOST_RECORDS: Final = 500
MOST_EXPORTED: Final = 200
"""Marks of files that are remembered: what an answer in a file may acknowledge."""
_RENAMED: Final = "renamed"
_NOT_KEPT: Final = "too_many_kept"


@dataclass(frozen=True)
class Composed:
    """A message, and what it stands for on this side."""

    request: Request
    mark: bytes
    carried: Sequence[CarriedRecord]
    more: bool
    """Whether something waits that did not fit."""


def compose(*, row: Upstream, most: int | None = None, with_rows: bool = True) -> Composed:
    """The next message after what was acknowledged. What was done goes first: a page of rows is wanted once no more of
    it waits, and not without `with_rows`."""
    composed = _compose(row, row.acknowledged, bytes(row.mark), carrying.waiting(most=MOST_RECORDS), most)
    if with_rows and not composed.more:
        return composed
    return replace(composed, request=msgspec.structs.replace(composed.request, rows=False))


def compose_all(*, row: Upstream) -> list[Composed]:
    """Everything that waits, in messages one after the other, for a file."""
    found: list[Composed] = []
    after, mark = row.acknowledged, bytes(row.mark)
    while not found or found[-1].request.more:
        found.append(_compose(row, after, mark, []))
        after, mark = found[-1].request.upto, found[-1].mark
    records = list(CarriedRecord.objects.filter(delivered_at=None).order_by("id"))
    for start in range(0, len(records), MOST_RECORDS):
        found.append(_compose(row, after, mark, records[start : start + MOST_RECORDS]))
    return found


def _compose(
    row: Upstream, after: int, mark: bytes, carried: Sequence[CarriedRecord], most: int | None = None
) -> Composed:
    most = most or MOST_ENTRIES
    devices = journal.own_devices()
    forms = {name: table.form for name, table in registry.hub_tables().items()}
    is_news = _as_told(forms) != row.told
    top = journal.last_position()
    found = journal.of_devices(devices, kinds=registry.hub_kinds(), after=after, limit=most)
    until_now = [line for line in found if (line.position or 0) <= top]  # the rest was written since
    lines = _that_fit(until_now)
    more = len(lines) == most or len(lines) < len(until_now)
    upto = (lines[-1].position or after) if more else max(top, after)
    entries = pack(_as_sent(lines))
    request = Request(
        v=VERSION, batch=secrets.token_bytes(8), can=can(), program=program(), after=after, mark=mark, upto=upto,
        top=top, more=more, devices=[device.bytes for device in devices], entries=entries,
        sealed=carrying.as_sent(carried), waiting=waiting(row), page=row.page, applied=row.applied,
        tables=list(forms) if is_news else None, forms=forms if is_news else {}, csr=own_certificate.request_to_send(),
    )  # fmt: skip
    following = next_mark(mark, upto, entries) if upto > after else mark
    return Composed(request, following, carried, more or len(carried) == MOST_RECORDS)


def _as_told(forms: Mapping[str, str]) -> list[list[str]]:
    """What is kept of what the cell was told of our tables."""
    return [[name, form] for name, form in forms.items()]


def _that_fit(lines: Sequence[Line]) -> Sequence[Line]:
    """As many of them as a message holds, and at least one."""
    sizes = accumulate(len(line.data) for line in lines)
    return lines[: max(1, sum(size <= MOST_DATA for size in sizes))]


def waiting(row: Upstream) -> int:
    """How many entries and sealed records the cell does not have."""
    lines = journal.count_of_devices(journal.own_devices(), kinds=registry.hub_kinds(), after=row.acknowledged)
    return lines + CarriedRecord.objects.filter(delivered_at=None).count()


@action
def note_answer(*, composed: Composed, answer: Answer) -> bool:
    """Move on to where the cell says that all is safe, and remember what it did not simply take in. Whether something
    is safe now that was not before."""
    row = upstream()
    before = row.acknowledged
    now = clock.now()
    row.seen_at, row.failure, row.failed_at = now, "", None
    row.revoked_at = (row.revoked_at or now) if answer.revoked else None
    row.applied = [page for page in row.applied if page not in composed.request.applied]
    if composed.request.tables is not None:
        row.told = _as_told(composed.request.forms)
    if answer.again:
        row.acknowledged, row.mark, row.told = 0, b"", []
    elif (answer.upto, answer.mark) == (composed.request.upto, composed.mark):
        row.acknowledged, row.mark = answer.upto, answer.mark
    if answer.cell is not None:
        row.cell, row.cell_public = answer.cell
    row.save()
    _remember(answer.not_taken)
    # Of records, what the cell did not keep stays here as waiting; all else is safe with it, also what was refused.
    not_kept = {(device, sequence) for device, sequence, _, reason in answer.carried if reason == _NOT_KEPT}
    delivered = [each.pk for each in composed.carried if (each.device.bytes, each.sequence) not in not_kept]
    if delivered and not answer.again:
        CarriedRecord.objects.filter(pk__in=delivered).update(delivered_at=now)
        _remember(answer.carried)
    return row.acknowledged > before or bool(delivered)


@action
def note_file_answer(*, answer: Answer) -> None:
    """What the cell said in a file, of whatever day. It acknowledges only what this hub wrote into a file: a mark
    says of which entries it is true."""
    row = upstream()
    if [answer.upto, answer.mark.hex()] in row.exported and answer.upto > row.acknowledged:
        row.acknowledged, row.mark = answer.upto, answer.mark
    if answer.revoked and row.revoked_at is None:
        row.revoked_at = clock.now()
    if answer.cell is not None:
        row.cell, row.cell_public = answer.cell
    row.save()
    _remember(answer.not_taken)


def take_page(*, answer: Answer) -> bool:
    """Put the rows of an answer in place; whether there were any."""
    if answer.page is None:
        return False
    rows_applied.put_in_place(answer.page)
    return True


@action
def note_exported(*, messages: Sequence[Composed]) -> None:
    """Remember what was written into a file, so that an answer in a file can acknowledge it."""
    row = upstream()
    new = [[each.request.upto, each.mark.hex()] for each in messages]
    row.exported = [*(each for each in row.exported if each not in new), *new][-MOST_EXPORTED:]
    row.save(update_fields=["exported"])


@action
def note_failure(*, code: str) -> None:
    """Remember that the cell could not be asked, and why."""
    Upstream.objects.update(failed_at=clock.now(), failure=code[:60])


def _remember(not_taken: Sequence[NotTaken]) -> None:
    now = clock.now()
    rows = {
        (device, sequence): NotTakenIn(
            device=UUID(bytes=device), sequence=sequence, status=status[:8], reason=reason[:60], at=now
        )
        for device, sequence, status, reason in not_taken
    }
    NotTakenIn.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["device", "sequence"],
        update_fields=["status", "reason", "at"],
    )


def _as_sent(lines: Sequence[Line]) -> list[Incoming]:
    renamed, attached = _renamed(lines), journal.beside(lines)
    return [
        msgspec.structs.replace(
            journal.as_incoming(line),
            corrects=line.corrects and (renamed.get(line.corrects, line.corrects[0]), line.corrects[1]),
            beside=said,
        )
        for line, said in zip(lines, attached, strict=True)
    ]


def _renamed(lines: Sequence[Line]) -> dict[tuple[UUID, int], UUID]:
    """Under which device the cell has those entries that these correct, where that is another one than here."""
    if not any(line.corrects for line in lines):
        return {}
    rows = NotTakenIn.objects.filter(status=_RENAMED)
    return {(row.device, row.sequence): UUID(hex=row.reason) for row in rows}

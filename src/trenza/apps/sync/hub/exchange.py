"""On the cell: answer a hub. One message in, one out, over the line or in files."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from trenza.apps.sync.hub import certificates, rows_down
from trenza.apps.sync.hub.messages import NOT_ASKED, VERSION, Answer, NotTaken, Page, Request, can
from trenza.apps.sync.hub.taking_in import TakenIn, take_in
from trenza.apps.sync.models import Hub, HubDevice
from trenza.apps.sync.receiving import receive
from trenza.apps.sync.wire import WireDevice, check_counts
from trenza.core import clock
from trenza.core.journal import action
from trenza.core.models import SetAside
from trenza.core.sealing import cell_key

_TOLD: Final = frozenset({"held", "refused"})
_SEEN_EVERY: Final = timedelta(minutes=1)
MOST_TOLD_AGAIN: Final = 1_000
"""What was held or refused before, as a file tells it to a hub."""


def answer(*, hub: Hub, request: Request) -> Answer:
    """Take in what a hub hands on over the line, and tell it what is new. All of it is safe once this returns.

    Raises:
        Unreadable, TooLarge: see there.
    """
    check_counts(request.sealed)
    taken = take_in(hub=hub, request=request, in_person=True)
    carried = _carry(hub, request.sealed)
    certificates.note_request(hub=hub, request=request)
    rows_down.note_applied(hub=hub, request=request, in_person=True)
    page = rows_down.next_page(hub=hub) if request.rows else None
    _note_seen(hub=hub, request=request)
    return _answer(hub, request, taken, carried, page)


def take_file(*, hub: Hub, request: Request) -> TakenIn:
    """Take in a message that somebody brought in a file, of whatever day.

    Raises:
        Unreadable, TooLarge: see there.
    """
    check_counts(request.sealed)
    taken = take_in(hub=hub, request=request, in_person=False)
    _carry(hub, request.sealed)
    certificates.note_request(hub=hub, request=request)
    rows_down.note_applied(hub=hub, request=request, in_person=False)
    _note_seen(hub=hub, request=request)
    return taken


def answers_for_file(*, hub: Hub, most_pages: int = 200) -> list[Answer]:
    """What the hub is to be told, all of it, in a file: up to where we have what it handed in, what of that is held
    or refused, and every row that it does not have yet as far as we know."""
    first = Answer(
        v=VERSION, batch=NOT_ASKED, can=can(), upto=hub.acknowledged, mark=bytes(hub.mark),
        not_taken=_told_again(hub), revoked=hub.revoked_at is not None, cell=_cell(),
    )  # fmt: skip
    answers, beyond = [first], hub.page_sent
    while len(answers) <= most_pages:
        page = rows_down.next_page(hub=hub, beyond=beyond)
        if page is None:
            break
        answers.append(Answer(v=VERSION, batch=NOT_ASKED, page=page))
    return answers


def _answer(hub: Hub, request: Request, taken: TakenIn, carried: list[NotTaken], page: Page | None) -> Answer:
    return Answer(
        v=VERSION,
        batch=request.batch,
        can=can(),
        upto=hub.acknowledged if taken.known else 0,
        mark=bytes(hub.mark) if taken.known else b"",
        again=not taken.known,
        went_back=taken.went_back,
        not_taken=taken.not_taken,
        carried=carried,
        page=page,
        revoked=hub.revoked_at is not None,
        cell=None if request.after else _cell(),  # a hub that begins; later it knows
    )


def _cell() -> tuple[str, bytes]:
    key = cell_key()
    return key.id, key.public


def _carry(hub: Hub, sealed: Sequence[WireDevice]) -> list[NotTaken]:
    """Phones' own records prove themselves, whoever carries them. What is not said here was taken in."""
    if not sealed:
        return []
    return [
        (UUID(hex=each.device).bytes, each.sequence, each.status, each.reason)
        for each in receive(sealed, carrier=hub.device)
        if each.status in _TOLD
    ]


def _told_again(hub: Hub) -> list[NotTaken]:
    devices = HubDevice.objects.filter(hub=hub).values_list("device", flat=True)
    rows = SetAside.objects.filter(device__in=list(devices), state__in=_TOLD).order_by("-id")[:MOST_TOLD_AGAIN]
    return [(row.device.bytes, row.sequence, row.state, row.reason) for row in rows]


@action
def _note_seen(*, hub: Hub, request: Request) -> None:
    """Writes only what is new: a visit has many messages."""
    now = clock.now()
    known = (hub.program, hub.waiting) == (request.program or hub.program, request.waiting)
    if known and hub.seen_at is not None and now - hub.seen_at < _SEEN_EVERY:
        return
    hub.seen_at, hub.program, hub.waiting = now, request.program or hub.program, request.waiting
    hub.save(update_fields=["seen_at", "program", "waiting"])

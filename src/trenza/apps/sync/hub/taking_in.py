"""On the cell: take in what a hub hands on. What it said before changes nothing; what it numbers anew is told apart."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import IntegrityError

from trenza.apps.sync.hub import pairing, registry
from trenza.apps.sync.hub.entries_wire import unpack
from trenza.apps.sync.hub.messages import NotTaken, Request, next_mark
from trenza.apps.sync.models import Hub, HubDevice, HubMark
from trenza.core import ids
from trenza.core.journal import Answer, Comparison, Event, Hold, Incoming, Judge, Status, action, compare, ingest
from trenza.core.models import Device

REVOKED: Final = "hub_revoked"
STRANGER: Final = "not_on_roster"
CERTIFYING: Final = "to_be_confirmed"
KIND: Final = "kind_not_allowed"
DEVICE: Final = "not_its_device"
MISSING: Final = "names_what_is_missing"
RENAMED: Final = "renamed"
MOST_DEVICES: Final = 200
"""Of one hub: it takes a new one each time that it was put back from a copy."""
_MOST_NAMES: Final = 16
_TOLD: Final = frozenset({Status.HELD, Status.REFUSED})


class TakenIn(NamedTuple):
    """`known` is whether we know what the hub had been told: where not, it must begin anew. `went_back` is whether it
    gives numbers again that it gave before."""

    known: bool
    went_back: bool
    not_taken: list[NotTaken]


def take_in(*, hub: Hub, request: Request, in_person: bool) -> TakenIn:
    """Take in the entries of a message, and remember up to where; what is answered holds once this returns.

    `in_person` is a message over the line, which speaks of now. One in a file may be of any day: it is taken in
    wherever it begins, and tells nothing of where the hub stands.

    Raises:
        Unreadable, TooLarge: see there.
    """
    entries = unpack(request.entries)
    known = _knows(hub, request.after, request.mark)
    if not known and in_person:
        return TakenIn(known=False, went_back=False, not_taken=[])
    allowed = _devices(hub=hub, request=request)
    names, doubtful = _names(entries, allowed)
    answers = _ingest([_named(entry, name) for entry, name in zip(entries, names, strict=True)], _judge(hub, allowed))
    if known:
        _acknowledge(hub=hub, request=request, in_person=in_person)
    behind = in_person and not request.more and request.top < hub.top
    if in_person and hub.top != request.top:
        _note_top(hub=hub, top=request.top)
    not_taken = list(_renamed(entries, names))
    not_taken += [
        (entry.device.bytes, entry.sequence, answer.status.value, str(answer.reason))
        for entry, answer in zip(entries, answers, strict=True)
        if answer.status in _TOLD
    ]
    return TakenIn(known=True, went_back=in_person and (behind or doubtful), not_taken=not_taken)


def another_name(device: UUID, number: int) -> UUID:
    """The device under which entries stand here whose identity a hub had given before: the same each time."""
    return ids.named_id("hub", device.hex, str(number))


def _ingest(entries: Sequence[Incoming], judge: Judge) -> list[Answer]:
    """Take them in together. Where one names a row that is not here (a session that is held itself), each is taken in
    for itself, and that one is held until somebody has seen to the other."""
    try:
        return ingest(entries, judge=judge, device_kind=Device.Kind.HUB)
    except IntegrityError:
        return [_ingest_one(entry, judge) for entry in entries]


def _ingest_one(entry: Incoming, judge: Judge) -> Answer:
    try:
        [answer] = ingest([entry], judge=judge, device_kind=Device.Kind.HUB)
    except IntegrityError:
        [answer] = ingest([entry], judge=lambda *_: Hold(MISSING), device_kind=Device.Kind.HUB)
    return answer


def names_of(devices: Collection[UUID]) -> frozenset[UUID]:
    """Under which devices entries of these stand here."""
    return frozenset(devices) | {another_name(each, number) for each in devices for number in range(1, _MOST_NAMES)}


def _knows(hub: Hub, position: int, mark: bytes) -> bool:
    """Whether we told the hub that we have what it says that we have. Of nothing, everybody knows."""
    if position == 0:
        return mark == b""
    return HubMark.objects.filter(hub=hub, position=position, mark=mark).exists()


@action
def _devices(*, hub: Hub, request: Request) -> frozenset[UUID]:
    """The hub's devices, with the new ones that it names. The first that it names is that of now."""
    named = [UUID(bytes=device) for device in request.devices]
    ours = set(HubDevice.objects.filter(hub=hub).values_list("device", flat=True))
    for device in named:
        if device not in ours and len(ours) < MOST_DEVICES and pairing.may_write_with(hub, device):
            HubDevice.objects.update_or_create(device=device, defaults={"hub": hub})
            ours.add(device)
    if named and named[0] in ours and hub.device != named[0]:
        hub.device = named[0]
        hub.save(update_fields=["device"])
    return frozenset(ours)


def _names(entries: Sequence[Incoming], allowed: frozenset[UUID]) -> tuple[list[UUID], bool]:
    """Under which device each entry is taken in, and whether any of them cannot be under its own: a hub that was put
    back from an old copy numbers on from there, and what it does now is something else than what we have."""
    names = [entry.device for entry in entries]
    waiting = [index for index, entry in enumerate(entries) if entry.device in allowed]
    doubtful = False
    for number in range(1, _MOST_NAMES):
        found = compare([_named(entries[index], names[index]) for index in waiting])
        waiting = [index for index, each in zip(waiting, found, strict=True) if each is Comparison.DIFFERENT]
        if not waiting:
            break
        doubtful = True
        for index in waiting:
            names[index] = another_name(entries[index].device, number)
    return names, doubtful


def _named(entry: Incoming, name: UUID) -> Incoming:
    if entry.device is name:
        return entry
    return msgspec.structs.replace(entry, device=name)


def _judge(hub: Hub, allowed: frozenset[UUID]) -> Judge:
    """Work is judged as of receipt. What somebody did is not thrown away because she left the centre, or because the
    hub's access was taken: it is held for somebody's look."""
    kinds, roster = registry.hub_kinds(), registry.persons_of(hub.centre, captured=True)
    names = names_of(allowed)
    revoked, stranger, certifying = Hold(REVOKED), Hold(STRANGER), Hold(CERTIFYING)

    def judge(entry: Incoming, _: Event) -> str | Hold | None:
        if entry.device not in names:
            return DEVICE
        if entry.kind not in kinds:
            return KIND
        if hub.revoked_at is not None:
            return revoked
        if entry.person is not None and entry.person not in roster:
            if not registry.may_be_about_strangers(entry.kind):
                return stranger
            roster.add(entry.person)
        return certifying if registry.certifies(entry.kind) else None

    return judge


def _renamed(entries: Sequence[Incoming], names: Sequence[UUID]) -> Iterator[NotTaken]:
    for entry, name in zip(entries, names, strict=True):
        if entry.device != name:
            yield (entry.device.bytes, entry.sequence, RENAMED, name.hex)


@action
def _acknowledge(*, hub: Hub, request: Request, in_person: bool) -> None:
    """Remember what the hub is about to be told. A file of last week takes nothing back."""
    pairing.in_turn(hub)
    if request.upto < request.after:
        return
    mark = request.mark
    if request.upto > request.after:
        mark = next_mark(request.mark, request.upto, request.entries)
        HubMark.objects.get_or_create(hub=hub, position=request.upto, mark=mark)
    if (in_person or request.upto > hub.acknowledged) and (hub.acknowledged, bytes(hub.mark)) != (request.upto, mark):
        hub.acknowledged, hub.mark = request.upto, mark
        hub.save(update_fields=["acknowledged", "mark"])


@action
def _note_top(*, hub: Hub, top: int) -> None:
    hub.top = top
    hub.save(update_fields=["top"])

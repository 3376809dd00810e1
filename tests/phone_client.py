"""A phone in Python: it seals what a woman does, packs batches, and reads answers, as docs/phone.md says."""

import base64
import gzip
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.test import Client

from trenza.apps.people.api import NewDevice, Person, PersonDevice, register_device
from trenza.core.sealing import Record, Sealer, cell_key

BATCH = bytes(range(8))
MONDAY = 1_767_614_400_000  # 5 January 2026, noon, in milliseconds


class Phone:
    """One profile: seals acts under its secret, numbers them, and hands in whatever records it is given."""

    def __init__(self, keys: NewDevice, cell_public: bytes) -> None:
        self.keys = keys
        self.next = 1
        self._sealer = Sealer(device=keys.device, secret=keys.secret, cell_public=cell_public)

    @classmethod
    def of(cls, person: Person) -> "Phone":
        """A new profile for her."""
        return cls(register_device(person=person, by=person), cell_key().public)

    @property
    def profile(self) -> PersonDevice:
        return PersonDevice.objects.get(pk=self.keys.profile)

    def act(self, code: str, payload: Any, count: int, *, at: float = MONDAY) -> Record:
        """Seal an act that stands for `count` entries."""
        return self.seal(msgspec.msgpack.encode([at, code, payload]), count)

    def seal(self, plain: bytes, count: int) -> Record:
        """Seal any bytes, under the next sequences."""
        record = self._sealer.seal(plain, sequence=self.next, count=count)
        self.next += count
        return record

    def lesson(
        self, lesson: UUID, answers: Sequence[list[int] | None], *, done: bool = True, at: float = MONDAY
    ) -> Record:
        """What she did in a lesson."""
        count = sum(chosen is not None for chosen in answers) + done
        return self.act("l", [lesson.bytes, list(answers), done], count, at=at)

    def send(self, client: Client, records: Iterable[Record] = (), *, full: bool = False, **more: Any) -> Any:
        """Hand records in, whosever they are: with the token that delivers, or with her own (`full`)."""
        token = self.keys.token if full else self.keys.deliver
        return post(client, gzip.compress(body(records, **more), mtime=0), token)


def body(records: Iterable[Record], **more: Any) -> bytes:
    """The body of POST /sync, not compressed yet."""
    grouped: dict[bytes, dict[bytes, list[tuple[int, int, bytes]]]] = {}
    for record in records:
        sessions = grouped.setdefault(record.device.bytes, {})
        sessions.setdefault(record.session, []).append((record.sequence, record.count, record.sealed))
    sealed = [[device, [[session, acts] for session, acts in sessions.items()]] for device, sessions in grouped.items()]
    whole = {"v": 1, "batch": BATCH, "can": ["gzip"], "pending": 0, "now": MONDAY, "sealed": sealed, **more}
    return msgspec.msgpack.encode(whole)


def post(client: Client, sent: bytes, token: bytes, *, encoding: str = "gzip", **headers: str) -> Any:
    """POST /sync with this body."""
    told = {"Authorization": f"Bearer {base64url(token)}", "Accept": "application/json", **headers}
    if encoding:
        told["Content-Encoding"] = encoding
    return client.post("/sync", sent, content_type="application/msgpack", headers=told)


def base64url(raw: bytes) -> str:
    """Without padding, as tokens travel."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def statuses(response: Any) -> list[str]:
    """The reason, or else the status, of each answer."""
    assert response.status_code == 200, response.content
    return [reason or status for _, _, status, reason in response.json()["answers"]]

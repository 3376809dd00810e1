"""Sealed records in the hands of somebody else's phone, or of one that is no browser."""

import urllib.request
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from tests.phone.server import Facts
from tests.phone_client import BATCH, Phone, base64url, body
from trenza.apps.people.api import NewDevice
from trenza.core.sealing import Record


def phone_of(profile: Facts) -> Phone:
    """A phone that is no browser, of a profile that `office.profile` made."""
    keys = [bytes.fromhex(profile[name]) for name in ("deliver", "token", "secret")]
    return Phone(NewDevice(UUID(profile["profile"]), UUID(profile["device"]), *keys), bytes.fromhex(profile["cell"]))


def records_of(outbox: Iterable[Facts]) -> list[Record]:
    """What waits in a browser, as somebody takes it along: sealed."""
    return [
        Record(
            UUID(each["device"]),
            bytes.fromhex(each["session"]),
            each["sequence"],
            each["count"],
            bytes.fromhex(each["sealed"]),
        )
        for each in outbox
        if each["state"] == "waiting"
    ]


def deliver(url: str, token: bytes, records: Iterable[Record]) -> list[str]:
    """Hand records in; what was answered to each."""
    headers = {"Authorization": f"Bearer {base64url(token)}", "Content-Type": "application/msgpack"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/sync", body(records), headers)) as answer:
        said: dict[str, Any] = msgspec.json.decode(answer.read())
    assert said["batch"] == BATCH.hex()
    return [status for _device, _sequence, status, _reason in said["answers"]]

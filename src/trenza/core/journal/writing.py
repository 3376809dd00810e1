"""The one way into the journal's table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from trenza.core import clock, ids
from trenza.core.journal import engines, projections
from trenza.core.journal.lines import Line
from trenza.core.journal.moments import believed
from trenza.core.models import Device


def append(lines: Sequence[Line], *, devices: Mapping[UUID, int] | None = None) -> None:
    """Project the observations among `lines`, then write all under the position lock. The transaction's last act.

    `devices` are the rows of the lines' devices, where the caller knows them.
    """
    now, driver = clock.now(), engines.driver()
    lines = [_believed(line, now, driver) for line in lines]
    projections.apply(lines)
    numbered = [line for line in lines if line.device is not None]
    own = [line for line in lines if line.device is None]
    device_ids = device_rows({line.device for line in numbered if line.device}) if devices is None else devices
    rows = {device.int: row for device, row in device_ids.items()}  # the hash of a number is quick, that of a UUID not
    moment = driver.moment(now)
    engines.insert(
        [(rows[line.device.int], line.sequence, *_row(line, moment, driver)) for line in numbered if line.device],
        [_row(line, moment, driver) for line in own],
    )


def authority_device() -> Device:
    """The device of this server; made at the first migrate. A restored server must take a new one."""
    device = Device.objects.filter(kind=Device.Kind.AUTHORITY).first()
    if device is None:
        Device.objects.bulk_create(
            [Device(uuid=ids.new_id(), kind=Device.Kind.AUTHORITY)],
            ignore_conflicts=True,
        )
        device = Device.objects.get(kind=Device.Kind.AUTHORITY)
    return device


def own_devices() -> list[UUID]:
    """The device of this server, those that it had before it was restored, and those of its pages (`take_identities`);
    that of now comes first."""
    authority_device()
    kinds = [Device.Kind.AUTHORITY, Device.Kind.FORMER, Device.Kind.HANDLER]  # in this order of the alphabet too
    return list(Device.objects.filter(kind__in=kinds).order_by("kind", "-id").values_list("uuid", flat=True))


def renew_authority() -> Device:
    """Take a new device for this server: numbers that the old one gave after a backup must not be given again.

    What the old one wrote stays under its name.
    """
    with transaction.atomic():
        Device.objects.filter(kind=Device.Kind.AUTHORITY).update(kind=Device.Kind.FORMER)
        return authority_device()


def make_authority_device(**_: Any) -> None:
    """After every migrate: whoever writes an entry of this server's own finds its device there."""
    if Device._meta.db_table in connection.introspection.table_names():
        authority_device()


def ensure_devices(devices: Collection[UUID], *, kind: str) -> dict[UUID, int]:
    """The rows of these devices, made for those that are not known yet."""
    known = device_rows(devices)
    new = [Device(uuid=device, kind=kind) for device in sorted(devices) if device not in known]
    if new:
        Device.objects.bulk_create(new, ignore_conflicts=True)
        known |= device_rows([device.uuid for device in new])
    return known


def device_rows(devices: Collection[UUID]) -> dict[UUID, int]:
    """The rows of those of these devices that are known."""
    if not devices:
        return {}
    return dict(Device.objects.filter(uuid__in=devices).values_list("uuid", "id"))


def _believed(line: Line, now: datetime, driver: engines.Driver) -> Line:
    """The line, with another `moment` where its device's clock said what cannot be."""
    moment = believed(line.happened_at, now)
    if moment is line.happened_at:
        return line
    return msgspec.structs.replace(line, moment=moment, db_moment=driver.moment(moment))


def _row(line: Line, moment: object, driver: engines.Driver) -> engines.Row:
    corrects_device, corrects_sequence = line.corrects or (None, None)
    return (
        line.kind,
        line.db_person,
        line.db_person if line.by is line.person else driver.optional(line.by),
        driver.optional(line.edition),
        line.data.decode(),
        line.db_moment if line.moment is line.happened_at else driver.moment(line.happened_at),
        moment,
        driver.optional(corrects_device),
        corrects_sequence,
    )

"""Reading the journal back, in order of position."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from trenza.core.journal import engines, kinds
from trenza.core.journal.lines import Line
from trenza.core.journal.moments import believed
from trenza.core.models import Alias

_CHUNK = 2_000


def after(position: int, *, names: Collection[str], limit: int) -> list[Line]:
    """The next entries of these kinds after `position`, at most `limit`."""
    if not names:
        return []
    marks = ", ".join(["%s"] * len(names))
    where = f'e."position" > %s AND e.kind IN ({marks}) ORDER BY e."position" LIMIT %s'
    return list(_read(where, [position, *sorted(names), limit]))


def at(position: int) -> Line | None:
    """The entry at `position`."""
    return next(_read('e."position" = %s', [position]), None)


def at_positions(positions: Sequence[int]) -> list[Line]:
    """The entries at these positions."""
    if not positions:
        return []
    return list(_read(engines.any_of('e."position"', positions), []))


def of_devices(devices: Collection[UUID], *, kinds: Collection[str], after: int, limit: int) -> list[Line]:
    """The next entries of these kinds that these devices wrote, after the position `after`, at most `limit`."""
    if not devices or not kinds:
        return []
    where, values = _by_devices(devices, kinds, after)
    return list(_read(f'{where} ORDER BY e."position" LIMIT %s', [*values, limit]))


def count_of_devices(devices: Collection[UUID], *, kinds: Collection[str], after: int) -> int:
    """How many entries of these kinds these devices wrote after the position `after`."""
    if not devices or not kinds:
        return 0
    where, values = _by_devices(devices, kinds, after)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM core_entry e JOIN core_device d ON d.id = e.device_id WHERE {where}", values
        )
        return int(cursor.fetchone()[0])


def last_position() -> int:
    """The position of the newest entry; 0 in an empty journal."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(max("position"), 0) FROM core_entry')
        return int(cursor.fetchone()[0])


class Standing(NamedTuple):
    """The positions of the newest entry about one person, under all her names, and of the newest about nobody; 0 where
    there is none.

    While both stay as they are, nothing was decided or observed about her, and no definition or course has changed:
    rows change in the transaction that writes their entry, and positions commit in order.
    """

    hers: int
    nobodys: int


def standing(person: UUID) -> Standing:
    """Where the journal stands for one person. One query along two indexes, however long the journal is."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT (SELECT max("position") FROM core_entry WHERE person = %s), '
            '(SELECT max(e."position") FROM core_alias a JOIN core_entry e ON e.person = a.person '
            "WHERE a.kept = %s AND a.ended_at IS NULL), "
            '(SELECT max("position") FROM core_entry WHERE person IS NULL)',
            [engines.driver().uuid(person)] * 2,
        )
        own, under_other_names, nobodys = cursor.fetchone()
    return Standing(max(own or 0, under_other_names or 0), nobodys or 0)


def last_about_nobody() -> int:
    """The position of the newest entry about nobody; 0 where there is none. While it stays, no definition and no course
    has changed, and no call was published. One query along one index."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(max("position"), 0) FROM core_entry WHERE person IS NULL')
        return int(cursor.fetchone()[0])


def about(persons: Collection[UUID], *, kinds: Collection[str]) -> Iterator[Line]:
    """All entries about these persons of these kinds."""
    if not kinds:
        return
    marks = ", ".join(["%s"] * len(kinds))
    ordered = sorted(persons)
    for start in range(0, len(ordered), 500):
        some = [engines.driver().uuid(person) for person in ordered[start : start + 500]]
        people = ", ".join(["%s"] * len(some))
        yield from _read(
            f'e.person IN ({people}) AND e.kind IN ({marks}) ORDER BY e."position"',
            [*some, *sorted(kinds)],
        )


@dataclass(frozen=True)
class Wanted:
    """Entries of these kinds; where `field` is given, of those only the ones whose data name one of `ids` there."""

    kinds: Collection[str]
    field: str = ""
    ids: Collection[UUID] = ()


def page_about(
    person: UUID | None, wanted: Collection[Wanted], *, limit: int, before: int | None = None, after: int | None = None
) -> list[Line]:
    """Entries about this person, under any of her names (None: about nobody), that are wanted, the newest first, at
    most `limit`.

    `before` gives those in front of that position; `after` the oldest of those behind it, newest first too. Two
    queries, along the index of the person's entries, however long the journal is.
    """
    asked = [each for each in wanted if each.kinds and (each.ids or not each.field)]
    if not asked:
        return []
    parameters: list[Any] = []
    where = "e.person IS NULL"
    if person is not None:
        names = sorted({person, *other_names(person)})
        where = f"e.person IN ({_marks(names)})"
        parameters += map(engines.driver().uuid, names)
    choices = []
    for each in asked:
        choice = f"e.kind IN ({_marks(each.kinds)})"
        parameters.extend(sorted(each.kinds))
        if each.field:
            choice += f" AND {_value('e.data')} IN ({_marks(each.ids)})"
            parameters += [each.field, *sorted(map(str, each.ids))]
        choices.append(f"({choice})")
    where += f" AND ({' OR '.join(choices)})"
    for sign, bound in (("<", before), (">", after)):
        if bound is not None:
            where += f' AND e."position" {sign} %s'
            parameters.append(bound)
    order = "ASC" if after is not None else "DESC"
    found = list(_read(f'{where} ORDER BY e."position" {order} LIMIT %s', [*parameters, limit]))
    return found[::-1] if after is not None else found


def other_names(person: UUID) -> set[UUID]:
    """What else she who is kept is called (aliases.py). One query."""
    return set(Alias.objects.filter(kept=person, ended_at=None).values_list("person", flat=True))


def corrected(lines: Collection[Line]) -> set[tuple[UUID, int]]:
    """The identities of those of these entries that a later one corrects. One query."""
    named = {(line.device, line.sequence) for line in lines if line.device and line.sequence}
    if not named:
        return set()
    devices = sorted({device for device, _ in named})
    sequences = sorted({sequence for _, sequence in named})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT corrects_device, corrects_sequence FROM core_entry WHERE corrects_device IS NOT NULL "
            f"AND corrects_device IN ({_marks(devices)}) AND corrects_sequence IN ({_marks(sequences)})",
            [*map(engines.driver().uuid, devices), *sequences],
        )
        found = {(_uuid(device, {}), sequence) for device, sequence in cursor.fetchall()}
    return {identity for identity in named if identity in found}


def everything(*, start: int = 0) -> Iterator[Line]:
    """The whole journal after `start`; entries of kinds unknown to this version are left out."""
    while True:
        lines = list(_read('e."position" > %s ORDER BY e."position" LIMIT %s', [start, _CHUNK]))
        yield from lines
        following = _position_after(start, _CHUNK)
        if following is None:
            return
        start = following


def _marks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _by_devices(devices: Collection[UUID], kinds: Collection[str], after: int) -> tuple[str, list[Any]]:
    where = f'e."position" > %s AND d.uuid IN ({_marks(devices)}) AND e.kind IN ({_marks(kinds)})'
    return where, [after, *map(engines.driver().uuid, sorted(devices)), *sorted(kinds)]


def _value(column: str) -> str:
    """The text of one field of the data, whose name is the next parameter."""
    return f"{column} ->> %s" if connection.vendor == "postgresql" else f"json_extract({column}, '$.' || %s)"


def _position_after(start: int, count: int) -> int | None:
    """The last position of the chunk of `count` after `start`; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT max("position") FROM (SELECT "position" FROM core_entry WHERE "position" > %s '
            'ORDER BY "position" LIMIT %s) AS chunk',
            [start, count],
        )
        found = cursor.fetchone()[0]
    return None if found is None else int(found)


def _read(where: str, parameters: list[Any]) -> Iterator[Line]:
    data = "e.data::text" if connection.vendor == "postgresql" else "e.data"
    driver = engines.driver()
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT e."position", d.uuid, e.sequence, e.kind, e.person, e."by", e.edition, {data}, '
            "e.happened_at, e.recorded_at, e.corrects_device, e.corrects_sequence "
            f"FROM core_entry e JOIN core_device d ON d.id = e.device_id WHERE {where}",
            parameters,
        )
        while rows := cursor.fetchmany(_CHUNK):
            known: dict[Any, UUID] = {}
            for row in rows:
                line = _line(row, driver, known)
                if line is not None:
                    yield line


def _line(row: tuple[Any, ...], driver: engines.Driver, known: dict[Any, UUID]) -> Line | None:
    """`known` are the devices, persons and editions read so far: many entries have them in common."""
    event_class = kinds.find(row[3])
    if event_class is None:
        return None
    data = row[7].encode()
    happened_at, recorded_at = _moment(row[8]), _moment(row[9])
    moment = believed(happened_at, recorded_at)
    return Line(
        position=row[0],
        device=_uuid(row[1], known),
        sequence=row[2],
        kind=row[3],
        person=_uuid(row[4], known),
        by=_uuid(row[5], known),
        edition=_uuid(row[6], known),
        data=data,
        event=msgspec.json.decode(data, type=event_class),
        happened_at=happened_at,
        moment=moment,
        db_person=None if row[4] is None else driver.read_uuid(row[4]),
        db_moment=row[8] if moment is happened_at and isinstance(row[8], str) else driver.moment(moment),
        recorded_at=recorded_at,
        corrects=None if row[10] is None else (_uuid(row[10], known) or UUID(int=0), row[11]),
    )


def _uuid(value: Any, known: dict[Any, UUID]) -> UUID | None:
    if value is None or isinstance(value, UUID):
        return value
    found = known.get(value)
    if found is None:
        found = known[value] = UUID(bytes=bytes(value))
    return found


def _moment(value: Any) -> datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    moment: datetime = value
    return moment.astimezone(UTC)

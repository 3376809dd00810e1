"""A list of people that the team uploads: kept to be looked at, confirmed, brought in row by row, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from trenza.apps.people import rules
from trenza.apps.people.errors import AlreadyConfirmed, ConsentNotSaid, NothingToBringIn
from trenza.apps.people.events import ImportConfirmed, ImportContinued
from trenza.apps.people.models import ImportRow, PeopleImport, Person
from trenza.apps.people.roles import Permission
from trenza.apps.people.scopes import scopes_with
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_id
from trenza.core.journal import action, record

KEPT = timedelta(days=7)
MOST_ROWS = 5_000
State = ImportRow.State


@dataclass(frozen=True)
class NewRow:
    """A row as it was read; with problems it will not be brought in."""

    number: int
    details: Mapping[str, Any]
    problems: Sequence[str] = ()
    registered: bool = False


@dataclass(frozen=True)
class NewImport:
    """What was uploaded, and where its people are to go."""

    file_name: str
    rows: Sequence[NewRow]
    notes: Sequence[str] = ()
    call: UUID | None = None
    region: UUID | None = None


@action
def keep_import(*, new: NewImport, by: Person) -> PeopleImport:
    """Keep what was read of a file, until she confirms it. Nobody is registered. What is a week old is forgotten.

    Raises:
        NotAllowed: she may not bring people in.
        ValueError: more rows than may be kept.
    """
    if not scopes_with(by, Permission.PERSON_IMPORT):
        raise NotAllowed
    if len(new.rows) > MOST_ROWS:
        raise ValueError(f"{len(new.rows)} rows")
    forget_old_imports()
    kept = PeopleImport.objects.create(
        by=by, file_name=new.file_name[:120], notes=list(new.notes), call=new.call, region=new.region,
        uploaded_at=clock.now(),
    )  # fmt: skip
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                id=new_id(), people_import=kept, number=row.number, details=dict(row.details),
                problems=list(row.problems), registered=row.registered,
                state=State.PROBLEM if row.problems else State.READY,
            )
            for row in new.rows
        ),
        batch_size=500,
    )  # fmt: skip
    return kept


@action
def confirm_import(*, people_import: PeopleImport, consent_said: bool, by: Person) -> PeopleImport:
    """Bring its people in, from now on, as a worker comes to it. Asking again changes nothing.

    `consent_said`: she says that each of them agreed on paper; each still agrees herself when she comes in.

    Raises:
        ConsentNotSaid: she does not say so.
        NothingToBringIn: no row can be brought in.
        NotAllowed: it is not hers.
    """
    held = _hers(people_import, by)
    if held.confirmed_at is not None:
        return held
    if not consent_said:
        raise ConsentNotSaid
    ready = held.rows.filter(state=State.READY).count()
    if not ready:
        raise NothingToBringIn
    held.confirmed_at = clock.now()
    held.save(update_fields=["confirmed_at"])
    record(ImportConfirmed(people_import=held.pk, rows=ready), by=by.pk, about=None)
    return held


@action
def discard_import(*, people_import: PeopleImport, by: Person) -> None:
    """Forget it with all its rows, before it was confirmed or after it is finished.

    Raises:
        AlreadyConfirmed: it is being brought in.
        NotAllowed: it is not hers.
    """
    held = _hers(people_import, by)
    if held.confirmed_at is not None and held.finished_at is None:
        raise AlreadyConfirmed
    held.delete()


@action
def rows_to_bring_in(*, people_import: UUID, limit: int) -> list[ImportRow]:
    """The next rows of a confirmed import, held until the transaction ends; none where it is gone."""
    held = PeopleImport.objects.select_for_update().filter(pk=people_import, confirmed_at__isnull=False).first()
    if held is None:
        return []
    rows = held.rows.filter(state=State.READY).select_related("people_import__by").order_by("number")
    return list(rows[:limit])


@action
def settle_row(*, row: ImportRow, state: ImportRow.State, reason: str = "") -> None:
    """Say what came of a row. What was done is not kept any longer than its import is under way."""
    row.state, row.reason = state, reason[:40]
    if state != State.REFUSED:
        row.details = {}
    row.save(update_fields=["state", "reason", "details"])


@action
def continue_import(*, people_import: UUID, by: Person) -> None:
    """After a portion: let the next one follow, or finish, with the counts, and keep only what was refused."""
    held = PeopleImport.objects.select_for_update().get(pk=people_import)
    if held.rows.filter(state=State.READY).exists():
        record(ImportContinued(people_import=held.pk), by=by.pk, about=None)
        return
    count = dict(held.rows.order_by().values_list("state").annotate(n=Count("pk")))
    held.finished_at = clock.now()
    held.brought_in, held.known = count.get(State.DONE, 0), count.get(State.KNOWN, 0)
    held.refused = count.get(State.REFUSED, 0) + count.get(State.PROBLEM, 0)
    held.save(update_fields=["finished_at", "brought_in", "known", "refused"])
    held.rows.filter(state__in=[State.DONE, State.KNOWN]).delete()


@action
def forget_old_imports() -> int:
    """Delete the rows of what was uploaded a week ago or earlier, and what was never confirmed; how many rows."""
    old = PeopleImport.objects.filter(uploaded_at__lte=clock.now() - KEPT)
    forgotten, _by_model = ImportRow.objects.filter(people_import__in=old).delete()
    old.filter(confirmed_at=None).delete()
    old.exclude(file_name="").update(file_name="", notes=[])
    return forgotten


def _hers(people_import: PeopleImport, by: Person) -> PeopleImport:
    rules.own_imports.require(by, people_import)
    return PeopleImport.objects.select_for_update().get(pk=people_import.pk)

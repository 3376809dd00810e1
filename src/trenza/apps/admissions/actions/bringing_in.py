"""Bring in the people of a confirmed list: registered, and in the call that was chosen, a portion at a time."""

from datetime import date
from uuid import UUID

from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.errors import AlreadyApplied, CallNotOpen
from trenza.apps.admissions.models import Call
from trenza.apps.people.api import (
    EmailTaken,
    ImportRow,
    PeopleImport,
    Person,
    account_for,
    continue_import,
    read_person,
    register_person,
    rows_to_bring_in,
    settle_row,
)
from trenza.apps.programmes.api import AlreadyEnrolled, Region
from trenza.core.errors import DomainError
from trenza.core.journal import action

PORTION = 20
"""A reaction may record 99 entries, and a row four."""


@action
def bring_in_portion(*, people_import: UUID) -> int:
    """Bring in the next rows; how many. What cannot be done to a row is undone and kept with its reason.

    May be called any number of times: a row is brought in once, and whoever is there already stays as she is.
    """
    rows = rows_to_bring_in(people_import=people_import, limit=PORTION)
    if not rows:
        return 0
    of_list = rows[0].people_import
    call = Call.objects.select_related("programme", "form").filter(pk=of_list.call).first() if of_list.call else None
    region = Region.objects.filter(pk=of_list.region).first() if of_list.region else None
    for row in rows:
        try:
            was_new = bring_in_row(row=row, of_list=of_list, call=call, region=region)
        except DomainError as error:
            settle_row(row=row, state=ImportRow.State.REFUSED, reason=type(error).__name__)
        else:
            settle_row(row=row, state=ImportRow.State.DONE if was_new else ImportRow.State.KNOWN)
    continue_import(people_import=people_import, by=of_list.by)
    return len(rows)


@action
def bring_in_row(*, row: ImportRow, of_list: PeopleImport, call: Call | None, region: Region | None) -> bool:
    """Register her, and let her apply or sign up. False if all was so before.

    Raises:
        EmailTaken: somebody whom the one who brings her in may not read has this address.
        CallNotOpen: the call is gone or closed. Else as `submit_application` and `sign_up`.
    """
    if (call is None) != (of_list.call is None):
        raise CallNotOpen
    person = known_person(str(row.details["email"]), of_list.by)
    was_new = person is None
    if person is None:
        born = row.details.get("birth_date")
        person = register_person(
            given_name=row.details["given_name"],
            family_name=row.details.get("family_name", ""),
            email=row.details["email"],
            phone=row.details.get("phone", ""),
            birth_date=date.fromisoformat(born) if born else None,
            sex=row.details.get("sex", ""),
            country=row.details.get("country", ""),
            by=of_list.by,
        )
    if call is None:
        return was_new
    try:
        if call.is_selected:
            answers = row.details.get("answers", {})
            by_code = {track.code: track for track in call.tracks_offered}
            wishes = [by_code[code] for code in row.details.get("wishes", []) if code in by_code]
            submit_application(call=call, person=person, region=region, answers=answers, by=of_list.by, wishes=wishes)
        else:
            sign_up(call=call, person=person, region=region, by=of_list.by)
    except (AlreadyApplied, AlreadyEnrolled):
        return was_new
    return True


def known_person(email: str, by: Person) -> Person | None:
    """Whoever signs in with this address, if `by` may read her. Raises EmailTaken if she may not."""
    account = account_for(email)
    if account is None:
        return None
    if not read_person.allows(by, account.person):
        raise EmailTaken
    return account.person

"""Whose a row of a gradebook is: by her address, in the spellings under which mail would reach her all the same."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Edition, Enrolment, Track, enrolments_to_coordinate

_AT_ONCE: Final = 400
_GMAIL: Final = ("gmail.com", "googlemail.com")
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def cleaned(address: str) -> str:
    """An address without spaces, invisible signs, angle brackets and capitals."""
    text = "".join(address.translate(_INVISIBLE).split()).strip("<>;,\"'").lower()
    return text.removeprefix("mailto:")


def spellings(address: str) -> list[str]:
    """An address as it stands, and what else would reach the same box: without what stands behind a `+`; of Gmail, with
    either of its names and without dots."""
    plain = cleaned(address)
    box, at, host = plain.rpartition("@")
    if not at or not box:
        return []
    found = [plain, f"{box.partition('+')[0]}@{host}"]
    if host in _GMAIL:
        bare = box.partition("+")[0]
        found += [f"{each}@{name}" for name in _GMAIL for each in (bare, bare.replace(".", ""))]
    return list(dict.fromkeys(found))


def keyed(*parts: str) -> str:
    """By this a row is known again; nobody reads out of it what it says."""
    return salted_hmac("trenza.credentials.gradebook", "\x1f".join(parts), algorithm="sha256").hexdigest()


def persons_by_address(addresses: Iterable[str]) -> dict[str, UUID]:
    """Who has each of these addresses (cleaned), in one of its spellings; whoever is not here is left out."""
    wanted = {address: spellings(address) for address in addresses}
    every = sorted({each for tried in wanted.values() for each in tried})
    known: dict[str, UUID] = {}
    for start in range(0, len(every), _AT_ONCE):
        rows = Account.objects.filter(email__in=every[start : start + _AT_ONCE], is_active=True)
        known |= {email: person for email, person in rows.values_list("email", "person") if email}
    found = {}
    for address, tried in wanted.items():
        hits = {known[each] for each in tried if each in known}
        if address in known:
            found[address] = known[address]
        elif len(hits) == 1:  # two boxes that may be the same: a person decides
            found[address] = hits.pop()
    return found


def enrolments_of_persons(
    persons: Collection[UUID], *, edition: Edition, track: Track, viewer: Person
) -> tuple[Mapping[UUID, Enrolment], set[UUID]]:
    """The enrolments of these persons that the viewer coordinates, by person; and who else is enrolled there."""
    there = Enrolment.objects.filter(edition=edition, track=track)
    hers: dict[UUID, Enrolment] = {}
    others: set[UUID] = set()
    keys = sorted(persons)
    for start in range(0, len(keys), _AT_ONCE):
        portion = keys[start : start + _AT_ONCE]
        mine = enrolments_to_coordinate.which(viewer).filter(edition=edition, track=track, person__in=portion)
        hers |= {each.person_id: each for each in mine}
        others |= set(there.filter(person__in=portion).values_list("person", flat=True))
    return hers, others - hers.keys()

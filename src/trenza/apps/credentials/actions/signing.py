"""Signing what was issued, once; and anew where what it says has changed."""

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from trenza.apps.credentials import stating
from trenza.apps.credentials.keyring import usable_key
from trenza.apps.credentials.models import Credential, Disclosure, Endorsement, IssuerKey, SignedCredential, StatusList
from trenza.apps.credentials.openbadges import compact, proofs
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.apps.credentials.openbadges.prepared import Prepared
from trenza.apps.credentials.openbadges.status_lists import ENTRIES
from trenza.apps.credentials.overdue import DUE
from trenza.apps.programmes.api import Organisation, Programme
from trenza.core import bulk, clock
from trenza.core.ids import new_id
from trenza.core.journal import action

PORTION: Final = 50
_SECONDS: Final = 4.0
"""So long a sweep goes on with portions; the worker has more to do."""
_DRAWS: Final = 8
"""Places that are drawn before a list counts as full: with half of it taken, one in 256 finds none in eight."""
_MOST_ENDORSEMENTS: Final = 8


@dataclass(frozen=True)
class _Signed:
    """A signature that is not kept yet, and what it was made from."""

    credential: UUID
    name: str
    chosen_at: datetime | None
    stale_since: datetime | None
    row: SignedCredential


def sign_credentials(credentials: Sequence[UUID], signer: "Signer | None" = None) -> int:
    """Sign those of these that are not signed, or that say something else by now; how many were. A `signer` knows what
    those that it signed before had in common.

    May be called any number of times, at once too: each has one place in a status list for good. What an organisation
    issues that has no key here, or one that cannot be read, is not signed, and waits (`sign_due`). Signing is done
    before the transaction that keeps it.
    """
    rows = Credential.objects.filter(DUE, pk__in=credentials).exclude(name="")
    rows = rows.select_related("wording", "person", "enrolment__edition", "template__programme", "signed__status_list")
    rows = rows.select_related("disclosure")
    made = (signer or Signer()).sign(rows.order_by("pk"))
    return _keep(signed=made) if made else 0


def sign_due() -> int:
    """Sign what waits, some portions of it: its issuer had no key when it was issued, or it says something else by now.
    An organisation whose key cannot be read keeps no other waiting."""
    able = [each for each in Programme.objects.all() if (issuer := stating.issuer_of(each)) and usable_key(issuer)]
    waiting = Credential.objects.filter(DUE, template__programme__in=able).exclude(name="").order_by("pk")
    signed, end = 0, time.monotonic() + _SECONDS
    while portion := list(waiting.values_list("pk", flat=True)[:PORTION]):
        done = sign_credentials(portion)
        signed += done
        if not done or time.monotonic() > end:
            break
    return signed


@action
def _keep(*, signed: Sequence[_Signed]) -> int:
    """Keep what still says what the credential says, as she lets others see it: what was corrected or chosen otherwise
    meanwhile waits for the next time."""
    held = Credential.objects.filter(pk__in=[each.credential for each in signed]).select_for_update(of=("self",))
    said = {pk: says for pk, *says in held.order_by("pk").values_list("pk", "name", "disclosure__changed_at")}
    found = SignedCredential.objects.filter(credential__in=said)
    stale = dict(found.values_list("credential", "stale_since"))
    new, anew = [], []
    for each in signed:
        if said.get(each.credential) != [each.name, each.chosen_at]:
            continue
        is_new = each.credential not in stale
        if is_new and each.stale_since is None:
            new.append(each.row)
        elif not is_new and each.stale_since is not None and stale[each.credential] == each.stale_since:
            anew.append(each.row)
        # else somebody was faster
    bulk.insert(*new)
    SignedCredential.objects.bulk_update(anew, ["key", "document", "compact", "signed_at", "stale_since"])
    return len(new) + len(anew)


class Signer:
    """Signs a portion, within seconds; what credentials have in common is read once."""

    def __init__(self) -> None:
        self._keys: dict[UUID, tuple[Organisation, IssuerKey, SigningKey] | None] = {}
        self._endorsed: dict[tuple[UUID, UUID], list[Endorsement]] = {}
        self._prepared = Prepared()
        self._now = clock.now()

    def sign(self, credentials: Iterable[Credential]) -> list[_Signed]:
        """Those whose issuer has a key here."""
        able = [(each, found) for each in credentials if (found := self._key_of(each.template.programme))]
        issuers = [issuer for each, (issuer, _row, _key) in able if getattr(each, "signed", None) is None]
        places = {issuer: iter(_places(issuer, count)) for issuer, count in Counter(issuers).items()}
        return [self._sign(each, *found, places) for each, found in able]

    def _sign(
        self,
        credential: Credential,
        issuer: Organisation,
        row: IssuerKey,
        key: SigningKey,
        places: Mapping[Organisation, Iterator[tuple[StatusList, int]]],
    ) -> _Signed:
        before: SignedCredential | None = getattr(credential, "signed", None)
        since = before.stale_since if before else None
        if before is None:
            status_list, index = next(places[issuer])
            before = SignedCredential(id=new_id(), credential=credential, status_list=status_list, status_index=index)
        before.key, before.stale_since, before.signed_at = row, None, self._now
        stated = stating.stated(
            credential, issuer, before.status_list, before.status_index, self._endorsements(credential)
        )
        signed = proofs.sign(stated, key, at=self._now, digest=self._prepared.digest)
        before.document = stating.pack(signed)
        short = stating.in_short(credential, before.status_list, before.status_index)
        before.compact = compact.write(short, key.private)
        chosen: Disclosure | None = getattr(credential, "disclosure", None)
        return _Signed(credential.pk, credential.name, chosen.changed_at if chosen else None, since, before)

    def _key_of(self, programme: Programme) -> tuple[Organisation, IssuerKey, SigningKey] | None:
        if programme.pk not in self._keys:
            issuer = stating.issuer_of(programme)
            found = usable_key(issuer) if issuer else None
            self._keys[programme.pk] = (issuer, *found) if issuer and found else None
        return self._keys[programme.pk]

    def _endorsements(self, credential: Credential) -> list[Endorsement]:
        of = (credential.wording_id, credential.enrolment.edition_id)
        if of not in self._endorsed:
            found = Endorsement.objects.filter(wording=of[0], edition=of[1], key__distrusted_at=None)
            self._endorsed[of] = list(found.order_by("signed_at", "id")[:_MOST_ENDORSEMENTS])
        return self._endorsed[of]


def _places(issuer: Organisation, count: int) -> list[tuple[StatusList, int]]:
    """Free places, drawn by chance. Of two who draw the same at once the constraint refuses one, who tries again."""
    lists = StatusList.objects.filter(organisation=issuer).order_by("number")
    found = lists.last() or _next_list(issuer, 1)
    free: set[int] = set()
    for _draw in range(_DRAWS):
        drawn = {secrets.randbelow(ENTRIES) for _ in range(count - len(free))}
        taken = SignedCredential.objects.filter(status_list=found, status_index__in=drawn)
        free |= drawn - set(taken.values_list("status_index", flat=True))
        if len(free) == count:
            return _shuffled(found, free)
    return _shuffled(found, free) + _places_in_next(issuer, found.number + 1, count - len(free))


def _places_in_next(issuer: Organisation, number: int, count: int) -> list[tuple[StatusList, int]]:
    """In a list that is new, or that another has just opened."""
    found = _next_list(issuer, number)
    drawn: set[int] = set()
    while len(drawn) < count:
        drawn.add(secrets.randbelow(ENTRIES))
    return _shuffled(found, drawn)


def _shuffled(status_list: StatusList, indexes: set[int]) -> list[tuple[StatusList, int]]:
    """In an order that says nothing: a set keeps small numbers sorted."""
    order = list(indexes)
    secrets.SystemRandom().shuffle(order)
    return [(status_list, index) for index in order]


def _next_list(issuer: Organisation, number: int) -> StatusList:
    return StatusList.objects.get_or_create(organisation=issuer, number=number)[0]

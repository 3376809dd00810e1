"""Signing what was issued, once; and anew where what it says has changed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from trenza.apps.credentials import stating
from trenza.apps.credentials.keyring import signing_key
from trenza.apps.credentials.models import Credential, Endorsement, IssuerKey, SignedCredential, StatusList
from trenza.apps.credentials.openbadges import compact, proofs
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.apps.credentials.openbadges.status_lists import ENTRIES
from trenza.apps.programmes.api import Organisation, Programme
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action

PORTION: Final = 50
_DRAWS: Final = 8
"""Places that are drawn before a list counts as full: with half of it taken, one in 256 finds none in eight."""
_MOST_ENDORSEMENTS: Final = 8
_DUE: Final = Q(signed=None) | Q(signed__stale_since__isnull=False)


@dataclass(frozen=True)
class _Signed:
    """A signature that is not kept yet, and what it was made from."""

    credential: UUID
    name: str
    stale_since: datetime | None
    row: SignedCredential


def sign_credentials(credentials: Sequence[UUID]) -> int:
    """Sign those of these that are not signed, or that say something else by now; how many were.

    May be called any number of times, at once too: each has one place in a status list for good. What an organisation
    without a key issues is not signed, and waits (`sign_due`). Signing takes milliseconds each, so it is done before
    the transaction that keeps it.

    Raises:
        KeyNotReadable: the file of a key cannot be read.
    """
    rows = Credential.objects.filter(_DUE, pk__in=credentials).exclude(name="")
    rows = rows.select_related("wording", "person", "enrolment__edition", "template__programme", "signed__status_list")
    signer = _Signer()
    made = [each for row in rows.order_by("pk") if (each := signer.sign(row))]
    return _keep(signed=made) if made else 0


def sign_due() -> int:
    """Sign a portion of what waits: its issuer had no key when it was issued, or it says something else by now."""
    able = [each for each in Programme.objects.all() if (issuer := stating.issuer_of(each)) and signing_key(issuer)]
    waiting = Credential.objects.filter(_DUE, template__programme__in=able).exclude(name="")
    return sign_credentials(list(waiting.order_by("pk").values_list("pk", flat=True)[:PORTION]))


@action
def _keep(*, signed: Sequence[_Signed]) -> int:
    """Keep what still says what the credential says: a name that was corrected meanwhile waits for the next time."""
    held = Credential.objects.filter(pk__in=[each.credential for each in signed]).select_for_update(of=("self",))
    names = dict(held.order_by("pk").values_list("pk", "name"))
    found = SignedCredential.objects.filter(credential__in=names)
    stale = dict(found.values_list("credential", "stale_since"))
    kept = 0
    for each in signed:
        if names.get(each.credential) != each.name:
            continue
        is_new = each.credential not in stale
        if is_new and each.stale_since is None:
            each.row.save(force_insert=True)
        elif not is_new and each.stale_since is not None and stale[each.credential] == each.stale_since:
            each.row.save(update_fields=["key", "document", "compact", "signed_at", "stale_since"])
        else:
            continue  # somebody else was faster
        kept += 1
    return kept


class _Signer:
    """Signs a portion; what credentials have in common is read once."""

    def __init__(self) -> None:
        self._keys: dict[UUID, tuple[Organisation, IssuerKey, SigningKey] | None] = {}
        self._endorsed: dict[tuple[UUID, UUID], list[Endorsement]] = {}
        self._lists: dict[UUID, StatusList] = {}

    def sign(self, credential: Credential) -> _Signed | None:
        """None where the issuer has no key here."""
        found = self._key_of(credential.template.programme)
        if found is None:
            return None
        issuer, row, key = found
        before: SignedCredential | None = getattr(credential, "signed", None)
        since = before.stale_since if before else None
        if before is None:
            status_list, index = self._place(issuer)
            before = SignedCredential(id=new_id(), credential=credential, status_list=status_list, status_index=index)
        before.key, before.stale_since, before.signed_at = row, None, clock.now()
        stated = stating.stated(
            credential, issuer, before.status_list, before.status_index, self._endorsements(credential)
        )
        before.document = stating.pack(proofs.sign(stated, key, at=before.signed_at))
        short = stating.in_short(credential, before.status_list, before.status_index)
        before.compact = compact.write(short, key.private)
        return _Signed(credential.pk, credential.name, since, before)

    def _key_of(self, programme: Programme) -> tuple[Organisation, IssuerKey, SigningKey] | None:
        if programme.pk not in self._keys:
            issuer = stating.issuer_of(programme)
            found = signing_key(issuer) if issuer else None
            self._keys[programme.pk] = (issuer, *found) if issuer and found else None
        return self._keys[programme.pk]

    def _endorsements(self, credential: Credential) -> list[Endorsement]:
        of = (credential.wording_id, credential.enrolment.edition_id)
        if of not in self._endorsed:
            found = Endorsement.objects.filter(wording=of[0], edition=of[1], key__distrusted_at=None)
            self._endorsed[of] = list(found.order_by("signed_at", "id")[:_MOST_ENDORSEMENTS])
        return self._endorsed[of]

    def _place(self, issuer: Organisation) -> tuple[StatusList, int]:
        """A free place, drawn by chance. Of two who draw the same at once the constraint refuses one, who tries
        again."""
        lists = StatusList.objects.filter(organisation=issuer).order_by("number")
        found = self._lists.get(issuer.pk) or lists.last() or self._next_list(issuer, 1)
        for _draw in range(_DRAWS):
            index = secrets.randbelow(ENTRIES)
            if not SignedCredential.objects.filter(status_list=found, status_index=index).exists():
                self._lists[issuer.pk] = found
                return found, index
        self._lists[issuer.pk] = self._next_list(issuer, found.number + 1)
        return self._lists[issuer.pk], secrets.randbelow(ENTRIES)

    def _next_list(self, issuer: Organisation, number: int) -> StatusList:
        return StatusList.objects.get_or_create(organisation=issuer, number=number)[0]

"""Status lists as they are published: signed when they are asked for, and kept until what they say changes."""

import base64
import hashlib
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q

from trenza.apps.credentials import stating
from trenza.apps.credentials.keyring import did_of, profile_of, usable_key
from trenza.apps.credentials.models import IssuerKey, PublishedStatus, SignedCredential, StatusList
from trenza.apps.credentials.openbadges import documents, proofs
from trenza.apps.credentials.openbadges.compact import kid_of
from trenza.apps.credentials.openbadges.keys import read_public
from trenza.core import clock

FRESH: Final = timedelta(hours=12)
"""After so long a list is signed anew though it says the same, so that who keeps it sees that it is looked after."""
VALID: Final = timedelta(days=7)


def published_status(status_list: StatusList, purpose: str) -> bytes | None:
    """The signed list, as JSON in UTF-8; None where its issuer has no key that we can read and none was
    signed before.

    What was revoked a moment ago is in it: nothing is kept longer than what it says is true.
    """
    indexes = set(_of(status_list, purpose))
    digest = hashlib.sha256(repr(sorted(indexes)).encode()).hexdigest()
    held = PublishedStatus.objects.filter(list=status_list, purpose=purpose).first()
    now = clock.now()
    if held and held.digest == digest and now - held.signed_at < FRESH:
        return bytes(held.document)
    found = usable_key(status_list.organisation)
    if found is None:
        return bytes(held.document) if held else None
    stated = documents.status_list_credential(
        address=stating.status_address(status_list, purpose), issuer=profile_of(status_list.organisation),
        purpose=purpose, indexes=indexes, valid_from=now, valid_until=now + VALID,
    )  # fmt: skip
    document = stating.as_json(proofs.sign(stated, found[1], at=now))
    PublishedStatus.objects.update_or_create(
        list=status_list, purpose=purpose, defaults={"document": document, "digest": digest, "signed_at": now}
    )
    return document


def _of(status_list: StatusList, purpose: str) -> list[int]:
    """What was superseded is revoked to others: in Open Badges nothing but its issuer's list can say so."""
    taken_back = Q(credential__revoked_at__isnull=False) | Q(credential__superseded_at__isnull=False)
    so = taken_back if purpose == "revocation" else Q(credential__suspended_at__isnull=False)
    entries = SignedCredential.objects.filter(so, status_list=status_list)
    return list(entries.values_list("status_index", flat=True))


def known_to_phones() -> dict[str, Any]:
    """What a phone keeps to check certificates without a signal: the keys of ours, and where their lists are.

    It is public, and unsigned: it comes from where the code comes from that reads it.
    """
    keys = IssuerKey.objects.select_related("organisation__programme")
    lists = StatusList.objects.all()
    return {
        "v": 1,
        "at": clock.now().isoformat(),
        "keys": [_key(row) for row in keys],
        "lists": [
            {"id": str(row.pk)} | {each: f"/{stating.STATUS_PATH}/{row.pk}/{each}/" for each in stating.PURPOSES}
            for row in lists
        ],
    }


def _key(row: IssuerKey) -> dict[str, Any]:
    public = read_public(row.public)
    return {
        "kid": kid_of(public).hex(),
        "public": base64.urlsafe_b64encode(public.public_bytes_raw()).rstrip(b"=").decode(),
        "did": did_of(row.organisation),
        "organisation": row.organisation.name,
        "programme": row.organisation.programme.name,
        "trusted": row.distrusted_at is None,
    }

"""An organisation's keys: made, retired, and trusted no more. Done at the command line, where their files are."""

from django.db.models import Exists, OuterRef, Q

from trenza.apps.credentials import keyring
from trenza.apps.credentials.errors import KeyInUse, NoSuchKey
from trenza.apps.credentials.models import Endorsement, IssuerKey, PublishedStatus, SignedCredential
from trenza.apps.credentials.openbadges.keys import NoKey, read_public
from trenza.apps.programmes.api import Organisation
from trenza.core import clock
from trenza.core.journal import action


@action
def create_key(*, organisation: Organisation) -> IssuerKey:
    """A new key, with which it signs from now on; those before are retired, and what they signed stays true."""
    now = clock.now()
    name, public, private = keyring.new_pair()
    IssuerKey.objects.filter(organisation=organisation, retired_at=None).update(retired_at=now)
    row = IssuerKey.objects.create(organisation=organisation, name=name, public=public, created_at=now)
    # The file last: a row without one signs nothing, a file without a row would be nobody's.
    keyring.keep_private(organisation, name, private)
    return row


@action
def add_key(*, organisation: Organisation, public: str) -> IssuerKey:
    """Know the public half (a Multikey) of a key with which the organisation signs elsewhere. Nothing is signed with it
    here; those before that sign elsewhere too are retired.

    Raises:
        NoSuchKey: it is no Ed25519 key.
        KeyInUse: it is registered already.
    """
    try:
        read_public(public)
    except NoKey as error:
        raise NoSuchKey from error
    if IssuerKey.objects.filter(public=public).exists():
        raise KeyInUse
    now = clock.now()
    for each in IssuerKey.objects.filter(organisation=organisation, retired_at=None):
        if not keyring.path_of(organisation, each.name).is_file():
            IssuerKey.objects.filter(pk=each.pk).update(retired_at=now)
    name = keyring.name_of(public)
    return IssuerKey.objects.create(organisation=organisation, name=name, public=public, created_at=now)


@action
def distrust_key(*, key: IssuerKey) -> int:
    """Believe nothing that it signed, for it came into other hands: neither credentials, nor endorsements within them,
    nor status lists. How many credentials are to be signed anew."""
    now = clock.now()
    held = IssuerKey.objects.select_for_update().get(pk=key.pk)
    held.retired_at, held.distrusted_at = held.retired_at or now, held.distrusted_at or now
    held.save(update_fields=["retired_at", "distrusted_at"])
    PublishedStatus.objects.filter(list__organisation=held.organisation_id).delete()  # signed anew when asked for
    endorsed = Endorsement.objects.filter(
        key=held, wording=OuterRef("credential__wording"), edition=OuterRef("credential__enrolment__edition")
    )
    theirs = SignedCredential.objects.filter(Q(key=held) | Exists(endorsed)).exclude(document=b"")
    return SignedCredential.objects.filter(pk__in=theirs.values("pk")).update(stale_since=now)

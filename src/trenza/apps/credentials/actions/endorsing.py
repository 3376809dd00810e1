"""An organisation puts its name to what credentials of an edition say: once, with its own key."""

from typing import Any

from trenza.apps.credentials import keyring, stating
from trenza.apps.credentials.errors import NoKeyHere, NotAnEndorser, SignedAlready
from trenza.apps.credentials.models import Credential, CredentialTemplate, Endorsement, IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges import documents, proofs
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Organisation
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action


@action
def endorse(
    *, template: CredentialTemplate, edition: Edition, organisation: Organisation, by: Person | None
) -> Endorsement:
    """Sign, with the organisation's key here, that it stands behind the template's words in this edition.

    What was issued with these words is signed anew, with the endorsement, before long.

    Raises:
        NotAnEndorser: the credential does not name it among those who endorse.
        NoKeyHere: it has no key here.
        SignedAlready: it stands behind them already.
    """
    _ensure_named(template, organisation)
    found = keyring.signing_key(organisation)
    if found is None:
        raise NoKeyHere
    row, key = found
    _ensure_first(template, edition, organisation)
    now, pk = clock.now(), new_id()
    stated = documents.endorsement_credential(
        id=f"urn:uuid:{pk}", issuer=keyring.profile_of(organisation),
        achievement=stating.achievement_id(template.wording_id, edition.pk),
        comment=template.wording.title, valid_from=now,
    )  # fmt: skip
    return _keep(template, edition, row, {"id": pk, "document": proofs.sign(stated, key, at=now), "signed_by": by})


def _keep(template: CredentialTemplate, edition: Edition, key: IssuerKey, values: dict[str, Any]) -> Endorsement:
    now = clock.now()
    made = Endorsement.objects.create(wording_id=template.wording_id, edition=edition, key=key, signed_at=now, **values)
    theirs = Credential.objects.filter(wording=template.wording_id, enrolment__edition=edition)
    SignedCredential.objects.filter(credential__in=theirs.values("pk")).exclude(document=b"").update(stale_since=now)
    return made


def _ensure_named(template: CredentialTemplate, organisation: Organisation) -> None:
    if organisation.programme_id != template.programme_id or organisation.name not in template.wording.those_who(
        "endorser"
    ):
        raise NotAnEndorser


def _ensure_first(template: CredentialTemplate, edition: Edition, organisation: Organisation) -> None:
    held = Endorsement.objects.filter(wording=template.wording_id, edition=edition, key__organisation=organisation)
    if held.filter(key__distrusted_at=None).exists():
        raise SignedAlready

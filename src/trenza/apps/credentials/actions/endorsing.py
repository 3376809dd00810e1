"""An organisation puts its name to what credentials of an edition say: once, with its own key, here or elsewhere."""

from datetime import datetime, timedelta
from typing import Any, Final

from trenza.apps.credentials import keyring, rules, stating
from trenza.apps.credentials.differing import differences
from trenza.apps.credentials.errors import (
    NoKeyHere,
    NotAnEndorser,
    NotSignedByIt,
    NotTheDocument,
    SignedAlready,
)
from trenza.apps.credentials.events import EndorsementGiven, EndorsementRefused
from trenza.apps.credentials.models import (
    Credential,
    CredentialTemplate,
    Endorsement,
    EndorsementRefusal,
    IssuerKey,
    SignedCredential,
    Wording,
)
from trenza.apps.credentials.openbadges import proofs
from trenza.apps.credentials.openbadges.verifying import Known, Verdict, verify
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Organisation
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, record

LONGEST: Final = timedelta(days=90)
"""Between fetching the document and bringing it back signed."""


@action
def endorse(
    *,
    template: CredentialTemplate,
    edition: Edition,
    organisation: Organisation,
    by: Person | None,
    wording: Wording | None = None,
) -> Endorsement:
    """Sign, with the organisation's key here, that it stands behind the template's words in this edition, or behind
    those of another language. `by=None` is the command line.

    What was issued with these words is signed anew, with the endorsement, before long.

    Raises:
        NotAllowed: `by` does not endorse for this organisation.
        NotAnEndorser: the credential does not name it among those who endorse.
        NoKeyHere: it has no key here.
        KeyNotReadable: the file of its key cannot be read.
        SignedAlready: it stands behind them already.
    """
    words = wording or template.wording
    _ensure_asked(template, words, edition, organisation, by)
    found = keyring.signing_key(organisation)
    if found is None:
        raise NoKeyHere
    row, key = found
    now = clock.now()
    stated = stating.endorsement(words, edition, organisation, now)
    return _keep(words, edition, organisation, row, proofs.sign(stated, key, at=now), by, here=True)


@action
def accept_endorsement(
    *,
    template: CredentialTemplate,
    edition: Edition,
    organisation: Organisation,
    document: dict[str, Any],
    by: Person | None,
    wording: Wording | None = None,
) -> Endorsement:
    """Take in the document that was fetched here (`stating.endorsement`) and signed elsewhere, with a key of the
    organisation of which only the public half is known here.

    Raises:
        NotAllowed, NotAnEndorser, SignedAlready: as `endorse`.
        NotTheDocument: it says something else than what was asked for, or is of another time.
        NotSignedByIt: no key of the organisation that signs still has signed it.
    """
    words = wording or template.wording
    _ensure_asked(template, words, edition, organisation, by)
    now = clock.now()
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    at = _moment(unsigned.get("validFrom"))
    expected = stating.endorsement(words, edition, organisation, at or now)
    if found := differences(expected, unsigned):
        raise NotTheDocument(found)
    if at is None or not now - LONGEST <= at <= now:
        raise NotTheDocument(["validFrom"])
    signed_with = _key_of(document, organisation)
    if signed_with is None or verify(document, Known(keyring.public_key_of), now=now).verdict is not Verdict.VALID:
        raise NotSignedByIt
    return _keep(words, edition, organisation, signed_with, document, by, here=False)


@action
def refuse_endorsement(
    *,
    template: CredentialTemplate,
    edition: Edition,
    organisation: Organisation,
    reason: str,
    by: Person,
    wording: Wording | None = None,
) -> EndorsementRefusal:
    """Say that the organisation does not stand behind these words, and why; it may still endorse them later.

    Raises:
        NotAllowed, NotAnEndorser, SignedAlready: as `endorse`.
    """
    words = wording or template.wording
    _ensure_asked(template, words, edition, organisation, by)
    refusal, _made = EndorsementRefusal.objects.update_or_create(
        wording=words, edition=edition, organisation=organisation,
        defaults={"reason": reason, "refused_at": clock.now(), "refused_by": by},
    )  # fmt: skip
    record(
        EndorsementRefused(programme=edition.programme_id, wording=words.pk, organisation=organisation.pk),
        by=by.pk, about=None, edition=edition.pk,
    )  # fmt: skip
    return refusal


def _keep(
    wording: Wording,
    edition: Edition,
    organisation: Organisation,
    key: IssuerKey,
    document: dict[str, Any],
    by: Person | None,
    *,
    here: bool,
) -> Endorsement:
    now = clock.now()
    made = Endorsement.objects.create(
        id=new_id(), wording=wording, edition=edition, key=key, document=document, signed_at=now,
        signed_by=by if here else None,
    )  # fmt: skip
    refused = EndorsementRefusal.objects.filter(wording=wording, edition=edition, organisation=organisation)
    refused.delete()
    theirs = Credential.objects.filter(wording=wording, enrolment__edition=edition)
    SignedCredential.objects.filter(credential__in=theirs.values("pk")).exclude(document=b"").update(stale_since=now)
    record(
        EndorsementGiven(
            programme=edition.programme_id, wording=wording.pk, organisation=organisation.pk, here=here
        ),
        by=by.pk if by else None, about=None, edition=edition.pk,
    )  # fmt: skip
    return made


def _ensure_asked(
    template: CredentialTemplate, wording: Wording, edition: Edition, organisation: Organisation, by: Person | None
) -> None:
    if by is not None:
        rules.endorsing_organisations.require(by, organisation)
    ours = organisation.programme_id == template.programme_id == edition.programme_id
    ours = ours and wording.pk in {template.wording_id, *template.translations.values_list("pk", flat=True)}
    if not ours or organisation.name not in wording.those_who("endorser"):
        raise NotAnEndorser
    # Whoever endorses twice at once waits here: another key would pass the constraint.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    held = Endorsement.objects.filter(wording=wording, edition=edition, key__organisation=organisation)
    if held.filter(key__distrusted_at=None).exists():
        raise SignedAlready


def _moment(value: object) -> datetime | None:
    """As `proofs.moment` writes it; None where it is written otherwise."""
    try:
        read = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z") if isinstance(value, str) else None
    except ValueError:
        return None
    return read if read and proofs.moment(read) == value else None


def _key_of(document: dict[str, Any], organisation: Organisation) -> IssuerKey | None:
    """The key that its one proof names, if the organisation signs with it still."""
    found = proofs.proofs_of(document)
    if len(found) != 1 or document.get("proof") not in (found, found[0]):
        return None
    did, _, name = proofs.method_of(found[0]).partition("#")
    rows = IssuerKey.objects.filter(organisation=organisation, name=name, retired_at=None)
    return rows.first() if did == keyring.did_of(organisation) else None

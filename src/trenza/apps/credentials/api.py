"""The door of credentials."""

from trenza.apps.credentials.actions import (
    create_key,
    distrust_key,
    endorse,
    issue_credentials,
    issue_missing,
    reissue_credential,
    revoke_credential,
    sign_due,
)
from trenza.apps.credentials.certificate import missing_letters
from trenza.apps.credentials.checking import Checked, check_file, check_texts
from trenza.apps.credentials.codes import canonical, grouped, verification_url
from trenza.apps.credentials.errors import (
    AlreadyRevoked,
    HoldsNoMore,
    KeyNotReadable,
    NameNotPrintable,
    NoKeyHere,
    NotAnEndorser,
    NotCompleted,
    NothingToPrint,
    SignedAlready,
)
from trenza.apps.credentials.extracting import MOST_BYTES, NothingFound, Trouble
from trenza.apps.credentials.keyring import address_of, did_document, did_of, path_of, signing_key
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuerKey, StatusList, Wording
from trenza.apps.credentials.openbadges.keys import PublicKey
from trenza.apps.credentials.openbadges.presenting import read_presented
from trenza.apps.credentials.openbadges.reading import Unreadable, read_document
from trenza.apps.credentials.openbadges.tokens import Token
from trenza.apps.credentials.openbadges.trusting import keys_of
from trenza.apps.credentials.openbadges.verifying import (
    Findings,
    HeldList,
    Known,
    Presented,
    StatusKnown,
    Verdict,
    verify,
)
from trenza.apps.credentials.pdfs import pdf_of
from trenza.apps.credentials.publishing import known_to_phones, published_status
from trenza.apps.credentials.queries import (
    credentials_of,
    current_templates,
    find_credential,
    find_status_list,
    known_here,
    signed_document,
)
from trenza.apps.credentials.rules import readable_credentials, revocable_credentials
from trenza.apps.credentials.signatures import Signatures, signatures_of

__all__ = [
    "MOST_BYTES",
    "AlreadyRevoked",
    "Checked",
    "Credential",
    "CredentialTemplate",
    "Findings",
    "HeldList",
    "HoldsNoMore",
    "IssuerKey",
    "KeyNotReadable",
    "Known",
    "NameNotPrintable",
    "NoKeyHere",
    "NotAnEndorser",
    "NotCompleted",
    "NothingFound",
    "NothingToPrint",
    "Presented",
    "PublicKey",
    "Signatures",
    "SignedAlready",
    "StatusKnown",
    "StatusList",
    "Token",
    "Trouble",
    "Unreadable",
    "Verdict",
    "Wording",
    "address_of",
    "canonical",
    "check_file",
    "check_texts",
    "create_key",
    "credentials_of",
    "current_templates",
    "did_document",
    "did_of",
    "distrust_key",
    "endorse",
    "find_credential",
    "find_status_list",
    "grouped",
    "issue_credentials",
    "issue_missing",
    "keys_of",
    "known_here",
    "known_to_phones",
    "missing_letters",
    "path_of",
    "pdf_of",
    "published_status",
    "read_document",
    "read_presented",
    "readable_credentials",
    "reissue_credential",
    "revocable_credentials",
    "revoke_credential",
    "sign_due",
    "signatures_of",
    "signed_document",
    "signing_key",
    "verification_url",
    "verify",
]

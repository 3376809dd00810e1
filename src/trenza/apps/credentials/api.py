"""The door of credentials."""

from trenza.apps.credentials.actions import issue_credentials, issue_missing, revoke_credential
from trenza.apps.credentials.certificate import missing_letters
from trenza.apps.credentials.codes import canonical, grouped, verification_url
from trenza.apps.credentials.errors import AlreadyRevoked, NameNotPrintable, NotCompleted, NothingToPrint
from trenza.apps.credentials.models import Credential, CredentialTemplate, Wording
from trenza.apps.credentials.pdfs import pdf_of
from trenza.apps.credentials.queries import credentials_of, current_templates, find_credential
from trenza.apps.credentials.rules import readable_credentials, revocable_credentials

__all__ = [
    "AlreadyRevoked",
    "Credential",
    "CredentialTemplate",
    "NameNotPrintable",
    "NotCompleted",
    "NothingToPrint",
    "Wording",
    "canonical",
    "credentials_of",
    "current_templates",
    "find_credential",
    "grouped",
    "issue_credentials",
    "issue_missing",
    "missing_letters",
    "pdf_of",
    "readable_credentials",
    "revocable_credentials",
    "revoke_credential",
    "verification_url",
]

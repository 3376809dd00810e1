"""Which rows `trenza journal check` wants to see an entry for."""

from trenza.apps.credentials.events import CredentialIssued
from trenza.apps.credentials.models import Credential
from trenza.core.journal import witness


def register() -> None:
    """Each credential was issued by an entry."""
    witness(Credential, CredentialIssued, "credential")

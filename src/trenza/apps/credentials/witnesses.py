"""Which rows `trenza journal check` wants to see an entry for."""

from trenza.apps.credentials.events import CredentialIssued, CredentialReissued, ExternalAdded, IssuerTrusted
from trenza.apps.credentials.models import Credential, ExternalCredential, TrustedIssuer
from trenza.core.journal import witness


def register() -> None:
    """Each credential was issued by an entry, or anew; each certificate from elsewhere handed in,
    each issuer trusted by one."""
    witness(Credential, CredentialIssued, "credential", CredentialReissued)
    witness(ExternalCredential, ExternalAdded, "external")
    witness(TrustedIssuer, IssuerTrusted, "issuer")

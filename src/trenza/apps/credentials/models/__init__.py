from trenza.apps.credentials.models.credential import Credential
from trenza.apps.credentials.models.endorsement import Endorsement
from trenza.apps.credentials.models.issuer_key import IssuerKey
from trenza.apps.credentials.models.logo import Logo
from trenza.apps.credentials.models.signed_credential import SignedCredential
from trenza.apps.credentials.models.status_list import PublishedStatus, StatusList
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording

__all__ = [
    "Credential",
    "CredentialTemplate",
    "Endorsement",
    "IssuerKey",
    "Logo",
    "PublishedStatus",
    "SignedCredential",
    "StatusList",
    "Wording",
]

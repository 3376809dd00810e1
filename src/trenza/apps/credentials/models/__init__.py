from trenza.apps.credentials.models.credential import Credential
from trenza.apps.credentials.models.endorsement import Endorsement, EndorsementRefusal
from trenza.apps.credentials.models.issuer_key import IssuerKey
from trenza.apps.credentials.models.issuing_run import IssuingFailure, IssuingRun
from trenza.apps.credentials.models.signed_credential import SignedCredential
from trenza.apps.credentials.models.status_list import PublishedStatus, StatusList
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording

__all__ = [
    "Credential",
    "CredentialTemplate",
    "Endorsement",
    "EndorsementRefusal",
    "IssuerKey",
    "IssuingFailure",
    "IssuingRun",
    "PublishedStatus",
    "SignedCredential",
    "StatusList",
    "Wording",
]

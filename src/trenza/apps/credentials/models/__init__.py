from trenza.apps.credentials.models.credential import Credential
from trenza.apps.credentials.models.disclosure import Disclosure
from trenza.apps.credentials.models.endorsement import Endorsement, EndorsementRefusal
from trenza.apps.credentials.models.external import ExternalCredential, TrustedIssuer
from trenza.apps.credentials.models.gradebook import Gradebook, GradebookRow
from trenza.apps.credentials.models.issuer_key import IssuerKey
from trenza.apps.credentials.models.issuing_run import IssuingFailure, IssuingRun
from trenza.apps.credentials.models.logo import Logo
from trenza.apps.credentials.models.name_correction import NameCorrection
from trenza.apps.credentials.models.public_page import PublicPage
from trenza.apps.credentials.models.signed_credential import SignedCredential
from trenza.apps.credentials.models.status_list import PublishedStatus, StatusList
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording

__all__ = [
    "Credential",
    "CredentialTemplate",
    "Disclosure",
    "Endorsement",
    "EndorsementRefusal",
    "ExternalCredential",
    "Gradebook",
    "GradebookRow",
    "IssuerKey",
    "IssuingFailure",
    "IssuingRun",
    "Logo",
    "NameCorrection",
    "PublicPage",
    "PublishedStatus",
    "SignedCredential",
    "StatusList",
    "TrustedIssuer",
    "Wording",
]

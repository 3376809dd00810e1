from trenza.apps.credentials.models.credential import Credential
from trenza.apps.credentials.models.template import CredentialTemplate
from trenza.apps.credentials.models.wording import Wording

__all__ = ["Credential", "CredentialTemplate", "Wording"]

from trenza.apps.credentials.actions.endorsing import endorse
from trenza.apps.credentials.actions.issuing import issue_credentials, issue_missing
from trenza.apps.credentials.actions.keys import create_key, distrust_key
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.actions.revoking import revoke_credential
from trenza.apps.credentials.actions.signing import sign_credentials, sign_due

__all__ = [
    "create_key",
    "distrust_key",
    "endorse",
    "issue_credentials",
    "issue_missing",
    "reissue_credential",
    "revoke_credential",
    "sign_credentials",
    "sign_due",
]

from trenza.apps.credentials.actions.issuing import issue_credentials, issue_missing
from trenza.apps.credentials.actions.revoking import revoke_credential

__all__ = ["issue_credentials", "issue_missing", "revoke_credential"]

from trenza.apps.credentials.actions.endorsing import accept_endorsement, endorse, refuse_endorsement
from trenza.apps.credentials.actions.issuing import issue_credentials, issue_missing
from trenza.apps.credentials.actions.keys import add_key, create_key, distrust_key
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.actions.revoking import revoke_credential
from trenza.apps.credentials.actions.running import issue_portion, resume_issuing, start_issuing, stop_issuing
from trenza.apps.credentials.actions.signing import sign_credentials, sign_due
from trenza.apps.credentials.actions.suspending import lift_suspension, suspend_credential

__all__ = [
    "accept_endorsement",
    "add_key",
    "create_key",
    "distrust_key",
    "endorse",
    "issue_credentials",
    "issue_missing",
    "issue_portion",
    "lift_suspension",
    "refuse_endorsement",
    "reissue_credential",
    "resume_issuing",
    "revoke_credential",
    "sign_credentials",
    "sign_due",
    "start_issuing",
    "stop_issuing",
    "suspend_credential",
]

from trenza.apps.credentials.actions.correcting import MOST_BY_HERSELF, correct_name, corrections_left
from trenza.apps.credentials.actions.disclosing import (
    ADDRESS,
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    MOST_EVIDENCE,
    close_public_page,
    disclose,
    open_public_page,
)
from trenza.apps.credentials.actions.endorsing import endorse
from trenza.apps.credentials.actions.issuing import (
    issue_credentials,
    issue_for_module,
    issue_for_workshop,
    issue_missing,
)
from trenza.apps.credentials.actions.keys import create_key, distrust_key
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.actions.revoking import revoke_credential
from trenza.apps.credentials.actions.signing import sign_credentials, sign_due

__all__ = [
    "ADDRESS",
    "LONGEST_ADDRESS",
    "LONGEST_LABEL",
    "MOST_BY_HERSELF",
    "MOST_EVIDENCE",
    "close_public_page",
    "correct_name",
    "corrections_left",
    "create_key",
    "disclose",
    "distrust_key",
    "endorse",
    "issue_credentials",
    "issue_for_module",
    "issue_for_workshop",
    "issue_missing",
    "open_public_page",
    "reissue_credential",
    "revoke_credential",
    "sign_credentials",
    "sign_due",
]

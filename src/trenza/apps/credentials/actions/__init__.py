from trenza.apps.credentials.actions.correcting import MOST_BY_HERSELF, correct_name, corrections_left, keeps_her_name
from trenza.apps.credentials.actions.disclosing import (
    ADDRESS,
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    MOST_EVIDENCE,
    close_public_page,
    disclose,
    open_public_page,
)
from trenza.apps.credentials.actions.endorsing import accept_endorsement, endorse, refuse_endorsement
from trenza.apps.credentials.actions.external import (
    add_external,
    confirm_external,
    forget_external_files,
    refuse_external,
)
from trenza.apps.credentials.actions.gradebooks import (
    NewGrade,
    NewGradebook,
    apply_portion,
    confirm_gradebook,
    discard_gradebook,
    dismiss_grade_row,
    forget_old_gradebooks,
    keep_gradebook,
    link_grade_row,
)
from trenza.apps.credentials.actions.issuers import end_trust, trust_issuer
from trenza.apps.credentials.actions.issuing import (
    issue_credentials,
    issue_for_module,
    issue_for_workshop,
    issue_missing,
)
from trenza.apps.credentials.actions.keys import add_key, create_key, distrust_key
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.actions.revoking import revoke_credential
from trenza.apps.credentials.actions.running import issue_portion, resume_issuing, start_issuing, stop_issuing
from trenza.apps.credentials.actions.signing import Signer, sign_credentials, sign_due
from trenza.apps.credentials.actions.suspending import lift_suspension, suspend_credential

__all__ = [
    "ADDRESS",
    "LONGEST_ADDRESS",
    "LONGEST_LABEL",
    "MOST_BY_HERSELF",
    "MOST_EVIDENCE",
    "NewGrade",
    "NewGradebook",
    "Signer",
    "accept_endorsement",
    "add_external",
    "add_key",
    "apply_portion",
    "close_public_page",
    "confirm_external",
    "confirm_gradebook",
    "correct_name",
    "corrections_left",
    "create_key",
    "discard_gradebook",
    "disclose",
    "dismiss_grade_row",
    "distrust_key",
    "end_trust",
    "endorse",
    "forget_external_files",
    "forget_old_gradebooks",
    "issue_credentials",
    "issue_for_module",
    "issue_for_workshop",
    "issue_missing",
    "issue_portion",
    "keep_gradebook",
    "keeps_her_name",
    "lift_suspension",
    "link_grade_row",
    "open_public_page",
    "refuse_endorsement",
    "refuse_external",
    "reissue_credential",
    "resume_issuing",
    "revoke_credential",
    "sign_credentials",
    "sign_due",
    "start_issuing",
    "stop_issuing",
    "suspend_credential",
    "trust_issuer",
]

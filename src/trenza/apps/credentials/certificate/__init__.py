"""The page that she keeps: pure code from words to a PDF. It knows no model and no request.

`render` is not imported here: it loads typst and zxing-cpp (20 MB), which only the process that sets a page needs.
"""

from trenza.apps.credentials.certificate.data import BadgeData, CertificateData, Labels, Organisation, Role, Signer
from trenza.apps.credentials.certificate.letters import missing_letters, normalise

__all__ = [
    "BadgeData",
    "CertificateData",
    "Labels",
    "Organisation",
    "Role",
    "Signer",
    "missing_letters",
    "normalise",
]

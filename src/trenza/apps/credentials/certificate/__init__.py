"""The page that she keeps: pure code from words to a PDF. It knows no model and no request."""

from trenza.apps.credentials.certificate.data import CertificateData, Labels, Organisation, Role
from trenza.apps.credentials.certificate.letters import missing_letters, normalise
from trenza.apps.credentials.certificate.render import LettersMissing, render_certificate, render_preview

__all__ = [
    "CertificateData",
    "Labels",
    "LettersMissing",
    "Organisation",
    "Role",
    "missing_letters",
    "normalise",
    "render_certificate",
    "render_preview",
]

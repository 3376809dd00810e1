"""Names of people as they are typed: one place that says what a name may be."""

import re
import unicodedata

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if apps.is_installed("trenza.apps.credentials"):
    from trenza.apps.credentials.api import missing_letters
else:
    # A hub prints no certificates and has no fonts: there, Latin letters pass, and the cell looks again.
    def missing_letters(text: str) -> str:
        """The letters that are not Latin."""
        return "".join(dict.fromkeys(letter for letter in text if letter.isalpha() and not _latin(letter)))


_SPACES = re.compile(r"\s+")
# What names in Spanish, Quechua, Aymara, Guaraní and the Mayan languages hold beside letters.
_SIGNS = frozenset(" '’ʼ-.·")


def tidy_name(text: str) -> str:
    """Composed letters (NFC), single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def validate_name(text: str) -> None:
    """Refuse what a certificate could not print: it is said here, in the form, and never found out at the printing.

    Raises:
        ValidationError: it names the letters.
    """
    name = tidy_name(text)
    missing = missing_letters(name)
    strange = "".join(dict.fromkeys(each for each in name if each in missing or not _may_be_in_a_name(each)))
    if strange:
        raise ValidationError(
            _("We cannot print this on a certificate: %(letters)s. Write your name with letters only."),
            "letters",
            {"letters": " ".join(strange)},
        )
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Write your name with letters."), "letters")


def _may_be_in_a_name(letter: str) -> bool:
    return letter in _SIGNS or unicodedata.category(letter)[0] in "LM"


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")

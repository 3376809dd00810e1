"""The text that she agrees to when she applies or signs up: its words are templates/public/consent_text.html.

Other words are another version: raise the number and the date, so that it stays known who agreed to what.
"""

from datetime import date
from typing import Final

from trenza.apps.admissions.api import ConsentText
from trenza.apps.people.api import Consent, Person

CONSENT: Final = ConsentText(code="data-use", version=1)
CONSENT_DATE: Final = date(2026, 11, 22)

# What a guardian agrees to: templates/public/guardian_text.html, with the same rule.
GUARDIAN_CONSENT: Final = ConsentText(code="guardian", version=1)
GUARDIAN_CONSENT_DATE: Final = date(2026, 11, 22)


def has_agreed(person: Person | None) -> bool:
    """Whether her consent to this very version stands."""
    return (
        person is not None
        and Consent.objects.filter(
            person=person, text=CONSENT.code, version=CONSENT.version, withdrawn_at=None
        ).exists()
    )

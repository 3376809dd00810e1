"""Correcting her name: what holds is issued anew with it, and her next certificates bear it too."""

from datetime import timedelta
from typing import Final

from trenza.apps.credentials import rules
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.certificate import missing_letters, normalise
from trenza.apps.credentials.errors import NameNotPrintable, NothingToCorrect, TooManyCorrections
from trenza.apps.credentials.models import Credential, NameCorrection
from trenza.apps.people.api import Person, set_certificate_name
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action

MOST_BY_HERSELF: Final = 3
WITHIN: Final = timedelta(days=365)


@action
def correct_name(*, person: Person, name: str, by: Person) -> list[Credential]:
    """Issue anew what holds and bears another name, hers or, of the team, what lies in its scope; the new ones.

    Raises:
        NotAllowed: `by` is neither she nor of the team in whose scope a credential of hers lies.
        NameNotPrintable: a letter of it is in no font.
        NothingToCorrect: all that holds bears this name already, or the name is empty.
        TooManyCorrections: she did so three times within a year.
    """
    named = normalise(" ".join(name.split()))
    if letters := missing_letters(named):
        raise NameNotPrintable(letters)
    held = rules.correctable_credentials.which(by).filter(person=person, revoked_at=None, superseded_at=None)
    # Two corrections at once take turns.
    standing = list(held.exclude(name="").select_for_update(of=("self",)).order_by("pk"))
    if not standing and by.pk != person.pk:
        raise NotAllowed
    wrong = [each for each in standing if each.name != named]
    if not wrong or not named:
        raise NothingToCorrect
    if by.pk == person.pk and corrections_left(person) <= 0:
        raise TooManyCorrections
    NameCorrection.objects.create(person=person, by=by, at=clock.now())
    set_certificate_name(person=person, name=named, by=by)
    return [
        reissue_credential(credential=each, reason=Credential.ReissueReason.NAME, by=by, name=named) for each in wrong
    ]


def corrections_left(person: Person) -> int:
    """How often she may still correct her name by herself in these twelve months."""
    done = NameCorrection.objects.filter(person=person, by=person, at__gt=clock.now() - WITHIN)
    return max(MOST_BY_HERSELF - done.count(), 0)

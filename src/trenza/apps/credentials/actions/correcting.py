"""Correcting her name: what holds is issued anew with it, and her next certificates bear it too."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from trenza.apps.credentials import rules
from trenza.apps.credentials.actions.reissuing import reissue_credential
from trenza.apps.credentials.certificate import missing_letters, normalise
from trenza.apps.credentials.errors import NameNotPrintable, NameOfAnother, NothingToCorrect, TooManyCorrections
from trenza.apps.credentials.models import Credential, NameCorrection
from trenza.apps.credentials.names import is_correction
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
        NameOfAnother: she writes it herself, and it keeps none of her names.
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
    if by.pk == person.pk:
        if corrections_left(person) <= 0:
            raise TooManyCorrections
        if not keeps_her_name(wrong, named):
            raise NameOfAnother
    NameCorrection.objects.create(person=person, by=by, at=clock.now())
    set_certificate_name(person=person, name=named, by=by)
    return [
        reissue_credential(credential=each, reason=Credential.ReissueReason.NAME, by=by, name=named) for each in wrong
    ]


def keeps_her_name(credentials: Iterable[Credential], name: str) -> bool:
    """Whether `name` corrects what each of these, all hers, bears, and what it bore at first: several small corrections
    do not make another person of her."""
    return all(
        is_correction(each.name, name) for credential in credentials for each in (credential, _first(credential))
    )


def corrections_left(person: Person) -> int:
    """How often she may still correct her name by herself in these twelve months."""
    done = NameCorrection.objects.filter(person=person, by=person, at__gt=clock.now() - WITHIN)
    return max(MOST_BY_HERSELF - done.count(), 0)


def _first(credential: Credential) -> Credential:
    """The oldest in its line whose name she had not written herself: as it was issued, or as the team corrected it."""
    line = [credential]
    while line[-1].supersedes is not None and line[-1].supersedes.name:
        line.append(line[-1].supersedes)
    by_team = NameCorrection.objects.filter(person=credential.person_id).exclude(by=credential.person_id).last()
    if by_team is None:
        return line[-1]
    since = [each for each in line if each.supersedes and (each.supersedes.superseded_at or by_team.at) >= by_team.at]
    return (since or line)[-1]

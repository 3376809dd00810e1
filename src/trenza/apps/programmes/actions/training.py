"""Who teaches is trained: the team enrols her, for no call leads into a trainers' track."""

from trenza.apps.people.api import Person, account_for, read_person, readable_grants, register_person
from trenza.apps.programmes import rules
from trenza.apps.programmes.actions.enrolment import enrol
from trenza.apps.programmes.errors import NotInTeam, NotOffered
from trenza.apps.programmes.models import Edition, Enrolment, Region, Track
from trenza.core.errors import NotAllowed
from trenza.core.journal import action


@action
def enrol_trainer(
    *,
    email: str,
    given_name: str,
    family_name: str,
    edition: Edition,
    track: Track,
    region: Region | None = None,
    by: Person | None,
) -> Enrolment:
    """Enrol whoever signs in with this address in a trainers' track; if nobody does yet, she is registered under this
    name. She teaches already or will: a role is given apart. `by=None` is the command line.

    Raises:
        NotAllowed: `by` gives no trainer her role in this edition, nor in this region; or it is herself.
        NotOffered: the track trains nobody, or the edition does not run it, or not in this region.
        AlreadyEnrolled: she has it; nothing was changed.
        NotInTeam: she has an account, and `by` neither sees her nor finds her in the team; give her a role first.
        EmailTaken: the account with this address is closed.
    """
    if not Track.objects.of_trainers().filter(pk=track.pk).exists():
        raise NotOffered
    if by is not None and not rules.may_train(by, edition, region):
        raise NotAllowed
    account = account_for(email)
    person = account.person if account else None
    if person is None:
        person = register_person(given_name=given_name, family_name=family_name, email=email, by=by)
    elif by is not None:
        _ensure_known(person, by)
    return enrol(person=person, edition=edition, track=track, region=region, by=by)


def _ensure_known(person: Person, by: Person) -> None:
    """An enrolment makes her visible to who coordinates it, so it is given to nobody by her address alone."""
    if person.pk == by.pk:
        raise NotAllowed
    in_team = readable_grants.which(by).filter(person=person, withdrawn_at=None).exists()
    if not in_team and not read_person.allows(by, person):
        raise NotInTeam

"""A minor names an adult who looks after her; that adult agrees or not; the team checks it."""

from datetime import date, timedelta
from typing import Final

from trenza.apps.people import rules
from trenza.apps.people.actions.attempts import count_guardian_link
from trenza.apps.people.actions.person import require_herself
from trenza.apps.people.ages import birthday
from trenza.apps.people.errors import (
    AlreadyGuarded,
    LinkNotValid,
    NoContact,
    NotNow,
    OwnContact,
    TooManyLinks,
)
from trenza.apps.people.events import (
    GuardianAgreed,
    GuardianAsked,
    GuardianChecked,
    GuardianRefused,
    GuardianReplaced,
    GuardianWithdrawn,
)
from trenza.apps.people.guardian_links import open_link
from trenza.apps.people.models import Account, Guardianship, GuardianshipStep, Person
from trenza.apps.people.models.account import normal_email
from trenza.core import clock, reference
from trenza.core.journal import Decision, action, record

State = Guardianship.State
Relation = Guardianship.Relation
Check = GuardianshipStep.Check

HOLDS_DAYS: Final = 365
"""How long a checked guardianship counts before somebody looks again, unless she comes of age earlier."""

_STANDING: Final = (State.ASKED, State.AGREED, State.CHECKED)


@action
def name_guardian(
    *, person: Person, name: str, relation: str, email: str = "", phone: str = "", by: Person | None
) -> Guardianship:
    """She says which adult looks after her; whom she named before and who was not checked yet is replaced.

    The same adult once more changes nothing. Nothing is sent: `new_guardian_link` and then `mail_link` do that.

    Raises:
        AlreadyGuarded: a checked guardian stands; the team withdraws that one first.
        NoContact: neither an e-mail address nor a phone number was given.
        OwnContact: the address is her own: nobody agrees for herself.
        NotAllowed: `by` is somebody else.
    """
    require_herself(person, by)
    relation = Relation(relation).value
    address = normal_email(email)
    if not address and not phone.strip():
        raise NoContact
    if address and Account.objects.filter(person=person, email=address).exists():
        raise OwnContact
    Person.objects.select_for_update().get(pk=person.pk)  # two clicks at once come one after the other
    before = Guardianship.objects.select_for_update().filter(person=person, state__in=_STANDING).first()
    if before and before.counts_on(clock.now().date()):
        raise AlreadyGuarded
    wanted = Guardianship(
        person=person, name=" ".join(name.split()), relation=relation, email=address, phone=phone.strip()
    )
    if before and before.state != State.CHECKED and _same(before, wanted):
        return before
    if before:
        _end(before, State.REPLACED, GuardianReplaced(guardianship=before.pk), by=by)
    wanted.save(force_insert=True)
    _step(wanted, State.ASKED, GuardianAsked(guardianship=wanted.pk, relation=relation), by=by)
    return wanted


@action
def new_guardian_link(*, guardianship: Guardianship, by: Person | None) -> Guardianship:
    """Count another link; those sent before stop working.

    Raises:
        NotNow: she has answered already, or nobody knows an address of hers.
        TooManyLinks: too many were sent for this minor today.
        NotAllowed: `by` is neither the minor nor somebody who may check it.
    """
    held = _held(guardianship, {State.ASKED})
    if by is not None and by.pk != held.person_id:
        rules.checkable_guardianships.require(by, held)
    if not held.email:
        raise NotNow(held.state)
    if not count_guardian_link(person=str(held.person_id)):
        raise TooManyLinks
    held.links += 1
    held.save(update_fields=["links"])
    return held


@action
def answer_as_guardian(*, token: str, agrees: bool, version: int) -> Guardianship:
    """The guardian answers by the link that she got. It works once. `version` is that of the text that she read.

    Raises:
        LinkNotValid: it is not one of ours, too old, not the newest, or was used.
    """
    found = open_link(token)
    if found is None:
        raise LinkNotValid
    held = Guardianship.objects.select_for_update().get(pk=found.pk)
    if held.state != State.ASKED or held.links != found.links:
        raise LinkNotValid
    if agrees:
        _step(held, State.AGREED, GuardianAgreed(guardianship=held.pk, version=version), by=None)
    else:
        _end(held, State.REFUSED, GuardianRefused(guardianship=held.pk), by=None)
    return held


@action
def check_guardian(*, guardianship: Guardianship, how: str, by: Person | None) -> Guardianship:
    """Somebody of the team has spoken with the guardian, or seen her signature, and says how.

    It counts for HOLDS_DAYS, or until the minor comes of age in her country if that is earlier. Checking again makes
    it count anew. Where she has not answered by the link, seeing her is her answer too.

    Raises:
        NotNow: it was refused, withdrawn or replaced.
        NotAllowed: `by` may not check guardians there, or is the minor.
    """
    how = Check(how).value
    held = _checkable(guardianship, by)
    held.expires_on = _expiry(held.person, clock.now().date())
    held.save(update_fields=["expires_on"])
    event = GuardianChecked(guardianship=held.pk, how=how, expires_on=held.expires_on)
    _step(held, State.CHECKED, event, by=by, how=how)
    return held


@action
def refuse_guardian(*, guardianship: Guardianship, by: Person | None) -> Guardianship:
    """The guardian said no to the team, or is not who she should be. The minor may name somebody else.

    Raises:
        NotNow: it was checked or has ended already.
        NotAllowed: `by` may not check guardians there, or is the minor.
    """
    held = _checkable(guardianship, by)
    if held.state == State.CHECKED:
        raise NotNow(held.state)
    _end(held, State.REFUSED, GuardianRefused(guardianship=held.pk), by=by)
    return held


@action
def withdraw_guardian(*, guardianship: Guardianship, by: Person | None) -> Guardianship:
    """The guardian takes her yes back, or no longer looks after her. What the minor did stays hers.

    Raises:
        NotNow: it was not checked, or has ended already.
        NotAllowed: `by` may not check guardians there, or is the minor.
    """
    held = _checkable(guardianship, by)
    if held.state != State.CHECKED:
        raise NotNow(held.state)
    _end(held, State.WITHDRAWN, GuardianWithdrawn(guardianship=held.pk), by=by)
    return held


def _same(before: Guardianship, wanted: Guardianship) -> bool:
    return all(getattr(before, field) == getattr(wanted, field) for field in ("name", "relation", "email", "phone"))


def _expiry(person: Person, today: date) -> date:
    """Who needs a guardian although her country's law takes her for grown up (a programme may ask more) has a year."""
    in_a_year = today + timedelta(days=HOLDS_DAYS)
    if person.birth_date is None:
        return in_a_year
    of_age = birthday(person.birth_date, reference.adult_age(person.country))
    return min(in_a_year, of_age) if of_age > today else in_a_year


def _checkable(guardianship: Guardianship, by: Person | None) -> Guardianship:
    if by is not None:
        rules.checkable_guardianships.require(by, guardianship)
    return _held(guardianship, set(_STANDING))


def _held(guardianship: Guardianship, states: set[State]) -> Guardianship:
    held = Guardianship.objects.select_for_update(of=("self",)).select_related("person").get(pk=guardianship.pk)
    if held.state not in states:
        raise NotNow(held.state)
    return held


def _step(held: Guardianship, state: State, event: Decision, *, by: Person | None, how: str = "") -> None:
    held.state = state
    held.save(update_fields=["state"])
    GuardianshipStep.objects.create(guardianship=held, state=state, check_made=how, at=clock.now(), by=by)
    record(event, by=by.pk if by else None, about=held.person_id)


def _end(held: Guardianship, state: State, event: Decision, *, by: Person | None) -> None:
    """It no longer stands: her address and number are forgotten at once."""
    held.email = held.phone = ""
    held.state = state
    held.save(update_fields=["email", "phone", "state"])
    _step(held, state, event, by=by)

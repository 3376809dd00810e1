"""She agrees to a text, and may withdraw."""

from trenza.apps.people.actions.person import require_herself
from trenza.apps.people.errors import NoConsent
from trenza.apps.people.events import ConsentGiven, ConsentWithdrawn
from trenza.apps.people.models import Consent, Person
from trenza.core import clock
from trenza.core.bulk import put
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

ALOUD = "-aloud"
_STANDS_ONCE = ("person_id", "text", "version")


@action
def give_consent(*, person: Person, text: str, version: int, by: Person | None) -> Consent:
    """Agree to a version of a text. If she has agreed to it already, that consent stands.

    Raises:
        NotAllowed: `by` is somebody else; nobody agrees for her (a minor's guardian agrees
            by her guardianship).
    """
    require_herself(person, by)
    consent = Consent(person=person, text=text, version=version, given_at=clock.now(), given_by=by)
    if not put(consent, key=_STANDS_ONCE, where="withdrawn_at IS NULL", replace=False):
        return Consent.objects.get(person=person, text=text, version=version, withdrawn_at=None)
    record(ConsentGiven(consent=consent.id, document=text, version=version), by=by.id if by else None, about=person.id)
    return consent


@action
def take_down_consent(*, person: Person, text: str, version: int, by: Person) -> Consent:
    """She said yes to a text that `by` read to her, or signed it on paper: kept as what it is, under the text's code
    with `-aloud`. When she first comes in herself she is asked again. May be repeated.

    The caller has made sure that `by` may take her down.

    Raises:
        NotAllowed: `by` is herself: then it is `give_consent`.
    """
    if by.pk == person.pk:
        raise NotAllowed
    values = {"given_at": clock.now(), "given_by": by}
    consent, is_new = Consent.objects.get_or_create(
        person=person, text=f"{text}{ALOUD}", version=version, withdrawn_at=None, defaults=values
    )
    if is_new:
        given = ConsentGiven(consent=consent.id, document=consent.text, version=version)
        record(given, by=by.id, about=person.id)
    return consent


@action
def withdraw_consent(*, person: Person, text: str, by: Person | None) -> list[Consent]:
    """Withdraw her consent to a text, in every version.

    Raises:
        NoConsent: none stands.
        NotAllowed: `by` is somebody else.
    """
    require_herself(person, by)
    standing = list(Consent.objects.filter(person=person, text=text, withdrawn_at=None).order_by("version"))
    if not standing:
        raise NoConsent
    for consent in standing:
        consent.withdrawn_at, consent.withdrawn_by = clock.now(), by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(
            ConsentWithdrawn(consent=consent.id, document=text, version=consent.version),
            by=by.id if by else None,
            about=person.id,
        )
    return standing

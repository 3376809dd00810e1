"""Register a person, and keep what she says of herself up to date."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trenza.apps.people.errors import EmailTaken, IdTaken
from trenza.apps.people.events import PersonRegistered, PersonUpdated
from trenza.apps.people.models import Account, Person
from trenza.apps.people.models.account import normal_email
from trenza.core import clock
from trenza.core.bulk import insert
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_id
from trenza.core.journal import action, record


@action
def register_person(
    *,
    given_name: str,
    family_name: str,
    email: str = "",
    phone: str = "",
    birth_date: date | None = None,
    sex: str = "",
    country: str = "",
    language: str = "es",
    synthetic: bool = False,
    id: UUID | None = None,
    by: Person | None = None,
) -> Person:
    """Register a person; with an address or a phone number she also gets an account.

    `phone` is E.164, `country` ISO 3166-1 alpha-2, `language` BCP 47. `id` is the one that she goes by already, where a
    phone gave her one before anybody registered her.

    Raises:
        EmailTaken: another account has the address.
        IdTaken: somebody else has the id.
    """
    address = normal_email(email)
    now = clock.now()
    if id is not None and Person.objects.filter(pk=id).exists():
        raise IdTaken
    person = Person(
        id=id or new_id(),
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        birth_date=birth_date,
        sex=sex,
        country=country,
        language=language,
        synthetic=synthetic,
        registered_at=now,
    )
    insert(person)
    if address or phone:
        try:
            with transaction.atomic():
                insert(Account(person=person, email=address or None, phone=phone, created_at=now))
        except IntegrityError:
            if Account.objects.filter(email=address).exists():
                raise EmailTaken from None  # the database's own message holds the address
            raise
    record(PersonRegistered(person=person.id, synthetic=synthetic), by=by.id if by else None, about=person.id)
    return person


@action
def update_person(
    *,
    person: Person,
    by: Person | None,
    given_name: str | None = None,
    family_name: str | None = None,
    certificate_name: str | None = None,
    birth_date: date | None = None,
    sex: str | None = None,
    country: str | None = None,
    language: str | None = None,
) -> bool:
    """Change what is given (None leaves it); False when all was so already.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    require_herself(person, by)
    wanted = {
        "given_name": given_name,
        "family_name": family_name,
        "certificate_name": certificate_name,
        "birth_date": birth_date,
        "sex": sex,
        "country": country,
        "language": language,
    }
    changed = [name for name, value in wanted.items() if value is not None and getattr(person, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(person, name, wanted[name])
    person.save(update_fields=changed)
    record(PersonUpdated(person=person.id, fields=changed), by=by.id if by else None, about=person.id)
    return True


@action
def set_certificate_name(*, person: Person, name: str, by: Person) -> bool:
    """What her certificates say; False when it was so already. Whoever calls it has asked the rule of certificates:
    she, or the team that issues them."""
    if person.name_on_certificate == name:
        return False
    person.certificate_name = name
    person.save(update_fields=["certificate_name"])
    record(PersonUpdated(person=person.id, fields=["certificate_name"]), by=by.id, about=person.id)
    return True


def require_herself(person: Person, by: Person | None) -> None:
    if by is not None and by.pk != person.pk:
        raise NotAllowed

"""What others ask about people."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people import rules
from trenza.apps.people.ages import years_before
from trenza.apps.people.models import Account, Consent, Guardianship, Person, RoleGrant
from trenza.apps.people.models.account import normal_email
from trenza.core import clock, reference

FORGOTTEN_AFTER: Final = 90
"""Days for which a guardianship that has ended by itself is still shown to the team."""


RESTS_AFTER: Final = timedelta(days=183)
MOST_ON_A_NUMBER: Final = 100
"""A centre may have lent its number to all who learn there."""


def account_for(email: str) -> Account | None:
    """The account that may sign in with this address, in any spelling."""
    return Account.objects.select_related("person").filter(email=normal_email(email), is_active=True).first()


def accounts_with_phone(phone: str) -> list[Account]:
    """The accounts that may sign in with this number (E.164), one for each person: sisters may share it. In a fixed
    order."""
    if not phone:
        return []
    accounts = Account.objects.select_related("person").filter(phone=phone, is_active=True)
    found = accounts.order_by("person__given_name", "created_at", "id")[:MOST_ON_A_NUMBER]
    # Who was merged has several.
    return list({account.person_id: account for account in reversed(found)}.values())[::-1]


def was_used_lately(account: Account) -> bool:
    """Whether somebody signed in with it, or it was made, in the last six months. Numbers that rest are given away."""
    return (account.last_login or account.created_at) > clock.now() - RESTS_AFTER


def account_of(person: Person) -> Account | None:
    """The first of her accounts that may sign in."""
    return Account.objects.filter(person=person, is_active=True).order_by("created_at", "id").first()


def phones_of(persons: Collection[UUID]) -> dict[UUID, list[str]]:
    """The numbers (E.164) of each of these persons, each once, the first account's first. One query. It asks nobody's
    leave: whoever shows them has asked whether she may."""
    accounts = Account.objects.filter(person__in=persons, is_active=True).exclude(phone="").order_by("created_at", "id")
    found: dict[UUID, list[str]] = {}
    for person, phone in accounts.values_list("person", "phone"):
        if phone not in found.setdefault(person, []):
            found[person].append(phone)
    return found


def emails_of(persons: Collection[UUID]) -> dict[UUID, str]:
    """The e-mail address of each of these persons who has one. One query; it asks nobody's leave, as `phones_of`."""
    accounts = Account.objects.filter(person__in=persons, is_active=True, email__isnull=False)
    return {person: str(email) for person, email in accounts.order_by("-created_at").values_list("person", "email")}


def was_asked(person: Person, text: str) -> bool:
    """Whether she has ever agreed to a version of this text, also if she took it back: she knows of it."""
    return Consent.objects.filter(person=person, text=text).exists()


def has_guardian(person: UUID, on: date) -> bool:
    """Whether a guardian whom the team has checked agrees for her on this day."""
    return Guardianship.objects.filter(person=person, state=Guardianship.State.CHECKED, expires_on__gt=on).exists()


def guardianship_of(person: Person) -> Guardianship | None:
    """Her newest guardianship, in whatever state, with its steps."""
    return Guardianship.objects.filter(person=person).prefetch_related("steps__by").order_by("-id").first()


def guardianships_of(person: Person, viewer: Person) -> QuerySet[Guardianship]:
    """All of hers that the viewer may read, the newest first, with their steps."""
    readable = rules.readable_guardianships.which(viewer).filter(person=person)
    return readable.prefetch_related("steps__by").order_by("-id")


def guardianships_waiting(viewer: Person) -> QuerySet[Guardianship]:
    """Those that wait for the viewer to check them: who agreed by a link first, then in order of arrival."""
    waiting = rules.checkable_guardianships.which(viewer).filter(
        state__in=[Guardianship.State.ASKED, Guardianship.State.AGREED]
    )
    return waiting.select_related("person").order_by("state", "id")


def guardianships_expiring(viewer: Person, within_days: int = 30) -> QuerySet[Guardianship]:
    """Checked ones within the viewer's reach that stop counting in so many days or stopped in the last FORGOTTEN_AFTER
    days, the oldest first; without those of who is of age now."""
    today = clock.now().date()
    checked = rules.checkable_guardianships.which(viewer).filter(
        state=Guardianship.State.CHECKED,
        expires_on__gt=today - timedelta(days=FORGOTTEN_AFTER),
        expires_on__lte=today + timedelta(days=within_days),
    )
    return checked.exclude(_is_of_age(today)).select_related("person").order_by("expires_on", "id")


def _is_of_age(today: date) -> Q:
    """That the minor is none any more where she lives."""
    usual = Q(person__birth_date__lte=years_before(today, reference.CAREFUL_AGE))
    found = usual
    for country, years in reference.adult_ages().items():
        if years != reference.CAREFUL_AGE:
            there = Q(person__country=country)
            found = (found & ~there) | (there & Q(person__birth_date__lte=years_before(today, years)))
    return found


def has_administrator() -> bool:
    """Whether somebody who can sign in administrates everything."""
    return RoleGrant.objects.filter(
        role="administrator", scope_kind="all", withdrawn_at=None, person__accounts__is_active=True
    ).exists()

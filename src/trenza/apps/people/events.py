"""What people records. Ids and codes only: no name, address or number."""

from datetime import date
from typing import Literal
from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("people.person_registered.v1")
class PersonRegistered(Decision, frozen=True):
    person: UUID
    synthetic: bool


@kind("people.person_updated.v1")
class PersonUpdated(Decision, frozen=True):
    person: UUID
    fields: list[Code]


@kind("people.consent_given.v1")
class ConsentGiven(Decision, frozen=True):
    consent: UUID
    document: Code
    version: int


@kind("people.consent_withdrawn.v1")
class ConsentWithdrawn(Decision, frozen=True):
    consent: UUID
    document: Code
    version: int


@kind("people.list_exported.v1")
class ListExported(Decision, frozen=True):
    """Somebody took a list of the office away as a file. What was looked for is not said: it may be a name."""

    list: Code
    format: Literal["csv", "xlsx"]
    rows: int


@kind("people.role_granted.v1")
class RoleGranted(Decision, frozen=True):
    grant: UUID
    role: Code
    scope_kind: Code
    scope: UUID | None


@kind("people.role_withdrawn.v1")
class RoleWithdrawn(Decision, frozen=True):
    grant: UUID
    role: Code
    scope_kind: Code
    scope: UUID | None


@kind("people.guardian_asked.v1")
class GuardianAsked(Decision, frozen=True):
    """A minor named an adult who looks after her."""

    guardianship: UUID
    relation: Code


@kind("people.guardian_agreed.v1")
class GuardianAgreed(Decision, frozen=True):
    """By the link, to this version of the text; the team has not seen her yet."""

    guardianship: UUID
    version: int


@kind("people.guardian_checked.v1")
class GuardianChecked(Decision, frozen=True):
    """It counts until `expires_on`, that day excluded."""

    guardianship: UUID
    how: Code
    expires_on: date


@kind("people.guardian_refused.v1")
class GuardianRefused(Decision, frozen=True):
    guardianship: UUID


@kind("people.guardian_withdrawn.v1")
class GuardianWithdrawn(Decision, frozen=True):
    guardianship: UUID


@kind("people.guardian_replaced.v1")
class GuardianReplaced(Decision, frozen=True):
    """The minor named somebody else."""

    guardianship: UUID


@kind("people.import_confirmed.v1")
class ImportConfirmed(Decision, frozen=True):
    """A list of people was confirmed by whoever uploaded it, who says that all of them agreed on paper."""

    people_import: UUID
    rows: int


@kind("people.import_continued.v1")
class ImportContinued(Decision, frozen=True):
    """A portion of such a list was brought in: a next one follows."""

    people_import: UUID


@kind("people.pin_set.v1")
class PinSet(Decision, frozen=True):
    """She chose a PIN, or was given one to start with (`temporary`)."""

    pin: UUID
    temporary: bool


@kind("people.device_registered.v1")
class DeviceRegistered(Decision, frozen=True):
    """A profile was made for her on a phone."""

    device: UUID


@kind("people.device_revoked.v1")
class DeviceRevoked(Decision, frozen=True):
    device: UUID


@kind("people.card_made.v1")
class CardMade(Decision, frozen=True):
    """A printed card was made for her; it works until `expires_on`, that day excluded."""

    card: UUID
    expires_on: date


@kind("people.card_revoked.v1")
class CardRevoked(Decision, frozen=True):
    card: UUID


@kind("people.blank_cards_printed.v1")
class BlankCardsPrinted(Decision, frozen=True):
    """So many cards that are nobody's yet were printed for `batch`."""

    batch: UUID
    count: int


@kind("people.blank_card_given.v1")
class BlankCardGiven(Decision, frozen=True):
    """A printed card is hers to claim from now on."""

    card: UUID


@kind("people.blank_card_claimed.v1")
class BlankCardClaimed(Decision, frozen=True):
    """She has claimed her record with a printed card, which is `card` of hers now."""

    blank: UUID
    card: UUID


@kind("people.blank_cards_revoked.v1")
class BlankCardsRevoked(Decision, frozen=True):
    """So many cards of `batch` that nobody had claimed work no more."""

    batch: UUID
    count: int


@kind("people.persons_merged.v1")
class PersonsMerged(Decision, frozen=True):
    """`absorbed` is another name of whom this is about, from now on."""

    merge: UUID
    absorbed: UUID
    reason: Code


@kind("people.merge_undone.v1")
class MergeUndone(Decision, frozen=True):
    """They are two persons again."""

    merge: UUID
    absorbed: UUID


@kind("people.persons_told_apart.v1")
class PersonsToldApart(Decision, frozen=True):
    """Somebody decided that whom this is about and `other` are two persons."""

    pair: UUID
    other: UUID


@kind("people.household_joined.v1")
class HouseholdJoined(Decision, frozen=True):
    """She is in a household; which, the row says: who is whose family is no business of the journal."""

    member: UUID


@kind("people.household_left.v1")
class HouseholdLeft(Decision, frozen=True):
    member: UUID


__all__ = [
    "BlankCardClaimed",
    "BlankCardGiven",
    "BlankCardsPrinted",
    "BlankCardsRevoked",
    "CardMade",
    "CardRevoked",
    "ConsentGiven",
    "ConsentWithdrawn",
    "DeviceRegistered",
    "DeviceRevoked",
    "GuardianAgreed",
    "GuardianAsked",
    "GuardianChecked",
    "GuardianRefused",
    "GuardianReplaced",
    "GuardianWithdrawn",
    "HouseholdJoined",
    "HouseholdLeft",
    "ImportConfirmed",
    "ImportContinued",
    "ListExported",
    "MergeUndone",
    "PersonRegistered",
    "PersonUpdated",
    "PersonsMerged",
    "PersonsToldApart",
    "PinSet",
    "RoleGranted",
    "RoleWithdrawn",
]

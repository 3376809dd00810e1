from trenza.apps.people.models.account import Account
from trenza.apps.people.models.attempts import Attempts
from trenza.apps.people.models.blank_card import BlankCard
from trenza.apps.people.models.card import Card
from trenza.apps.people.models.consent import Consent
from trenza.apps.people.models.duplicate_pair import DuplicatePair
from trenza.apps.people.models.guardian_request import GuardianRequest
from trenza.apps.people.models.guardianship import Guardianship, GuardianshipStep
from trenza.apps.people.models.household import Household, HouseholdMember
from trenza.apps.people.models.merge import Merge
from trenza.apps.people.models.people_import import ImportRow, PeopleImport
from trenza.apps.people.models.person import Person
from trenza.apps.people.models.person_device import PersonDevice
from trenza.apps.people.models.pin import Pin
from trenza.apps.people.models.role_grant import RoleGrant
from trenza.apps.people.models.saved_view import SavedView

__all__ = [
    "Account",
    "Attempts",
    "BlankCard",
    "Card",
    "Consent",
    "DuplicatePair",
    "GuardianRequest",
    "Guardianship",
    "GuardianshipStep",
    "Household",
    "HouseholdMember",
    "ImportRow",
    "Merge",
    "PeopleImport",
    "Person",
    "PersonDevice",
    "Pin",
    "RoleGrant",
    "SavedView",
]

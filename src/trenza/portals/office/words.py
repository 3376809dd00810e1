"""What states and refusals are called in the office."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trenza.apps.admissions.api import (
    AppealNotOpen,
    ByDrawOnly,
    CallNotOpen,
    ChangeUsed,
    DrawMovedOn,
    DrawNotReady,
    DrawStands,
    NoSeatLeft,
    NotEligible,
    NotEnough,
    NotFulfillable,
    NothingToChange,
    NotReachedThen,
    OfferExpired,
    ReasonMissing,
    SeatsDoNotAddUp,
    SeatsTaken,
    SeedNotValid,
    TooLateToChange,
    WaitsForGuardian,
    WishesNotValid,
)
from trenza.apps.admissions.api import WrongState as WrongApplicationState
from trenza.apps.credentials import api as credentials
from trenza.apps.credentials.api import AlreadyRevoked
from trenza.apps.people import api as people
from trenza.apps.people.api import (
    AlreadyConfirmed,
    AlreadyDecided,
    AlreadyWithdrawn,
    CannotMerge,
    CannotUndo,
    ConsentNotSaid,
    EmailTaken,
    Guardianship,
    GuardianshipStep,
    LastAdministrator,
    NameTaken,
    NothingToBringIn,
    NotNow,
    Person,
    TooManyCards,
    TooManyViews,
    ViewTooLong,
)
from trenza.apps.programmes.api import AlreadyEnrolled, NotConfirmable, NotInTeam, NotOffered, NotOfThisTrack
from trenza.apps.programmes.api import WrongState as WrongEnrolmentState
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office.elsewhere.words import REFUSALS as ELSEWHERE_REFUSALS
from trenza.portals.office.place_words import PLACE_REFUSALS

Words = str | Promise

APPLICATION_STATES: Mapping[str, Words] = {
    "submitted": pgettext_lazy("application", "Submitted"),
    "waiting_guardian": pgettext_lazy("application", "Waits for her guardian"),
    "needs_help": pgettext_lazy("application", "Needs help"),
    "not_eligible": pgettext_lazy("application", "Does not meet the conditions"),
    "waiting_list": pgettext_lazy("application", "On the waiting list"),
    "awarded": pgettext_lazy("application", "Awarded, waits for her answer"),
    "accepted": pgettext_lazy("application", "Accepted by her"),
    "declined": pgettext_lazy("application", "Declined by her"),
    "withdrawn": pgettext_lazy("application", "Withdrawn"),
    "expired": pgettext_lazy("application", "Offer expired"),
    "taken_back": pgettext_lazy("application", "Offer taken back by the team"),
    "released": pgettext_lazy("application", "Left before it began"),
}
ENROLMENT_STATES: Mapping[str, Words] = {
    "active": pgettext_lazy("enrolment", "Active"),
    "paused": pgettext_lazy("enrolment", "Paused"),
    "withdrawn": pgettext_lazy("enrolment", "Left"),
    "completed": pgettext_lazy("enrolment", "Completed"),
}
CALL_STATES: Mapping[str, Words] = {
    "draft": pgettext_lazy("call", "Not published"),
    "to_come": pgettext_lazy("call", "Published, not open yet"),
    "open": pgettext_lazy("call", "Open"),
    "closed": pgettext_lazy("call", "Closed"),
    "retired": pgettext_lazy("call", "No longer in the definition"),
}
APPEAL_STATES: Mapping[str, Words] = {
    "open": pgettext_lazy("appeal", "Waits for an answer"),
    "upheld": pgettext_lazy("appeal", "She was right"),
    "rejected": pgettext_lazy("appeal", "It stays as it was"),
}
TOLD: Mapping[str, Words] = {"yes": pgettext_lazy("told", "Yes"), "no": pgettext_lazy("told", "Not yet")}
TAKEN_DOWN: Mapping[str, Words] = {
    "yes": pgettext_lazy("taken down", "Yes"),
    "no": pgettext_lazy("taken down", "No"),
}
CAUSES: Mapping[str, Words] = {
    "applied": pgettext_lazy("judgement", "She applied"),
    "answers": pgettext_lazy("judgement", "She corrected her answers"),
    "readiness": pgettext_lazy("judgement", "She did a step of her preparation"),
    "rules": pgettext_lazy("judgement", "The conditions of the call changed"),
    "override": pgettext_lazy("judgement", "A condition counts as met"),
    "undone": pgettext_lazy("judgement", "A decision was taken back"),
    "appeal": pgettext_lazy("judgement", "Her second look was upheld"),
}
FULFILLED_BY: Mapping[str, Words] = {
    "tasks": pgettext_lazy("condition", "She did the tasks"),
    "email": pgettext_lazy("condition", "She confirmed her address"),
    "team": pgettext_lazy("condition", "Decided by the team"),
}
AWARD_STATES: Mapping[str, Words] = {
    "waiting": pgettext_lazy("award", "Waits for her answer"),
    "accepted": pgettext_lazy("award", "Accepted"),
    "declined": pgettext_lazy("award", "Declined"),
    "expired": pgettext_lazy("award", "Expired"),
    "taken_back": pgettext_lazy("award", "Taken back by the team"),
    "released": pgettext_lazy("award", "Left before it began"),
}
CREDENTIAL_STATES: Mapping[str, Words] = {
    "valid": pgettext_lazy("credential", "Holds"),
    "suspended": pgettext_lazy("credential", "Suspended"),
    "expired": pgettext_lazy("credential", "Expired"),
    "superseded": pgettext_lazy("credential", "Replaced by another"),
    "revoked": pgettext_lazy("credential", "Taken back"),
}
REVOCATIONS: Mapping[str, Words] = {
    "mistake": _("It was issued by mistake"),
    "identity": _("She is not who she said"),
    "dishonesty": _("Somebody else did the work"),
}
SUSPENSIONS: Mapping[str, Words] = {
    "doubt": _("Somebody doubts it, and it is being looked at"),
    "identity": _("It is being looked at whether she is who she said"),
    "mistake": _("It may have been issued by mistake"),
}
REISSUES: Mapping[str, Words] = {
    "name": pgettext_lazy("certificate", "her name was corrected"),
    "template": pgettext_lazy("certificate", "its words were corrected"),
}
ISSUING_KINDS: Mapping[str, Words] = {
    "missing": _("Issue what is missing, and sign what waits"),
    "words": _("Issue anew what bears words of before"),
}
ISSUING_STATES: Mapping[str, Words] = {
    "running": pgettext_lazy("issuing", "It runs"),
    "stopped": pgettext_lazy("issuing", "Stopped"),
    "done": pgettext_lazy("issuing", "Done"),
}
ISSUING_FAILURES: Mapping[str, Words] = {
    "letters": _("her name has letters that no font of the certificate has. Write it otherwise, in her data."),
}
ENDORSEMENTS: Mapping[str, Words] = {
    "given": pgettext_lazy("endorsement", "Given"),
    "refused": pgettext_lazy("endorsement", "Refused"),
    "waiting": pgettext_lazy("endorsement", "Missing"),
}
KEY_FILES: Mapping[str, Words] = {
    "here": pgettext_lazy("key", "Here, and can be read"),
    "unreadable": pgettext_lazy("key", "Here, and cannot be read: another passphrase or owner"),
    "elsewhere": pgettext_lazy("key", "Not here"),
}
ADMISSIONS: Mapping[str, Words] = {
    "selected": _("One applies and is awarded a place"),
    "draw": _("One applies, and places are drawn"),
    "open": _("One signs up and starts at once"),
    "follows": _("It follows from completing a track"),
}
REACHED: Mapping[str, Words] = {
    "seen": pgettext_lazy("offer", "She saw it"),
    "told": pgettext_lazy("offer", "The team told her"),
    "delivered": pgettext_lazy("offer", "A message arrived"),
}
PART_KINDS: Mapping[str, Words] = {
    "course": pgettext_lazy("part of a scholarship", "Course"),
    "data_voucher": pgettext_lazy("part of a scholarship", "Data voucher"),
    "certificate": pgettext_lazy("part of a scholarship", "Certificate"),
    "stipend": pgettext_lazy("part of a scholarship", "Stipend"),
    "other": pgettext_lazy("part of a scholarship", "Something else"),
}
PART_STATES: Mapping[str, Words] = {
    "lacking": pgettext_lazy("part of a scholarship", "Still to be given"),
    "given": pgettext_lazy("part of a scholarship", "Given"),
}
LISTS: Mapping[str, Words] = {
    "persons": _("People"),
    "applications": _("Applications"),
    "calls": _("Calls"),
    "awards": _("Awards"),
    "parts": _("Parts of scholarships"),
    "enrolments": _("Enrolments"),
    "courses": _("Courses"),
    "credentials": _("Certificates"),
    "centres": _("Centres"),
    "inquiries": _("Questions of trainers"),
    "duplicates": _("Here twice?"),
    "externals": _("Certificates of other places"),
    "netacad": _("Who is to be enrolled elsewhere"),
}
CONSENTS: Mapping[str, Words] = {
    "data-use": _("How we use your data"),
}
SEXES: Mapping[str, Words] = dict(Person.Sex.choices)

RELATIONS: Mapping[str, Words] = dict(Guardianship.Relation.choices)
CHECKS: Mapping[str, Words] = dict(GuardianshipStep.Check.choices)
GUARDIAN_STATES: Mapping[str, Words] = {
    "asked": pgettext_lazy("guardian", "Waits for her answer"),
    "agreed": pgettext_lazy("guardian", "Agreed by the link, not checked yet"),
    "checked": pgettext_lazy("guardian", "Checked"),
    "refused": pgettext_lazy("guardian", "Did not agree"),
    "withdrawn": pgettext_lazy("guardian", "Took the yes back"),
    "replaced": pgettext_lazy("guardian", "Another was named"),
}

REFUSALS: Mapping[type[DomainError], Words] = {
    NoSeatLeft: _("No seat is left in this call, in her region or in the track. Nothing was changed."),
    NotEligible: _("She does not meet the conditions of the call, or needs help first. Nothing was changed."),
    NotEnough: _("Write a reason: she reads it. Nothing was changed."),
    NotFulfillable: _("The condition is met already, or is none of this application. Nothing was changed."),
    AppealNotOpen: _("It was answered before. Nothing was changed."),
    ByDrawOnly: _("The places of this call are drawn, and given in that order alone. Nothing was changed."),
    DrawNotReady: _("It is too early for this step of the draw. Nothing was changed."),
    DrawMovedOn: _("This step of the draw was done before. Nothing was changed."),
    SeedNotValid: _(
        "That is no seed: 4 to 200 letters without accents, digits and signs; and say where you read it. Nothing was "
        "changed."
    ),
    WaitsForGuardian: _("She is a minor and waits for her guardian. Nothing was changed."),
    WishesNotValid: _("She does not wish for that track, or it is none of this call. Nothing was changed."),
    TooLateToChange: _("The day until which she may change her track is over. Nothing was changed."),
    ChangeUsed: _("She has changed her track once. Nothing was changed."),
    AlreadyEnrolled: _("She is enrolled in that track already. Nothing was changed."),
    OfferExpired: _("Her days to answer are over. Nothing was changed."),
    NotReachedThen: _("Give a day from the award on, and not after today. Nothing was changed."),
    ReasonMissing: _("Write the reason, in 4 to 500 characters. Nothing was changed."),
    NothingToChange: _("The seats are so already. Nothing was changed."),
    SeatsDoNotAddUp: _(
        "These seats do not add up: regions, tracks and what is kept for launches may not have more than the total, "
        "and nobody can move more than there is. Nothing was changed."
    ),
    SeatsTaken: _("Fewer seats than are taken already, by who has accepted or may still answer. Nothing was changed."),
    DrawStands: _("The rule of this draw stands: its seats change after the draw alone. Nothing was changed."),
    CannotMerge: _("These two records cannot become one as they stand. Look at both again. Nothing was changed."),
    CannotUndo: _(
        "This cannot be undone now: it was undone before, or her record was made one with another since. Undo that "
        "one first."
    ),
    AlreadyDecided: _("Somebody has decided about these two in the meantime. Nothing was changed."),
    NotNow: _("The guardian has moved on in the meantime. Look at it again."),
    CallNotOpen: _("The call is not open. Nothing was changed."),
    NotAllowed: _("You may not do this for her."),
    AlreadyRevoked: _("It was taken back before. Nothing was changed."),
    people.AlreadyRevoked: _("It was taken back before. Nothing was changed."),
    credentials.AlreadySuspended: _("It is suspended, or holds no more. Nothing was changed."),
    credentials.NotSuspended: _("It is not suspended. Nothing was changed."),
    credentials.HoldsNoMore: _("It holds no more, so it is not issued anew. Nothing was changed."),
    credentials.NameNotPrintable: _("The letters %(letters)s are in no font of the certificate. Write it otherwise."),
    credentials.IssuingAlready: _("Certificates of this programme are being issued to many now. Wait for its end."),
    credentials.IssuingMovedOn: _("It has ended in the meantime. Nothing was changed."),
    credentials.NothingToIssue: _("There is nothing to issue: nobody lacks a certificate, and none waits."),
    credentials.SignedAlready: _("The organisation endorses this already. Nothing was changed."),
    credentials.NotAnEndorser: _("This certificate does not name the organisation among those who endorse it."),
    credentials.NoKeyHere: _("The organisation has no key here. Sign elsewhere and bring back the file."),
    credentials.KeyNotReadable: _(
        "The organisation’s key is here and cannot be read. Tell whoever runs the server. Nothing was changed."
    ),
    credentials.NotTheDocument: _(
        "This is not the document that was downloaded here: it differs at %(differs)s. Download it again, sign it and "
        "change nothing else. Nothing was changed."
    ),
    credentials.NotSignedByIt: _(
        "No key of the organisation that is registered here has signed this file, or it was changed afterwards. "
        "Whoever runs the server registers a key with “trenza keys add”. Nothing was changed."
    ),
    TooManyCards: _("She has three cards that work. Take back the one that is lost; then make another."),
    NameTaken: _("You have a view of this name for this list. Give it another name."),
    TooManyViews: _("No more views are kept. Remove one first."),
    ViewTooLong: _("This is too long for a view. Use fewer filters or a shorter name."),
    WrongApplicationState: _("This cannot be done in the state of the application. Look at it again."),
    WrongEnrolmentState: _("The enrolment has moved on in the meantime. Look at it again."),
    NotConfirmable: _("A course meets this module; nobody confirms it. Nothing was changed."),
    NotOfThisTrack: _("This module belongs to another track. Nothing was changed."),
    NotInTeam: _(
        "Somebody whom you do not see has this e-mail address. Give her the role of trainer first, under “Team”. "
        "Nothing was changed."
    ),
    NotOffered: _("The edition does not offer this track there. Nothing was changed."),
    LastAdministrator: _(
        "This is the only administrator of all of Trenza. Give the role to somebody else first. Nothing was changed."
    ),
    ConsentNotSaid: _("First say that you have their agreement on paper. Nothing was changed."),
    NothingToBringIn: _("No row of this list can be brought in. Nothing was changed."),
    AlreadyConfirmed: _("This list is being brought in. Wait until it is done."),
    AlreadyWithdrawn: _("This role was withdrawn before. Nothing was changed."),
    EmailTaken: _("This e-mail address cannot be used. Nothing was changed."),
    **PLACE_REFUSALS,
    **ELSEWHERE_REFUSALS,
}
_OTHERWISE: Words = _("This cannot be done now. Nothing was changed.")


def refusal(error: DomainError) -> Words:
    """Why an action did not act, for the person who asked for it."""
    words = next((words for kind, words in REFUSALS.items() if isinstance(error, kind)), _OTHERWISE)
    if isinstance(error, credentials.NotTheDocument):
        return str(words) % {"differs": ", ".join(error.differs)}
    return str(words) % {"letters": error.letters} if isinstance(error, credentials.NameNotPrintable) else words


REASONS: Mapping[str, Words] = {
    "EmailTaken": _(
        "Somebody whom you do not see has this e-mail address. Ask her to come in with it and apply herself."
    ),
    "CallNotOpen": _("The call is no longer open."),
    "RegionNotOffered": _("The call does not run in this region."),
    "Incomplete": _("Something is missing: her date of birth, or an answer that the call asks for."),
    "WishesNotValid": _("What she wishes for does not fit the tracks of the call."),
    "AnswersNotValid": _("An answer does not fit what the call asks."),
    "NotEligible": _("She does not meet the conditions of the call."),
    "NoSeatLeft": _("No seat is left."),
    "NotOffered": _("The edition does not offer this track there."),
    "NotAllowed": _("You may no longer bring people in there."),
    "": _("This row could not be brought in."),
}
"""Why a row of a list was not brought in, by the name of the error."""

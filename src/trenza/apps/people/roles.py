"""Roles and what they permit: one table, which every rule reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Something that may be done, NOUN_VERB, within a scope."""

    OFFICE_ENTER = "office_enter"
    DEFINITION_READ = "definition_read"
    DEFINITION_EDIT = "definition_edit"
    PERSON_READ = "person_read"
    CALL_READ = "call_read"
    CALL_PUBLISH = "call_publish"
    APPLICATION_READ = "application_read"
    APPLICATION_AWARD = "application_award"
    ENROLMENT_READ = "enrolment_read"
    REQUIREMENT_CONFIRM = "requirement_confirm"
    COURSE_PUBLISH = "course_publish"
    CREDENTIAL_READ = "credential_read"
    CREDENTIAL_REVOKE = "credential_revoke"
    CREDENTIAL_ISSUE = "credential_issue"
    CREDENTIAL_ENDORSE = "credential_endorse"
    IMPACT_READ = "impact_read"
    ROLE_GRANT = "role_grant"
    TEAM_READ = "team_read"
    PERSON_IMPORT = "person_import"
    APPLICATION_BRING = "application_bring"
    PERSON_MERGE = "person_merge"
    GUARDIAN_CHECK = "guardian_check"
    PHONE_HELP = "phone_help"
    SESSION_READ = "session_read"
    SESSION_KEEP = "session_keep"
    PLACE_READ = "place_read"
    PLACE_KEEP = "place_keep"
    HUB_KEEP = "hub_keep"
    LEARNER_CONTACT = "learner_contact"
    INQUIRY_READ = "inquiry_read"
    INQUIRY_ANSWER = "inquiry_answer"


@dataclass(frozen=True)
class Role:
    """What a role is called, what it permits, and the sentence that says so to a coordinator."""

    code: str
    name: str | Promise
    sentence: str | Promise
    permissions: frozenset[Permission]


_READ = frozenset(
    {
        Permission.OFFICE_ENTER,
        Permission.DEFINITION_READ,
        Permission.PERSON_READ,
        Permission.CALL_READ,
        Permission.APPLICATION_READ,
        Permission.ENROLMENT_READ,
        Permission.CREDENTIAL_READ,
        Permission.IMPACT_READ,
        Permission.TEAM_READ,
        Permission.SESSION_READ,
        Permission.PLACE_READ,
        Permission.INQUIRY_READ,
    }
)

_ALL = (
    Role(
        "administrator",
        _("Administrator"),
        _(
            "Keeps everything running: sees and does all that a coordinator does, publishes courses, takes back "
            "or suspends certificates that were given by mistake, and gives and withdraws every role within her scope."
        ),
        frozenset(Permission),
    ),
    Role(
        "coordinator",
        _("Coordinator"),
        _(
            "Coordinates a programme or a part of it: sees its definition, people, team, calls, applications, "
            "enrolments, sessions, certificates, centres and figures, and may publish calls, award places, check the "
            "guardians of minors, plan sessions and keep their attendance, confirm what somebody has met, bring in "
            "lists of people or take somebody down in person, make one record of two where somebody was entered twice, "
            "correct the name on certificates, help with a lost PIN or phone, print cards to come in with, open and "
            "keep centres and their hubs, call "
            "learners and write down what came of it, answer what trainers ask, have missing certificates issued and "
            "issue anew those that say something wrong, and give "
            "and withdraw the roles of trainers, outreach workers, mentors, auditors and other coordinators within her "
            "scope. Who "
            "coordinates a whole programme also changes its definition: opens a region, a call or an edition."
        ),
        _READ
        | {
            Permission.DEFINITION_EDIT,
            Permission.CALL_PUBLISH,
            Permission.APPLICATION_AWARD,
            Permission.REQUIREMENT_CONFIRM,
            Permission.ROLE_GRANT,
            Permission.PERSON_IMPORT,
            Permission.APPLICATION_BRING,
            Permission.PERSON_MERGE,
            Permission.GUARDIAN_CHECK,
            Permission.PHONE_HELP,
            Permission.SESSION_KEEP,
            Permission.PLACE_KEEP,
            Permission.HUB_KEEP,
            Permission.LEARNER_CONTACT,
            Permission.INQUIRY_ANSWER,
            Permission.CREDENTIAL_ISSUE,
        },
    ),
    Role(
        "trainer",
        _("Trainer"),
        _(
            "Teaches: sees the enrolments of her scope, opens sessions and keeps their attendance, may confirm what a"
            " learner has met in person, helps her with a lost PIN or phone, and prints her a card to come in with. "
            "Sees the numbers of learners, to call who has not come back. Takes down women who apply. Keeps the "
            "centres of her scope: what is lent, the Wi-Fi vouchers and who came."
        ),
        frozenset(
            {
                Permission.OFFICE_ENTER,
                Permission.ENROLMENT_READ,
                Permission.REQUIREMENT_CONFIRM,
                Permission.PHONE_HELP,
                Permission.SESSION_READ,
                Permission.SESSION_KEEP,
                Permission.PLACE_READ,
                Permission.PLACE_KEEP,
                Permission.LEARNER_CONTACT,
                Permission.APPLICATION_BRING,
            }
        ),
    ),
    Role(
        "outreach",
        _("Outreach worker"),
        _(
            "Goes to where women are and takes down those who want to take part, each with her yes, for the calls of "
            "her scope; sees no list of people."
        ),
        frozenset({Permission.APPLICATION_BRING}),
    ),
    Role(
        "mentor",
        _("Mentor"),
        _("Accompanies: may confirm what a learner of her scope has met with her; sees no list of people."),
        frozenset({Permission.REQUIREMENT_CONFIRM}),
    ),
    Role(
        "endorser",
        _("Endorser"),
        _(
            "Speaks for an organisation that endorses: reads what its certificates will say, and signs that the "
            "organisation stands behind it; sees no list of people."
        ),
        frozenset({Permission.OFFICE_ENTER, Permission.CREDENTIAL_ENDORSE}),
    ),
    Role(
        "auditor",
        _("Auditor"),
        _(
            "Checks: sees what a coordinator of the same scope sees, and changes nothing.",
        ),
        _READ,
    ),
)

ROLES: Mapping[str, Role] = {role.code: role for role in _ALL}


def roles_with(permission: Permission) -> list[str]:
    """The codes of the roles that permit it."""
    return [role.code for role in _ALL if permission in role.permissions]

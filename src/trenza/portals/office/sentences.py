"""What each kind of entry says in words, and who may read it: one row of the table for each kind, by its name.

A kind that is not here is shown to nobody; tests/portals/office/test_sentences.py fails until it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.people.api import ROLES
from trenza.core.journal import Line
from trenza.portals.office.accompaniment_sentences import OF_HER, OF_INQUIRIES
from trenza.portals.office.credential_sentences import OF_A_CREDENTIAL, OF_ISSUING
from trenza.portals.office.eligibility_sentences import OF_JUDGEMENTS, OF_RULES
from trenza.portals.office.elsewhere_sentences import OF_HERS, OF_PROGRAMMES
from trenza.portals.office.entry_sentences import ENTRY
from trenza.portals.office.naming import GONE, Names
from trenza.portals.office.offer_sentences import OF_APPLICATIONS, OF_AWARDS, OF_CALLS
from trenza.portals.office.place_sentences import OF_A_CENTRE, OF_WHO_CAME
from trenza.portals.office.session_sentences import SESSION
from trenza.portals.office.words import APPLICATION_STATES, CHECKS, CONSENTS, LISTS, RELATIONS, Words


class Seen(Enum):
    """Who may read an entry: whoever may read the row that the entry names in the field of this name."""

    APPLICATION = "application"
    AWARD = "award"
    CALL = "call"
    CENTRE = "centre"
    """What happens to a centre, on its own page; what somebody did there is told of her."""
    CREDENTIAL = "credential"
    ENROLMENT = "enrolment"
    GRANT = "grant"
    """The team that the viewer may see."""
    LESSON = "lesson"
    """Whoever reads an enrolment of hers whose track asks for the course; for optional courses, reads the person."""
    INQUIRY = "inquiry"
    IMPORT = "people_import"
    """Whoever uploaded the list."""
    PERSON = ""
    """Whoever may read the person: it belongs to no edition."""
    PROGRAMME = "programme"
    SESSION = "session"
    COURSE = "version"
    """Everybody in the office: courses are public."""


@dataclass(frozen=True)
class Telling:
    """A kind of entry: who may read it, and what it says."""

    seen: Seen
    say: Callable[[Any, Names], str]


FIELDS: Mapping[str, Words] = {
    "given_name": gettext_lazy("name"),
    "family_name": gettext_lazy("family name"),
    "certificate_name": gettext_lazy("name on certificates"),
    "birth_date": gettext_lazy("date of birth"),
    "sex": gettext_lazy("sex"),
    "country": gettext_lazy("country"),
    "language": gettext_lazy("language"),
}


def _updated(event: Any, names: Names) -> str:
    fields = [str(FIELDS.get(each, each)) for each in event.fields]
    return _("Data changed: %(fields)s.") % {"fields": get_text_list(fields, _("and"))}


def _role(event: Any, names: Names) -> dict[str, Any]:
    return {"role": ROLES[event.role].name if event.role in ROLES else event.role, "place": names.place(event)}


def _document(event: Any, names: Names) -> dict[str, Any]:
    return {"text": CONSENTS.get(event.document, event.document), "version": event.version}


def _enrolled(event: Any, names: Names) -> str:
    said = {"track": names.of("track", event.track), "programme": names.of("enrolment", event.enrolment, 1)}
    if event.region is None:
        return _("Enrolled in “%(track)s” of %(programme)s.") % said
    return _("Enrolled in “%(track)s” of %(programme)s, %(region)s.") % (
        said | {"region": names.of("region", event.region)}
    )


def _changed(event: Any, names: Names) -> str:
    said: dict[str, Any] = {"track": names.of("enrolment", event.enrolment)}
    match event.state:
        case "paused":
            until = names.of("change", event.change) if names.found("change", event.change) else None
            if until is None:
                return _("Pause in “%(track)s”.") % said
            return _("Pause in “%(track)s” until %(day)s.") % (said | {"day": date_format(until, "SHORT_DATE_FORMAT")})
        case "withdrawn":
            return _("Left “%(track)s”.") % said
        case "returned":
            return _("Returned to “%(track)s”.") % said
    return _("Something changed in “%(track)s”.") % said


def _of_her(say: Callable[[Any], str]) -> Telling:
    return Telling(Seen.PERSON, lambda event, names: say(event))


def _called(field: str, key: Any, names: Names) -> dict[str, Any]:
    """A call and its programme, which `field` leads to."""
    return {"call": names.of(field, key), "programme": names.of(field, key, 1)}


def _submitted(event: Any, names: Names) -> str:
    said = _called("call", event.call, names)
    if event.state == "submitted":
        return _("Applied to “%(call)s” of %(programme)s.") % said
    return _("Applied to “%(call)s” of %(programme)s. Then: %(state)s.") % (said | _state(event.state))


def _frozen(event: Any, names: Names) -> str:
    said = _called("call", event.call, names) | {"n": event.applications, "hash": event.list[:12]}
    return (
        ngettext(
            "The list of the draw of “%(call)s” was closed with %(n)s application. Its hash begins with %(hash)s.",
            "The list of the draw of “%(call)s” was closed with %(n)s applications. Its hash begins with %(hash)s.",
            event.applications,
        )
        % said
    )


def _held(event: Any, names: Names) -> str:
    n = event.reserved + event.at_large
    said = _called("call", event.call, names) | {"n": n}
    return ngettext("%(n)s place of “%(call)s” was drawn.", "%(n)s places of “%(call)s” were drawn.", n) % said


def _judged(event: Any, names: Names) -> str:
    said = _called("application", event.application, names) | _state(event.state)
    return _("Answers corrected in the application to “%(call)s”. Then: %(state)s.") % said


def _state(state: str) -> dict[str, Any]:
    return {"state": APPLICATION_STATES.get(state, state)}


def _lesson(key: Any, names: Names) -> dict[str, Any]:
    return {"lesson": names.of("lesson", key), "course": names.of("lesson", key, 1)}


TELLINGS: Mapping[str, Telling] = {
    **{kind: _of_her(say) for kind, say in ENTRY.items()},
    **{kind: Telling(Seen.CENTRE, say) for kind, say in OF_A_CENTRE.items()},
    **{kind: Telling(Seen.PERSON, say) for kind, say in OF_WHO_CAME.items()},
    **{kind: Telling(Seen.SESSION, say) for kind, say in SESSION.items()},
    **{kind: Telling(Seen.ENROLMENT, say) for kind, say in OF_HER.items()},
    **{kind: Telling(Seen.INQUIRY, say) for kind, say in OF_INQUIRIES.items()},
    **{kind: Telling(Seen.AWARD, say) for kind, say in OF_AWARDS.items()},
    **{kind: Telling(Seen.APPLICATION, say) for kind, say in OF_APPLICATIONS.items()},
    **{kind: Telling(Seen.CALL, say) for kind, say in OF_CALLS.items()},
    "people.person_registered.v1": Telling(
        Seen.PERSON,
        lambda event, names: _("Registered, made up for a demonstration.") if event.synthetic else _("Registered."),
    ),
    "people.person_updated.v1": Telling(Seen.PERSON, _updated),
    "people.consent_given.v1": Telling(
        Seen.PERSON,
        lambda event, names: _("Agreed to “%(text)s”, version %(version)s.") % _document(event, names),
    ),
    "people.consent_withdrawn.v1": Telling(
        Seen.PERSON,
        lambda event, names: _("Withdrew her consent to “%(text)s”, version %(version)s.") % _document(event, names),
    ),
    "people.guardian_asked.v1": Telling(
        Seen.PERSON,
        lambda event, names: (
            _("Named an adult who looks after her (%(who)s).") % {"who": RELATIONS.get(event.relation, event.relation)}
        ),
    ),
    "people.guardian_agreed.v1": Telling(
        Seen.PERSON,
        lambda event, names: _("Her guardian agreed by the link, version %(n)s of the text.") % {"n": event.version},
    ),
    "people.guardian_checked.v1": Telling(
        Seen.PERSON,
        lambda event, names: (
            _("Her guardian was checked, until %(day)s. How: %(how)s.")
            % {"day": date_format(event.expires_on, "SHORT_DATE_FORMAT"), "how": CHECKS.get(event.how, event.how)}
        ),
    ),
    "people.guardian_refused.v1": Telling(Seen.PERSON, lambda event, names: _("Her guardian did not agree.")),
    "people.guardian_withdrawn.v1": Telling(Seen.PERSON, lambda event, names: _("Her guardian took the yes back.")),
    "people.guardian_replaced.v1": Telling(Seen.PERSON, lambda event, names: _("She named another adult instead.")),
    "people.list_exported.v1": Telling(
        Seen.PERSON,
        lambda event, names: (
            ngettext(
                "Took the list “%(list)s” away as a file: %(n)s row.",
                "Took the list “%(list)s” away as a file: %(n)s rows.",
                event.rows,
            )
            % {"list": LISTS.get(event.list, event.list), "n": event.rows}
        ),
    ),
    "people.role_granted.v1": Telling(
        Seen.GRANT, lambda event, names: _("Received the role %(role)s %(place)s.") % _role(event, names)
    ),
    "people.role_withdrawn.v1": Telling(
        Seen.GRANT, lambda event, names: _("The role %(role)s %(place)s was withdrawn.") % _role(event, names)
    ),
    "people.import_confirmed.v1": Telling(
        Seen.IMPORT,
        lambda event, names: (
            ngettext("A list of %(n)s person was confirmed.", "A list of %(n)s people was confirmed.", event.rows)
            % {"n": event.rows}
        ),
    ),
    "people.import_continued.v1": Telling(
        Seen.IMPORT, lambda event, names: _("Part of a list of people was brought in.")
    ),
    "programmes.definition_loaded.v1": Telling(
        Seen.PROGRAMME,
        lambda event, names: (
            _("Version %(number)s of the definition of %(programme)s came into force.")
            % {"number": event.number, "programme": names.of("programme", event.programme)}
        ),
    ),
    "programmes.enrolled.v1": Telling(Seen.ENROLMENT, _enrolled),
    "programmes.enrolment_changed.v1": Telling(Seen.ENROLMENT, _changed),
    "programmes.track_changed.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: (
            _("Changed from “%(before)s” to “%(track)s”.")
            % {"before": names.of("track_before", event.track_before), "track": names.of("track", event.track)}
        ),
    ),
    "programmes.requirement_met.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: _("“%(module)s” was met.") % {"module": names.of("module", event.module)},
    ),
    "programmes.prior_learning_recognised.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: (
            _("It was recognised that she knew “%(module)s” before.") % {"module": names.of("module", event.module)}
        ),
    ),
    "programmes.track_completed.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: _("Completed “%(track)s”.") % {"track": names.of("track", event.track)},
    ),
    "programmes.follow_on_earned.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: _("Earned “%(follow_on)s”.") % {"follow_on": names.of("follow_on", event.follow_on)},
    ),
    "admissions.call_published.v1": Telling(
        Seen.CALL,
        lambda event, names: (
            _("The call “%(call)s” of %(programme)s was published.") % _called("call", event.call, names)
        ),
    ),
    "admissions.draw_announced.v1": Telling(
        Seen.CALL,
        lambda event, names: (
            _("The rule of the draw of “%(call)s” was announced. Its hash begins with %(hash)s.")
            % (_called("call", event.call, names) | {"hash": event.rule[:12]})
        ),
    ),
    "admissions.draw_list_frozen.v1": Telling(Seen.CALL, _frozen),
    "admissions.draw_seed_given.v1": Telling(
        Seen.CALL,
        lambda event, names: _("The seed of the draw of “%(call)s” was typed in.") % _called("call", event.call, names),
    ),
    "admissions.draw_held.v1": Telling(Seen.CALL, _held),
    "admissions.application_submitted.v1": Telling(Seen.APPLICATION, _submitted),
    "admissions.application_judged_again.v1": Telling(Seen.APPLICATION, _judged),
    "admissions.application_put_on_waiting_list.v1": Telling(
        Seen.APPLICATION,
        lambda event, names: (
            _("Stands on the waiting list of “%(call)s”.") % _called("application", event.application, names)
        ),
    ),
    "admissions.application_withdrawn.v1": Telling(
        Seen.APPLICATION,
        lambda event, names: (
            _("The application to “%(call)s” was taken back.") % _called("application", event.application, names)
        ),
    ),
    "admissions.application_continued.v1": Telling(
        Seen.APPLICATION,
        lambda event, names: (
            _("The application to “%(call)s” no longer waits for a guardian. Then: %(state)s.")
            % (_called("application", event.application, names) | _state(event.state))
        ),
    ),
    "admissions.application_stopped.v1": Telling(
        Seen.APPLICATION,
        lambda event, names: (
            _("The application to “%(call)s” waits for a guardian again.")
            % _called("application", event.application, names)
        ),
    ),
    **{name: Telling(Seen.APPLICATION, say) for name, say in OF_JUDGEMENTS.items()},
    **{name: Telling(Seen.CALL, say) for name, say in OF_RULES.items()},
    "admissions.plan_written.v1": _of_her(lambda event: _("Wrote her plan for studying.")),
    "admissions.award_made.v1": Telling(
        Seen.APPLICATION,
        lambda event, names: _("A place in “%(call)s” was awarded.") % _called("call", event.call, names),
    ),
    "admissions.award_accepted.v1": Telling(
        Seen.AWARD, lambda event, names: _("Accepted the place in “%(call)s”.") % _called("award", event.award, names)
    ),
    "admissions.award_declined.v1": Telling(
        Seen.AWARD, lambda event, names: _("Declined the place in “%(call)s”.") % _called("award", event.award, names)
    ),
    "admissions.signed_up.v1": Telling(
        Seen.ENROLMENT,
        lambda event, names: _("Signed up by “%(call)s” of %(programme)s.") % _called("call", event.call, names),
    ),
    **{kind: Telling(Seen.CREDENTIAL, say) for kind, say in OF_A_CREDENTIAL.items()},
    **{kind: Telling(Seen.PROGRAMME, say) for kind, say in OF_ISSUING.items()},
    "credentials.public_page_changed.v1": _of_her(
        lambda event: (
            _("Opened a public page with her certificates.")
            if event.opened
            else _("Closed the public page with her certificates.")
        )
    ),
    **{name: Telling(Seen.ENROLMENT, say) for name, say in OF_HERS.items()},
    **{name: Telling(Seen.PROGRAMME, say) for name, say in OF_PROGRAMMES.items()},
    "learning.lesson_completed.v1": Telling(
        Seen.LESSON,
        lambda event, names: _("Went through the lesson “%(lesson)s” of “%(course)s”.") % _lesson(event.lesson, names),
    ),
    "learning.question_answered.v1": Telling(
        Seen.LESSON,
        lambda event, names: _("Answered in the lesson “%(lesson)s” of “%(course)s”.") % _lesson(event.lesson, names),
    ),
    "learning.exam_submitted.v1": Telling(
        Seen.LESSON,
        lambda event, names: _("Handed in the exam “%(lesson)s” of “%(course)s”.") % _lesson(event.lesson, names),
    ),
    "learning.course_published.v1": Telling(
        Seen.COURSE,
        lambda event, names: (
            _("Version %(number)s of the course “%(course)s” was published.")
            % {"number": names.of("version", event.version, 1), "course": names.of("version", event.version)}
        ),
    ),
}


def sentence(line: Line, names: Names) -> str:
    """What an entry says."""
    telling = TELLINGS.get(line.kind)
    return telling.say(line.event, names) if telling else str(GONE)

"""What entries about eligibility say: rules that were changed, met otherwise or looked at again."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from trenza.portals.office.naming import Names
from trenza.portals.office.words import APPLICATION_STATES


def _said(event: Any, names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {"call": names.of("application", event.application)}
    if hasattr(event, "state"):
        found["state"] = APPLICATION_STATES.get(event.state, event.state)
    return found


def _fulfilled(event: Any, names: Names) -> str:
    said = _said(event, names)
    match event.how:
        case "tasks":
            return _("Did the tasks of the application to “%(call)s”. Then: %(state)s.") % said
        case "email":
            return _("Confirmed her e-mail address for “%(call)s”. Then: %(state)s.") % said
    return _("A condition of “%(call)s” counts as met, by decision of the team. Then: %(state)s.") % said


def _answered(event: Any, names: Names) -> str:
    said = _said(event, names)
    if event.upheld:
        return _("The application to “%(call)s” was looked at again: she was right. Then: %(state)s.") % said
    return _("The application to “%(call)s” was looked at again: it stays as it was.") % said


OF_JUDGEMENTS: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "admissions.rules_applied_anew.v1": lambda event, names: (
        _("The conditions of “%(call)s” changed, and the application was judged again. Then: %(state)s.")
        % _said(event, names)
    ),
    "admissions.rule_fulfilled.v1": _fulfilled,
    "admissions.fulfilment_undone.v1": lambda event, names: (
        _("A condition of “%(call)s” no longer counts as met by decision. Then: %(state)s.") % _said(event, names)
    ),
    "admissions.appeal_made.v1": lambda event, names: (
        _("Asked for a second look at the application to “%(call)s”.") % _said(event, names)
    ),
    "admissions.appeal_answered.v1": _answered,
    "admissions.notice_given.v1": lambda event, names: (
        _("Was told how the application to “%(call)s” stands.") % _said(event, names)
    ),
}
OF_RULES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "admissions.call_rules_changed.v1": lambda event, names: (
        _("The conditions of “%(call)s” changed: its applications are judged again.")
        % {"call": names.of("call", event.call)}
    ),
    "admissions.judging_continued.v1": lambda event, names: (
        _("A part of the applications to “%(call)s” was judged again.") % {"call": names.of("call", event.call)}
    ),
}

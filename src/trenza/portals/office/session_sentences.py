"""What entries about sessions and attendance say: whoever reads the session may read them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.sessions.api import MarkKind
from trenza.portals.office.naming import Names
from trenza.portals.office.words import Words

FIELDS: Final[Mapping[str, Words]] = {
    "title": gettext_lazy("title"),
    "place": gettext_lazy("place"),
    "centre": gettext_lazy("centre"),
    "partner": gettext_lazy("partner"),
    "time_zone": gettext_lazy("time zone"),
    "starts_at": gettext_lazy("day and hour"),
    "minutes": gettext_lazy("duration"),
    "capacity": gettext_lazy("number of places"),
}


def _about(words: Callable[[], str]) -> Callable[[Any, Names], str]:
    """A sentence that names the session alone; `words` is called when it is said, in the reader's language."""
    return lambda event, names: words() % _session(event, names)


def _session(event: Any, names: Names) -> dict[str, Any]:
    return {"session": names.of("session", event.session)}


def _changed(event: Any, names: Names) -> str:
    fields = get_text_list([str(FIELDS.get(each, each)) for each in event.fields], _("and"))
    return _("“%(session)s” was changed: %(fields)s.") % (_session(event, names) | {"fields": fields})


def _gives(event: Any, names: Names) -> str:
    if event.substitute:
        return _("Gives “%(session)s” in another's stead.") % _session(event, names)
    return _("Gives “%(session)s”.") % _session(event, names)


def _marked(event: Any, names: Names) -> str:
    said = {
        "present": _("Came to “%(session)s”."),
        "late": _("Came late to “%(session)s”."),
        "excused": _("Did not come to “%(session)s”, and had a reason."),
    }
    return said.get(event.mark, _("Did not come to “%(session)s”.")) % _session(event, names)


def _settled(event: Any, names: Names) -> str:
    marks: dict[str, Any] = dict(MarkKind.choices)
    said = _session(event, names) | {"mark": str(marks.get(event.mark, event.mark)).lower()}
    return _("What was marked for “%(session)s” did not agree. Settled: %(mark)s.") % said


SESSION: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "sessions.session_opened.v1": _about(lambda: _("“%(session)s” was put in the timetable.")),
    "sessions.session_changed.v1": _changed,
    "sessions.session_cancelled.v1": _about(lambda: _("“%(session)s” was cancelled.")),
    "sessions.trainer_added.v1": _gives,
    "sessions.trainer_removed.v1": _about(lambda: _("Gives “%(session)s” no more.")),
    "sessions.signed_up.v1": _about(lambda: _("Has a place in “%(session)s”.")),
    "sessions.sign_up_withdrawn.v1": _about(lambda: _("Gave back her place in “%(session)s”.")),
    "sessions.code_given.v1": _about(lambda: _("“%(session)s” has a new code for those who are there.")),
    "sessions.attendance_marked.v1": _marked,
    "sessions.attendance_settled.v1": _settled,
    "sessions.walk_in_captured.v1": _about(lambda: _("Came to “%(session)s” without being on the list.")),
    "sessions.walk_in_registered.v1": _about(lambda: _("Registered and enrolled after coming to “%(session)s”.")),
    "sessions.walk_in_refused.v1": _about(lambda: _("Could not be registered after coming to “%(session)s”.")),
}

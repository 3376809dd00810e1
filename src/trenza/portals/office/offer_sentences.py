"""What entries about offers, seats and what scholarships contain say in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from trenza.portals.office.naming import Names

Say = Callable[[Any, Names], str]


def _of(event: Any, names: Names) -> dict[str, Any]:
    return {"call": names.of("award", event.award)}


def _reached(event: Any, names: Names) -> str:
    if event.how == "seen":
        return _("She saw the offer of “%(call)s”.") % _of(event, names)
    if event.how == "told":
        return _("The team told her of the offer of “%(call)s”.") % _of(event, names)
    return _("The offer of “%(call)s” reached her.") % _of(event, names)


def _ended(event: Any, names: Names) -> str:
    if event.how == "expired":
        return _("The offer of “%(call)s” expired, and its seat is free.") % _of(event, names)
    if event.how == "withdrawn":
        return _("The team took the offer of “%(call)s” back.") % _of(event, names)
    return _("Left “%(call)s” before it began, and her seat is free.") % _of(event, names)


def _resumed(event: Any, names: Names) -> str:
    return _("Returned to “%(call)s”, and has a seat again.") % _of(event, names)


def _rejoined(event: Any, names: Names) -> str:
    called = {"call": names.of("application", event.application)}
    return _("Went to the end of the waiting list of “%(call)s”.") % called


def _seats(event: Any, names: Names) -> str:
    said = {
        "call": names.of("call", event.call),
        "before": _("no limit") if event.before is None else event.before,
        "after": _("no limit") if event.after is None else event.after,
    }
    if event.of == "region":
        where = said | {"region": names.of("region", event.region)}
        return _("Seats of “%(call)s” in %(region)s: before %(before)s, now %(after)s.") % where
    if event.of == "track":
        where = said | {"track": names.of("track", event.track)}
        return _("Seats of “%(call)s” in “%(track)s”: before %(before)s, now %(after)s.") % where
    if event.of == "reserve":
        return _("Seats of “%(call)s” kept for launches: before %(before)s, now %(after)s.") % said
    return _("Seats of “%(call)s” in total: before %(before)s, now %(after)s.") % said


def _moved(event: Any, names: Names) -> str:
    tracks = {"before": names.of("track_before", event.track_before), "track": names.of("track", event.track)}
    words = _("Her seat of “%(call)s” went from “%(before)s” to “%(track)s”.")
    return words % (_of(event, names) | tracks)


def _given(event: Any, names: Names) -> str:
    return _("Got “%(part)s”.") % {"part": names.of("part", event.part)}


def _not_given(event: Any, names: Names) -> str:
    return _("The mark that she got “%(part)s” was taken back.") % {"part": names.of("part", event.part)}


OF_AWARDS: Mapping[str, Say] = {
    "admissions.award_reached.v1": _reached,
    "admissions.award_ended.v1": _ended,
    "admissions.award_resumed.v1": _resumed,
    "admissions.award_moved.v1": _moved,
    "admissions.part_given.v1": _given,
    "admissions.part_not_given.v1": _not_given,
}
OF_APPLICATIONS: Mapping[str, Say] = {"admissions.waiting_list_rejoined.v1": _rejoined}
OF_CALLS: Mapping[str, Say] = {"admissions.seats_changed.v1": _seats}

"""Her sessions: what she gives these days, who came, who walked in, and the code on the wall. Forms alone, for every
browser; without a signal her phone does the same (`/telefono/lista/`)."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trenza.apps.accompaniment.api import how_many_to_call
from trenza.apps.programmes.api import NotOffered
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.portals.trainer.forms import MarksForm, SettleForm, WalkInForm
from trenza.portals.trainer.listing import MOST, alike_on_list, days_of, rows_of
from trenza.portals.trainer.planning import NewSessionForm, WhenForm, initial_of
from trenza.portals.trainer.training import training_of
from trenza.portals.trainer.viewer import viewer_of
from trenza.portals.trainer.views.one import again, keeper, kept_session


@keeper
@never_cache
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What she gives from yesterday to in two weeks, by day; then walk-ins that somebody has to see to, and how many
    women wait for a call, and her own training."""
    viewer = viewer_of(request)
    now = clock.now()
    context = {
        "now": now,
        "days": days_of(viewer, now),
        "walk_ins": sessions.walk_ins_to_see_to(viewer)[:50],
        "to_call": how_many_to_call(viewer),
        "training": training_of(viewer),
    }
    return render(request, "trainer/today.html", context)


@keeper
@never_cache
@require_safe
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    """One session: its list, what disagrees, who is added."""
    return _page(request, kept_session(request, session))


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a session into the timetable. Who opens it gives it."""
    viewer = viewer_of(request)
    form = NewSessionForm(request.POST if request.method == "POST" else None, viewer=viewer)
    if form.is_valid():
        try:
            opened = sessions.open_session(by=viewer, given_by=viewer, **form.wish())
        except NotAllowed:
            form.add_error("centre", _("Here you may only plan sessions of your own centre: choose it."))
        except NotOffered:
            form.add_error("of", _("That is not offered any more. Choose again."))
        else:
            return again(request, opened, _("It is in the timetable."), good=True)
    return render(request, "trainer/plan.html", {"form": form})


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, session: UUID) -> HttpResponse:
    """Change when and where it is, or cancel it."""
    found, viewer = kept_session(request, session), viewer_of(request)
    form = WhenForm(request.POST if request.method == "POST" else None, initial=initial_of(found))
    if form.is_valid():
        named = ("title", "place", "minutes", "capacity")
        changes = {name: form.cleaned_data[name] for name in named} | {"starts_at": form.starts_at(found.time_zone)}
        try:
            sessions.change_session(session=found, changes=changes, by=viewer)
        except sessions.TooFewPlaces:
            form.add_error("capacity", _("More women than that have a place already."))
        except sessions.SessionCancelled:
            return again(request, found, _("This session was cancelled."))
        else:
            return again(request, found, _("Changed."), good=True)
    return render(request, "trainer/plan.html", {"form": form, "session": found})


@keeper
@never_cache
@require_POST
def cancel(request: HttpRequest, session: UUID) -> HttpResponse:
    """It does not take place. A second tap does no harm."""
    found = kept_session(request, session)
    with suppress(sessions.SessionCancelled):
        sessions.cancel_session(session=found, by=viewer_of(request))
    return again(request, found, _("This session was cancelled."))


@keeper
@never_cache
@require_POST
def mark(request: HttpRequest, session: UUID) -> HttpResponse:
    """Take in the list as it was filled in. What is as it was makes nothing new."""
    found, viewer = kept_session(request, session), viewer_of(request)
    form = MarksForm(request.POST, rows=rows_of(found, viewer)[:MOST])
    if not form.is_valid():
        return _page(request, found, marks=form)
    try:
        count = sessions.mark_attendance(session=found, marks=form.said(), by=viewer)
    except sessions.NotExpected:
        return again(request, found, _("Somebody on the list is not in this session any more. Look at it again."))
    return again(request, found, _("Saved. New marks: %(count)s.") % {"count": count}, good=True)


@keeper
@never_cache
@require_POST
def settle(request: HttpRequest, session: UUID) -> HttpResponse:
    """Say which mark holds of a woman whose marks disagree."""
    found, viewer = kept_session(request, session), viewer_of(request)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return again(request, found, _("Choose which mark holds."))
    wish = form.cleaned_data
    try:
        sessions.settle_attendance(
            session=found, person=wish["person"], mark=wish["mark"], seen=wish["seen"], by=viewer
        )
    except sessions.HeadsMoved:
        return again(request, found, _("Somebody marked her again meanwhile. Look at what stands now."))
    return again(request, found, _("Settled. Both marks stay, and this one holds."), good=True)


@keeper
@never_cache
@require_POST
def add(request: HttpRequest, session: UUID) -> HttpResponse:
    """Write down somebody who walked in, and that she came. Where somebody of that name is on the list already, she is
    asked once whether it is she."""
    found, viewer = kept_session(request, session), viewer_of(request)
    form = WalkInForm(request.POST, session=found)
    if not form.is_valid():
        return _page(request, found, walk_in=form)
    if not request.POST.get("another") and (alike := alike_on_list(found, viewer, form.cleaned_data)):
        return _page(request, found, walk_in=form, alike=alike)
    made = sessions.capture_walk_in(session=found, mark="present", by=viewer, **form.cleaned_data)
    return again(request, found, _("%(name)s is on the list, and she came.") % {"name": made.given_name}, good=True)


@keeper
@never_cache
@require_POST
def code(request: HttpRequest, session: UUID) -> HttpResponse:
    """A new code for the wall."""
    found = kept_session(request, session)
    try:
        given = sessions.give_code(session=found, by=viewer_of(request))
    except sessions.SessionCancelled:
        return again(request, found, _("This session was cancelled."))
    return _page(request, found, code=f"{given[:3]} {given[3:]}")


def _page(request: HttpRequest, session: Session, **more: Any) -> HttpResponse:
    viewer = viewer_of(request)
    rows = rows_of(session, viewer)
    context = {
        "session": session,
        "rows": rows[:MOST],
        "left_out": max(len(rows) - MOST, 0),
        "figures": sessions.figures_of([each.standing for each in rows if each.standing]),
        "conflicts": [each for each in rows if each.conflict][:MOST],
        "marks": MarksForm(rows=rows[:MOST]),
        "cardless": session.walk_ins.filter(reason="card_not_free")[:MOST],
        "walk_in": WalkInForm(session=session),
        "trainers": session.trainers.filter(removed_at=None).select_related("person"),
        **more,
    }
    return render(request, "trainer/session.html", context)

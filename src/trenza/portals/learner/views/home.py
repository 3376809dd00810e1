"""Her own page: one thing to do first, and everything that is hers."""

from collections.abc import Collection
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.apps.admissions.api import Application, applications_of, note_all_seen, own_awards, plan_of
from trenza.apps.learning.api import Learning, learning_of
from trenza.apps.people.api import Permission, Person, is_bound, permissions_of, pin_state, was_asked
from trenza.apps.programmes.api import earned_follow_ons
from trenza.core.access import signed_in
from trenza.portals.learner import memory
from trenza.portals.learner.certificates import certificates_of, news_from_elsewhere
from trenza.portals.learner.herself import demonstration_of, herself
from trenza.portals.learner.views.awards import last_day
from trenza.portals.learner.words import APPLICATION_STATES, DATA_USE, OVER

First = Literal[
    "step", "award", "finished", "rest", "waiting", "help", "guardian", "completed", "application", "nothing"
]
"""What her page says before anything else."""


@signed_in
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What she does next, first and alone; below it her progress, applications, certificates and what she earned."""
    person = herself(request)
    return memory.answer(request, person, lambda: _page(request, person))


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    """All of it comes from rows whose changes the journal tells, and from the date (learner/memory.py)."""
    learning = learning_of(person)
    applications = [each for each in applications_of(person) if each.state not in OVER]
    awarded = offered(person, applications)
    scholarships = _scholarships(applications)
    context = {
        "person": person,
        "asks_consent": not was_asked(person, DATA_USE),
        # Who has opened her profile on this phone needs no invitation to have one.
        "her_pin": None if is_bound(request) else pin_state(person),
        "learning": learning,
        "teaches": Permission.SESSION_KEEP in (permitted := permissions_of(person)),
        "takes_down": Permission.APPLICATION_BRING in permitted and not settings.IS_HUB,
        "first": _first(learning, applications, awarded),
        "awarded": awarded,
        "needs_help": next((each for each in applications if each.state == Application.State.NEEDS_HELP), None),
        "waits": next((each for each in applications if each.state == Application.State.WAITING_GUARDIAN), None),
        "applications": [(each, APPLICATION_STATES[each.state]) for each in applications if each not in awarded],
        "certificates": certificates_of(person),
        "elsewhere": news_from_elsewhere(person),
        # What is offered or waits stands above.
        "earned": [each for each in earned_follow_ons(person) if each.follow_on_id not in scholarships],
        "plan": plan_of(person, learning.current[0].enrolment.edition) if learning.current else None,
    }
    editions = [*(path.enrolment.edition for path in learning.paths), *(each.call.edition for each in applications)]
    return render(request, "learner/home.html", context | demonstration_of(editions))


def offered(person: Person, applications: Collection[Application]) -> list[Application]:
    """Places that wait for her answer, each with its `last_day`. Her page shows them: from now on she knows, and where
    the call gives days to answer, they run."""
    awarded = [each for each in applications if each.state == Application.State.AWARDED]
    new = [each.award for each in awarded if each.award.reached_at is None]
    if new:
        note_all_seen(awards=new, by=person)
        known = {award.pk: award for award in own_awards.which(person).filter(pk__in=[each.pk for each in new])}
    for each in awarded:
        award: Any = each.award
        if award in new:
            award.expires_at = known[award.pk].expires_at
        vars(each)["last_day"] = last_day(award)
    return awarded


def _scholarships(applications: Collection[Application]) -> set[UUID]:
    return {each.call.follow_on_id for each in applications if each.call.follow_on_id}


def _first(learning: Learning, applications: Collection[Application], awarded: Collection[Application]) -> First:
    active = [path for path in learning.current if path.state == "active"]
    places = {module.where for path in active for module in path.modules}
    choices: list[tuple[First, bool]] = [
        ("step", learning.step is not None),
        ("award", bool(awarded)),
        ("finished", "finished" in places),
        ("waiting", bool(active)),
        ("rest", bool(learning.current)),
        ("help", any(each.state == Application.State.NEEDS_HELP for each in applications)),
        ("guardian", any(each.state == Application.State.WAITING_GUARDIAN for each in applications)),
        ("application", any(each.state != Application.State.NOT_ELIGIBLE for each in applications)),
        ("completed", any(path.state == "completed" for path in learning.past)),
    ]
    return next((what for what, holds in choices if holds), "nothing")

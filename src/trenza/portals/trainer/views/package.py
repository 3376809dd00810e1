"""The package of a session on paper, made anew each time that it is printed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trenza.apps.people.api import TooManyCards, standing_blank_cards
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session
from trenza.portals.field import paper
from trenza.portals.trainer.answers import answers_of
from trenza.portals.trainer.package import PackageForm, guides_of, handouts_of, names_of, plan_of, printed
from trenza.portals.trainer.viewer import viewer_of
from trenza.portals.trainer.views.one import again, keeper, kept_session


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, session: UUID) -> HttpResponse:
    """Ask how many cards, then the pages to print. The secrets of the cards stand there once and nowhere else."""
    found = kept_session(request, session)
    form = PackageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _to_print(request, found, form.cleaned_data)
        except TooManyCards:
            form.add_error("cards", _("Too many cards of this session wait already. Use those, or take them back."))
    standing = standing_blank_cards(found.pk).count()
    return render(request, "trainer/package.html", {"form": form, "session": found, "standing": standing})


@keeper
@never_cache
@require_POST
def revoke(request: HttpRequest, session: UUID) -> HttpResponse:
    """Take back the cards of this session that nobody has claimed: they were lost, or left lying about."""
    found = kept_session(request, session)
    count = sessions.revoke_cards(session=found, by=viewer_of(request))
    words = ngettext("%(n)s card works no more.", "%(n)s cards work no more.", count) % {"n": count}
    return again(request, found, words, good=True)


def _to_print(request: HttpRequest, session: Session, wanted: Mapping[str, Any]) -> HttpResponse:
    viewer = viewer_of(request)
    cards, plan = wanted["cards"] or 0, plan_of(session)
    made = sessions.print_cards(session=session, count=cards, by=viewer) if cards else []
    context = {
        "session": session,
        "trainers": session.trainers.filter(removed_at=None).select_related("person"),
        "plan": plan,
        "guides": guides_of(plan) if wanted["guides"] else (),
        "handouts": handouts_of(plan) if wanted["handouts"] else (),
        "answers": answers_of(each for part in plan for each in part.lessons) if wanted["answers"] else (),
        "names": names_of(session, viewer),
        "lines": range(wanted["lines"]),
        **paper.sheets([printed(each) for each in made]),
    }
    return render(request, "trainer/printed.html", context)

"""The draw of a call, for everybody: what was announced, what was done, and the file that repeats it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from trenza.apps.admissions.api import Call, Draw, draw_of, replay_of, rule_hash
from trenza.core.access import public
from trenza.portals.public.views.calls import call_or_404, card_of

FILE_SECONDS = 3_600


@public
@require_safe
def show(request: HttpRequest, programme: str, call: str) -> HttpResponse:
    """The rule and its hash, the source of the seed, the hash of the list, the seed and the result, as they come."""
    found, draw = _draw_or_404(programme, call)
    rule = draw.drawn_by_rule
    names = {region.code: region.name for region in found.regions.all()}
    filled = draw.filled or [None] * len(rule.groups)
    context: dict[str, Any] = {
        "call": found,
        "card": card_of(found),
        "draw": draw,
        "rule": rule,
        "rule_hash": rule_hash(rule),
        "regions": [(names.get(code, code), seats) for code, seats in rule.regions.items() if seats is not None],
        "groups": [(group["name"], group["seats"], n) for group, n in zip(draw.terms["groups"], filled, strict=True)],
        "list_closes_at": found.list_closes_at.astimezone(found.zone),
        "frozen_at": draw.frozen_at and draw.frozen_at.astimezone(found.zone),
        "drawn_at": draw.drawn_at and draw.drawn_at.astimezone(found.zone),
        "demonstration": found.edition.demonstration,
    }
    return render(request, "public/draw.html", context)


@public
@require_safe
def file(request: HttpRequest, programme: str, call: str) -> HttpResponseBase:
    """The replay file, once the places are drawn."""
    found, draw = _draw_or_404(programme, call)
    if draw.drawn_at is None:
        raise Http404
    answer = StreamingHttpResponse(replay_of(draw), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sorteo-{found.programme.code}-{found.code}.txt"'
    patch_cache_control(answer, public=True, max_age=FILE_SECONDS)
    return answer


def _draw_or_404(programme: str, call: str) -> tuple[Call, Draw]:
    found = call_or_404(programme, call)
    draw = draw_of(found)
    if draw is None:
        raise Http404
    return found, draw

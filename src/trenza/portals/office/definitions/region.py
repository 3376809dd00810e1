"""Opening a region: one form for what otherwise takes a region, its editions, its calls and their seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.programmes.api import DraftMoved, Edition
from trenza.core import clock
from trenza.core.definition import DefinitionErrors, render_in_words
from trenza.core.words import folded
from trenza.portals.office.definitions import inputs, places
from trenza.portals.office.definitions.base import EditingPage, posted_number
from trenza.portals.office.definitions.editing import moved
from trenza.portals.office.definitions.places import Data

MOST_SEATS = 10_000_000


class OpenRegion(EditingPage):
    """Name, where it lies, the editions and calls that it joins, its seats; then the preview, then it is public."""

    template_name = "office/definitions/region.html"
    title = gettext_lazy("Open a region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data, posted = self.working.data, self.request.POST
        past = set(
            Edition.objects.filter(programme=self.programme, ends_on__lt=clock.today("UTC")).values_list(
                "code", flat=True
            )
        )
        asked = bool(posted)
        editions = [
            {
                "code": code,
                "title": places.title_of(each),
                "is_past": code in past,
                "chosen": code in posted.getlist("edition") if asked else code not in past,
            }
            for each in places.tables(data.get("edition"))
            if isinstance(code := each.get("code"), str)
        ]
        calls = [
            {
                "code": code,
                "title": places.title_of(each),
                "edition": each.get("edition"),
                "everywhere": not each.get("regions"),
                "seats": each.get("seats"),
                "is_past": each.get("edition") in past,
                "seats_key": f"seats:{code}",
                "chosen": code in posted.getlist("call") if asked else False,
                "given": posted.get(f"seats:{code}", ""),
                "grows": bool(posted.get(f"grows:{code}")) if asked else True,
            }
            for each in places.tables(data.get("call"))
            if isinstance(code := each.get("code"), str)
        ]
        return super().get_context_data(
            editions=sorted(editions, key=lambda each: bool(each["is_past"])),
            calls=sorted(calls, key=lambda each: bool(each["is_past"])),
            subdivisions=inputs.subdivisions(inputs.countries_of(data)),
            name=posted.get("name", ""),
            iso=posted.get("iso", ""),
            code=posted.get("code", ""),
            wrong=kwargs.pop("wrong", {}),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write it into the draft and show the preview."""
        wrong = faults(self.working.data, request.POST)
        if wrong:
            return self.render_to_response(self.get_context_data(wrong=wrong))
        changed = with_region(self.working.data, request.POST)
        try:
            saved = self.working.save(changed, revision=posted_number(request, "revision"))
        except DraftMoved as error:
            messages.error(request, moved())
            self.working.draft = error.draft
            return self.render_to_response(self.get_context_data())
        except DefinitionErrors as error:
            messages.error(request, render_in_words(error.problems))
            return self.render_to_response(self.get_context_data())
        if saved.problems:
            messages.warning(request, _("It is saved in your draft. Look at what stands in red before you publish."))
        return redirect(reverse("office_definition_preview", args=[self.programme.pk]))


def faults(data: Data, posted: QueryDict) -> dict[str, str]:
    """What is missing or makes no sense, by field."""
    found: dict[str, str] = {}
    if not posted.get("name", "").strip():
        found["name"] = _("Write what the region is called.")
    iso = _iso(data, posted)
    if iso not in dict(inputs.subdivisions([iso[:2]])):
        found["iso"] = _("Choose where it lies from the list: a department such as BO-T, or a country such as GT.")
    if not _code(posted):
        if "name" not in found or posted.get("code", "").strip():
            found["code"] = _("Write a code: lower-case letters, digits and hyphens.")
    elif _code(posted) in {each.get("code") for each in places.tables(data.get("region"))}:
        found["code"] = _("A region of this code is open already.")
    if not posted.getlist("edition"):
        found["edition"] = _("Choose one edition at least.")
    calls = {each.get("code"): each for each in places.tables(data.get("call"))}
    for code in posted.getlist("call"):
        if code in calls and "edition" not in found and calls[code].get("edition") not in posted.getlist("edition"):
            found["call"] = _("“%(call)s” is of an edition that you did not choose.") % {
                "call": places.title_of(calls[code])
            }
        text = posted.get(f"seats:{code}", "").strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= MOST_SEATS):
            found[f"seats:{code}"] = _("Write a whole number, or leave it empty.")
    return found


def _iso(data: Data, posted: QueryDict) -> str:
    """Where it lies: the code as it was chosen, or that of the one whose name was written out."""
    written = posted.get("iso", "").strip()
    named = [code for code, name in inputs.subdivisions(inputs.countries_of(data)) if folded(name) == folded(written)]
    return named[0] if len(named) == 1 else written


def with_region(data: Data, posted: QueryDict) -> dict[str, Any]:
    """The definition with the region; faultless input only. A retired region of this code comes back."""
    code, iso = _code(posted), _iso(data, posted)
    region = {"code": code, "name": " ".join(posted.get("name", "").split())[:200], "iso": iso}
    editions = [
        _joined_edition(each, code, iso[:2]) if each.get("code") in posted.getlist("edition") else each
        for each in places.tables(data.get("edition"))
    ]
    calls = [
        _joined_call(each, code, posted) if each.get("code") in posted.getlist("call") else each
        for each in places.tables(data.get("call"))
    ]
    changed = {
        **data,
        "region": (*places.tables(data.get("region")), region),
        "edition": tuple(editions),
    }
    return {**changed, "call": tuple(calls)} if calls else changed


def _joined_edition(edition: Data, code: str, country: str) -> Mapping[str, Any]:
    return {
        **edition,
        "regions": _with(edition.get("regions"), code),
        "countries": _with(edition.get("countries"), country),
    }


def _joined_call(call: Data, code: str, posted: QueryDict) -> Mapping[str, Any]:
    joined = dict(call)
    if call.get("regions"):  # without, it runs in all of its edition
        joined["regions"] = _with(call["regions"], code)
    text = posted.get(f"seats:{call['code']}", "").strip()
    if text:
        joined["quota"] = (*places.tables(call.get("quota")), {"region": code, "seats": int(text)})
        if posted.get(f"grows:{call['code']}") and isinstance(call.get("seats"), int):
            joined["seats"] = call["seats"] + int(text)
    return joined


def _with(codes: Any, code: str) -> Sequence[str]:
    known = codes if isinstance(codes, tuple) else ()
    return known if code in known else (*known, code)


def _code(posted: QueryDict) -> str:
    """The code that she wrote, or one made of the name."""
    written = posted.get("code", "").strip()
    return slugify(written or posted.get("name", ""))[:60].strip("-_").replace("--", "-")

"""Editing: a section with its items, and a form for each item. Every form saves into her draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.programmes.api import DraftMoved, discard_draft
from trenza.core.definition import DefinitionErrors, Problem, all_sections, lists_of, name_of_item, render_in_words
from trenza.portals.office.definitions import inputs, places, words
from trenza.portals.office.definitions.base import EditingPage, posted_number
from trenza.portals.office.definitions.inputs import Asking
from trenza.portals.office.definitions.kinds import asked_of
from trenza.portals.office.definitions.places import Spot, path_of
from trenza.portals.office.definitions.reading import code_for, read_item

MOST_ITEMS = 500


class EditPage(EditingPage):
    """Where editing begins: every section, how many items it has, and what is wrong."""

    template_name = "office/definitions/edit.html"
    title = gettext_lazy("Edit")

    def between(self) -> Sequence[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data, problems = self.working.data, self.working.problems
        sections = [
            {
                "title": words.several(section.key),
                "purpose": words.PURPOSES.get(section.key, ""),
                "url": self.section_url(section.key, many=section.many),
                "count": len(places.tables(data.get(section.key))) if section.many else None,
                "problems": sum(problem.place[:1] == (section.key,) for problem in problems),
            }
            for section in all_sections()
        ]
        return super().get_context_data(sections=sections, problems=problems_with_links(self, problems), **kwargs)

    def section_url(self, key: str, *, many: bool) -> str:
        return reverse("office_definition_list" if many else "office_definition_item", args=[self.programme.pk, key])


class ListPage(EditingPage):
    """The items of a section, or of a list within an item: add, edit, order, take out."""

    template_name = "office/definitions/list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = places.find_list(self.working.data, kwargs["place"])
        if found is None:
            raise Http404
        self.place, self.items = found

    def get_page_title(self) -> str:
        return words.several(str(self.place[-1]))

    def between(self) -> Sequence[tuple[str, str]]:
        return [*super().between(), *crumbs(self, self.place[:-1])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = self.working.problems
        rows = [
            {
                "number": number,
                "title": places.title_of(table) or words.one(str(self.place[-1])),
                "code": table.get("code", ""),
                "url": item_url(self, (*self.place, number)),
                "problems": sum(p.place[: len(self.place) + 1] == (*self.place, number) for p in problems),
            }
            for number, table in enumerate(places.tables(tuple(self.items)))
        ]
        return super().get_context_data(
            rows=rows,
            one=words.one(str(self.place[-1])),
            purpose=words.PURPOSES.get(str(self.place[-1]), "") if len(self.place) == 1 else "",
            add_url=reverse("office_definition_item", args=[self.programme.pk, f"{path_of(self.place)}/{places.NEW}"]),
            most=MOST_ITEMS,
            takes_xlsform=self.place == ("form",),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Put an item one place up or down, or take it out."""
        number, act = posted_number(request, "number"), request.POST.get("act", "")
        here = request.get_full_path()
        if number >= len(self.items) or act not in ("up", "down", "remove"):
            return redirect(here)
        place = (*self.place, number)
        data = self.working.data
        changed = places.remove(data, place) if act == "remove" else places.move(data, place, -1 if act == "up" else 1)
        try:
            self.working.save(changed, revision=posted_number(request, "revision"))
        except DraftMoved:
            messages.error(request, moved())
        else:
            title = places.title_of(self.items[number]) or words.one(str(self.place[-1]))
            if act == "remove":
                messages.success(request, _("“%(title)s” is taken out of your draft.") % {"title": title})
        return redirect(here)


class ItemPage(EditingPage):
    """The form of one item, with what the checker says beside each field."""

    template_name = "office/definitions/item.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = places.find(self.working.data, kwargs["place"])
        if found is None:
            raise Http404
        self.spot: Spot = found
        self.was = name_of_item(found.model, found.table)
        self.problems: Sequence[Problem] = () if found.is_new else self.working.problems

    def get_page_title(self) -> str:
        return _("New: %(thing)s") % {"thing": self.spot.title} if self.spot.is_new else self.spot.title

    def between(self) -> Sequence[tuple[str, str]]:
        return [*super().between(), *crumbs(self, self.spot.list_place if self.spot.section.many else ())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asking = Asking(self.working.data, self.spot, self.problems, self.working.courses)
        lists = [
            {
                "title": words.several(key),
                "url": reverse("office_definition_list", args=[self.programme.pk, f"{path_of(self.spot.place)}/{key}"]),
                "items": [places.title_of(each) for each in places.tables(self.spot.table.get(key))],
            }
            for key in lists_of(self.spot.model)
            if not self.spot.is_new and key in {a.key for a in asked_of(self.spot.model) if a.kind == "list"}
        ]
        return super().get_context_data(
            inputs=inputs.inputs_of(asking),
            general=inputs.general_problems(asking),
            lists=lists,
            spot=self.spot,
            was=self.was,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save into the draft whatever was typed; go on where nothing is wrong with it, else stay."""
        spot, working = self.spot, self.working
        if not spot.is_new and request.POST.get("was", "") != name_of_item(spot.model, spot.table):
            messages.error(request, moved())
            return redirect(list_url(self, spot.list_place) if spot.section.many else edit_url(self))
        table = read_item(spot.model, spot.table, request.POST)
        if spot.is_new:
            _place, items = places.find_list(working.data, path_of(spot.list_place)) or ((), ())
            if len(items) >= MOST_ITEMS:
                messages.error(request, _("This list is full: it holds %(most)s items.") % {"most": MOST_ITEMS})
                return redirect(list_url(self, spot.list_place))
            table = places.ordered(code_for(table, spot.model, {str(each.get("code")) for each in items}), spot.model)
        if spot.section.key == "programme":
            table["code"] = working.latest.programme.code
        changed = places.put(working.data, spot.place, table)
        self.spot = Spot(spot.section, spot.place, spot.model, spot.key, table, spot.is_new)
        try:
            self.working = working.save(changed, revision=posted_number(request, "revision"))
        except DraftMoved as error:
            messages.error(request, moved())
            self.working.draft = error.draft
            return self.render_to_response(self.get_context_data())
        except DefinitionErrors as error:
            messages.error(request, render_in_words(error.problems))
            return self.render_to_response(self.get_context_data())
        return self.after_saving(request)

    def after_saving(self, request: HttpRequest) -> HttpResponse:
        """Where to go: to the list, or back to this item where something is wrong with it."""
        place = self.spot.place
        wrong = [problem for problem in self.working.problems if problem.place[: len(place)] == place]
        if wrong:
            messages.warning(request, _("It is saved in your draft. Look at what stands in red before you publish."))
            return redirect(item_url(self, place))
        messages.success(request, _("It is saved in your draft. Nobody else sees it until you publish."))
        return redirect(list_url(self, self.spot.list_place) if self.spot.section.many else edit_url(self))


class Discard(EditingPage):
    """Ask before a draft is thrown away."""

    template_name = "office/definitions/discard.html"
    title = gettext_lazy("Throw the draft away")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        discard_draft(programme=self.programme, by=self.viewer)
        messages.success(request, _("Your draft is gone. The definition is as it was published."))
        return redirect(reverse("office_programme", args=[self.programme.pk]))


def moved() -> str:
    """What she is told whose draft was saved elsewhere."""
    return _("Your draft was saved in another tab. Nothing was overwritten: look at it, and save again.")


def problems_with_links(page: EditingPage, problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """What is wrong in words, each with the form where it can be mended."""
    name = words.names_everywhere()
    return [(problem.in_words(name), mending_url(page, problem)) for problem in problems]


def mending_url(page: EditingPage, problem: Problem) -> str:
    """The form of the item that a problem is about."""
    place = problem.place
    while place:
        spot = places.find(page.working.data, path_of(place))
        if spot is not None:
            return item_url(page, spot.place)
        place = place[:-1]
    return edit_url(page)


def edit_url(page: EditingPage) -> str:
    """Where editing begins."""
    return reverse("office_definition", args=[page.programme.pk])


def item_url(page: EditingPage, place: Sequence[str | int]) -> str:
    """The form of an item."""
    return reverse("office_definition_item", args=[page.programme.pk, path_of(tuple(place))])


def list_url(page: EditingPage, place: Sequence[str | int]) -> str:
    """The page of a section, or of a list within an item."""
    return reverse("office_definition_list", args=[page.programme.pk, path_of(tuple(place))])


def crumbs(page: EditingPage, place: Sequence[str | int]) -> list[tuple[str, str]]:
    """The path to a place: lists and items by turns."""
    found = []
    for number in range(1, len(place) + 1):
        inner = tuple(place[:number])
        if isinstance(inner[-1], int):
            spot = places.find(page.working.data, path_of(inner))
            found.append((item_url(page, inner), spot.title if spot else ""))
        else:
            found.append((list_url(page, inner), words.several(inner[-1])))
    return found

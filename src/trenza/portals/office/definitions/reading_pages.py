"""Reading definitions: every programme, one by sections, its versions, what changed between two, the file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from pydantic import BaseModel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.programmes.api import (
    DefinitionVersion,
    Programme,
    draft_of,
    editable_definitions,
    latest_version,
    readable_definitions,
)
from trenza.core.definition import all_sections, lists_of
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import viewer_of
from trenza.portals.office.definitions import places, saying, words
from trenza.portals.office.definitions.base import DefinitionPage, who
from trenza.portals.office.definitions.kinds import asked_of
from trenza.portals.office.definitions.working import data_of

MOST_VERSIONS = 200


class Programmes(WagtailAdminTemplateMixin, TemplateView):
    """Every programme that she may read, with who changed its definition last. Three queries."""

    template_name = "office/definitions/programmes.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return _("Programmes")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        newest = DefinitionVersion.objects.filter(programme=OuterRef("pk")).order_by("-number").values("pk")[:1]
        programmes = list(readable_definitions.which(viewer).annotate(version=Subquery(newest)).order_by("name"))
        found = DefinitionVersion.objects.select_related("loaded_by").defer("source")
        versions = {each.pk: each for each in found.filter(pk__in=[each.version for each in programmes])}
        rows = [
            {"programme": each, "version": version, "who": who(version) if version else ""}
            for each in programmes
            for version in [versions.get(each.version)]
        ]
        context: dict[str, Any] = super().get_context_data(rows=rows, **kwargs)
        context["demonstration"] = demonstration_everywhere()
        return context


class ProgrammePage(DefinitionPage):
    """The definition that holds, by sections, its items in words."""

    template_name = "office/definitions/programme.html"

    def get_page_title(self) -> str:
        return str(self.programme.name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        path = [{"url": reverse("office_programmes"), "label": _("Programmes")}]
        return [*self.breadcrumbs_items, *path, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = latest_version(self.programme)
        may_edit = editable_definitions.allows(self.viewer, self.programme)
        return super().get_context_data(
            version=version,
            who=who(version) if version else "",
            sections=sections_in_words(data_of(version.source)) if version else [],
            notes=version.notes if version else [],
            may_edit=may_edit,
            draft=draft_of(self.programme, self.viewer) if may_edit else None,
            **kwargs,
        )


class Versions(DefinitionPage):
    """Every version, the newest first, and what changed between two."""

    template_name = "office/definitions/versions.html"
    title = gettext_lazy("Versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(
            self.programme.versions.select_related("loaded_by").defer("source").order_by("-number")[:MOST_VERSIONS]
        )
        numbers = [version.number for version in versions]
        newer = _number(self.request, "hasta", numbers[0] if numbers else 0, numbers)
        older = _number(self.request, "desde", max(newer - 1, 1), numbers)
        pair = {each.number: each for each in self.programme.versions.filter(number__in=[older, newer])}
        told = (
            saying.tell(data_of(pair[older].source), data_of(pair[newer].source))
            if older in pair and newer in pair
            else []
        )
        return super().get_context_data(
            versions=[(version, who(version)) for version in versions], older=older, newer=newer, told=told, **kwargs
        )


def download(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """A version as programme.toml: the bytes that `trenza programme export` writes."""
    programme: Programme = get_object_or_404(readable_definitions.which(viewer_of(request)), pk=pk)
    version = programme.versions.filter(number=number).first() if number < 2**31 else None
    if version is None:
        raise Http404
    response = HttpResponse(version.source.encode(), content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="programme.toml"'
    return response


def sections_in_words(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every section with its items, for people to read."""
    found = []
    for section in all_sections():
        value = data.get(section.key, () if section.many else {})
        tables = places.tables(value) if section.many else [value]
        found.append(
            {
                "key": section.key,
                "title": words.several(section.key),
                "purpose": words.PURPOSES.get(section.key, ""),
                "many": section.many,
                "one": words.one(section.key),
                "items": [item_in_words(section.model, table) for table in tables],
            }
        )
    return found


def item_in_words(model: type[BaseModel], table: Mapping[str, Any]) -> dict[str, Any]:
    """An item: what people call it, and its facts."""
    title = places.title_of(table)
    facts = [
        (words.label_of_field(asked.field, asked.key), saying.value_shown(asked, table[asked.key]))
        for asked in asked_of(model)
        if asked.key in table and asked.key not in ("name", "title", "label") and asked.kind not in ("list", "rows")
    ]
    lists = [
        (words.several(key), [_line(inner, each) for each in places.tables(table[key])])
        for key, inner in lists_of(model).items()
        if table.get(key)
    ]
    return {"title": title, "facts": facts, "lists": lists}


def _line(model: type[BaseModel], table: Mapping[str, Any]) -> str:
    """An item within an item, on a line."""
    title = places.title_of(table)
    numbers = [f"{words.label_of_field(a.field, a.key)}: {table[a.key]}" for a in asked_of(model) if a.key == "seats"]
    return ", ".join([title, *numbers])


def _number(request: HttpRequest, name: str, otherwise: int, known: list[int]) -> int:
    text = request.GET.get(name, "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
    return number if number in known else otherwise

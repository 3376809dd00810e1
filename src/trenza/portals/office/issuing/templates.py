"""What certificates say: every template with its words of now, and who holds words of before."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trenza.apps.credentials.api import (
    CredentialTemplate,
    IssuingRun,
    followed_programmes,
    issuing_programmes,
    left_of,
    old_words,
    outdated_by_template,
    waiting_for_keys,
)
from trenza.apps.people.api import Permission, Person
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.definitions.words import value_in_words
from trenza.portals.office.detail import Detail
from trenza.portals.office.issuing.runs import start
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.words import Words

_GIVEN_FOR: Final = ("wording", "programme", "track", "module", "workshop")


def given_for(template: CredentialTemplate) -> str:
    """What one does for it, by its name."""
    if template.workshop is not None:
        return template.workshop.name
    if template.track is not None:
        return f"{template.track.name} · {template.module.name}" if template.module else template.track.name
    key, value = ("level", template.level) if template.level else ("role", template.role)
    return str(value_in_words(key, value))


class TemplatesPage(OfficePage):
    """Every certificate of the programmes that she follows as a whole. Five queries."""

    template_name = "office/issuing/templates.html"
    header_icon = "success"

    def get_page_title(self) -> str:
        return _("Issuing certificates")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        programmes = followed_programmes.which(viewer)
        outdated = outdated_by_template(programmes)
        found = CredentialTemplate.objects.current().filter(programme__in=programmes)
        rows = [
            (each, given_for(each), outdated.get(each.pk, 0))
            for each in found.select_related(*_GIVEN_FOR).order_by("programme__name", "position")
        ]
        followed = {each.programme_id for each, _what, _n in rows}
        return super().get_context_data(
            rows=rows,
            unsigned=[each for each in waiting_for_keys() if each.programme.pk in followed],
            runs=IssuingRun.objects.filter(programme__in=programmes, state=IssuingRun.State.RUNNING),
            may_issue=may(self.request, Permission.CREDENTIAL_ISSUE),
            reads_keys=may(self.request, Permission.CREDENTIAL_REVOKE),
            **kwargs,
        )


class TemplatePage(Detail):
    """One certificate: its words, the words of before that some hold, and what is still to be issued."""

    template_name = "office/issuing/template.html"
    header_icon = "success"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super(Detail, self).setup(request, *args, **kwargs)
        self.viewer = viewer_of(request)
        self.object = _found(self.viewer, kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.object.wording.title)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_templates"), "label": _("Issuing certificates")}

    def is_synthetic(self) -> bool:
        return demonstration_everywhere()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        template: CredentialTemplate = self.object
        missing, unsigned = left_of(template)
        return super().get_context_data(
            words=list(words_of(template.wording)),
            old=[(each, list(side_by_side(each.wording, template.wording))) for each in old_words(template)],
            missing=missing,
            unsigned=unsigned,
            may_issue=issuing_programmes.allows(self.viewer, template.programme),
            **kwargs,
        )


@require_POST
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have what is missing of this certificate issued, or issue it anew to who holds words of before."""
    viewer = viewer_of(request)
    template = _found(viewer, pk)
    if not issuing_programmes.allows(viewer, template.programme):
        raise Http404
    kind = IssuingRun.Kind.WORDS if request.POST.get("kind") == "words" else IssuingRun.Kind.MISSING
    return start(
        request, programme=template.programme, kind=kind, template=template, back=reverse("office_template", args=[pk])
    )


def words_of(wording: Any) -> Any:
    """What a certificate says, as labels and words, in the order of the paper."""
    named: list[tuple[Words, Any]] = [
        (_("Title"), wording.title),
        (_("Text"), wording.text),
        (_("Criteria"), wording.criteria),
        (_("Academic hours"), wording.hours),
        (_("Skills"), "\n".join(wording.skills)),
        (_("Skills in frameworks"), "\n".join(f"{each['framework']} {each['code']}: {each['name']}"
                                              for each in wording.alignments)),
        (_("Programme"), wording.programme_name),
        (_("Who organises"), "\n".join(wording.those_who("organiser"))),
        (_("Who endorses"), "\n".join(wording.those_who("endorser"))),
    ]  # fmt: skip
    return [(label, words or "") for label, words in named]


def side_by_side(old: Any, new: Any) -> Any:
    """Label, words of before, words of now, and whether they differ."""
    for (label, before), (_label, now) in zip(words_of(old), words_of(new), strict=True):
        if before or now:
            yield label, before, now, before != now


def _found(viewer: Person, pk: UUID) -> CredentialTemplate:
    rows = CredentialTemplate.objects.filter(programme__in=followed_programmes.which(viewer))
    found = rows.select_related("wording", "programme", "track").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

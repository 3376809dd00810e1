"""Issuing to many: how far it is, to whom it could not issue and why; started, stopped, gone on with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.credentials.api import (
    CredentialTemplate,
    IssuingRun,
    issuing_programmes,
    missing_letters,
    readable_runs,
    resume_issuing,
    start_issuing,
    stop_issuing,
)
from trenza.apps.people.api import Permission, Person, read_person
from trenza.apps.programmes.api import Edition, Programme
from trenza.core import clock
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.words import ISSUING_FAILURES, ISSUING_KINDS, ISSUING_STATES, refusal

AT_ONCE: Final = 50
STILL: Final = timedelta(minutes=3)
"""A portion takes less than a second: after so long without one something keeps it."""
RELATED: Final = ("programme", "edition", "template__wording", "started_by", "ended_by")


class RunsPage(OfficePage):
    """What was issued to many, the latest first."""

    template_name = "office/issuing/runs.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("Issuing to many")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_templates"), "label": _("Issuing certificates")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = readable_runs.which(viewer_of(self.request)).select_related(*RELATED)
        page = Paginator(rows, AT_ONCE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            rows=[(each, ISSUING_KINDS[each.kind], ISSUING_STATES[each.state]) for each in page],
            may_issue=may(self.request, Permission.CREDENTIAL_ISSUE),
            **kwargs,
        )


class RunForm(forms.Form):
    """What is issued, and where."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is issued"), choices=list(ISSUING_KINDS.items()), initial="missing",
        widget=forms.RadioSelect,
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Where"))

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {each.pk: each for each in issuing_programmes.which(viewer).order_by("name")}
        editions = Edition.objects.current().filter(programme__in=self.programmes)
        self.editions = {each.pk: each for each in editions.order_by("-starts_on")}
        choices: list[tuple[str, Any]] = []
        for programme in self.programmes.values():
            whole = _("The whole programme %(name)s") % {"name": programme.name}
            ours = [(str(pk), each.name) for pk, each in self.editions.items() if each.programme_id == programme.pk]
            choices.append((programme.name, [(str(programme.pk), whole), *ours]))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def where(self) -> tuple[Programme, Edition | None]:
        """The programme, and the edition if one was chosen."""
        key = UUID(self.cleaned_data["place"])
        edition = self.editions.get(key)
        return self.programmes[edition.programme_id if edition else key], edition


class NewRunPage(OfficePage):
    """Start one."""

    template_name = "office/issuing/run_new.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("Issue to many")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_runs"), "label": _("Issuing to many")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", RunForm(viewer_of(self.request)))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start it, and show how far it is."""
        form = RunForm(viewer_of(request), request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        programme, edition = form.where
        kind = IssuingRun.Kind(form.cleaned_data["kind"])
        return start(request, programme=programme, edition=edition, kind=kind, back=reverse("office_run_new"))


class RunPage(Detail):
    """How far one is. Without JavaScript the page is loaded again by itself."""

    rule = readable_runs
    related = RELATED
    template_name = "office/issuing/run.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return str(ISSUING_KINDS[self.object.kind])

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_runs"), "label": _("Issuing to many")}

    def is_synthetic(self) -> bool:
        return bool(self.object.edition and self.object.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run: IssuingRun = self.object
        failures = run.failures.select_related("enrolment__person", "template__wording").order_by("id")
        page = Paginator(failures, AT_ONCE).get_page(self.request.GET.get("p"))
        read = read_person.which(self.viewer).filter(pk__in=[each.enrolment.person_id for each in page])
        hers = set(read.values_list("pk", flat=True))
        return super().get_context_data(
            state=ISSUING_STATES[run.state],
            runs=run.state == IssuingRun.State.RUNNING,
            is_still=run.state == IssuingRun.State.RUNNING and clock.now() - run.moved_at > STILL,
            left=max(run.total - run.seen, 0),
            # What came meanwhile is done too: the bar never runs over.
            most=max(run.total, run.seen, 1),
            failures=[(each, each.enrolment.person_id in hers, *_why(each)) for each in page],
            page=page,
            may_issue=issuing_programmes.allows(self.viewer, run.programme),
            **kwargs,
        )


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop it after the portion that is being done."""
    return _carry_out(request, pk, stop_issuing, _("It stopped. What was issued stays."))


@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with it."""
    return _carry_out(request, pk, resume_issuing, _("It goes on."))


def start(
    request: HttpRequest,
    *,
    programme: Programme,
    kind: IssuingRun.Kind,
    back: str,
    edition: Edition | None = None,
    template: CredentialTemplate | None = None,
) -> HttpResponse:
    """Start one and show it, or say why not."""
    try:
        run = start_issuing(programme=programme, kind=kind, edition=edition, template=template, by=viewer_of(request))
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, str(refusal(error)))
        return redirect(back)
    return redirect("office_run", pk=run.pk)


def _carry_out(request: HttpRequest, pk: UUID, act: Callable[..., object], sentence: str) -> HttpResponse:
    viewer = viewer_of(request)
    run = found(readable_runs, viewer, pk, "programme")
    if not issuing_programmes.allows(viewer, run.programme):
        raise Http404

    def done() -> str:
        act(run=run, by=viewer)
        return sentence

    return carry_out(request, done, back=reverse("office_run", args=[pk]))


def _why(failure: Any) -> tuple[Any, str]:
    """Why nothing was issued to her, and the letters that are in no font."""
    return ISSUING_FAILURES[failure.reason], missing_letters(failure.enrolment.person.name_on_certificate)

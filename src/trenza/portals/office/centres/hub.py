"""The hub of a centre: the code with which one is paired, how it stands, and what it brings and takes by hand."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from trenza.apps.places.api import Centre, decide_held, keep_hub, open_hub_pairing, revoke_hub
from trenza.apps.sync import api as sync
from trenza.core.errors import DomainError
from trenza.portals.office.access import viewer_of
from trenza.portals.office.centres.base import FormUnderCentre
from trenza.portals.office.detail import carry_out, found
from trenza.portals.office.naming import people_named
from trenza.portals.office.words import Words, refusal

LARGEST_FILE: Final = 5_000_000
"""Bytes; some half a million entries."""
HELD: Final[Mapping[str, Words]] = {
    "not_on_roster": gettext_lazy("She is not of the centre any more, or was not yet."),
    "names_what_is_missing": gettext_lazy("It belongs to something that waits itself. Let that count first."),
    "hub_revoked": gettext_lazy("It came after the hub had lost its access."),
    "to_be_confirmed": gettext_lazy("An exam that she handed in at the centre. Ask who was there, and confirm it."),
}
_STRANGE: Final = gettext_lazy("Somebody must look at it.")


class PairingForm(forms.Form):
    """What the hub is called; to begin with as its centre."""

    name = forms.CharField(
        label=gettext_lazy("Name of the hub"), max_length=80,
        help_text=gettext_lazy("For example that of the centre. It is shown on the hub and here."),
    )  # fmt: skip

    def __init__(self, centre: Centre, *data: Any) -> None:
        super().__init__(*data)
        self.fields["name"].initial = centre.name


class FileForm(forms.Form):
    """What a hub wrote into a file."""

    file = forms.FileField(label=gettext_lazy("The file of the hub"), max_length=200)

    def clean_file(self) -> bytes:
        """Its content; a larger one would not be the hub's."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_FILE:
            raise forms.ValidationError(
                _(
                    "This file is larger than a page takes (5 MB). Whoever looks after the server brings it in with "
                    "“trenza hub import”."
                )
            )
        content: bytes = sent.read()
        return content


class HubPage(FormUnderCentre):
    """How the hub stands; or a code, for a centre that has none."""

    rule = keep_hub
    template_name = "office/centres/hub.html"
    header_icon = "mobile-alt"
    button = gettext_lazy("Give a code")

    def get_page_title(self) -> str:
        return _("Hub of the centre")

    def form(self, *data: Any) -> PairingForm:
        return PairingForm(self.object, *data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hubs = sync.hubs_of(self.object.pk)
        standing = next((hub for hub in hubs if hub.revoked_at is None), None)
        held = [each for hub in hubs for each in self._held(hub)]
        context = {
            "hub": standing,
            "earlier": [hub for hub in hubs if hub is not standing],
            "held": held,
            "file": FileForm(),
        }
        return super().get_context_data(**{**context, **kwargs})

    def _held(self, hub: sync.Hub) -> list[tuple[sync.Hub, sync.Held, str, Words]]:
        rows = sync.held_of(hub)
        names = people_named({each.person for each in rows if each.person}, self.viewer)
        return [
            (
                hub,
                each,
                names.get(each.person, _("somebody")) if each.person else _("nobody in particular"),
                HELD.get(each.reason, _STRANGE),
            )
            for each in rows
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A code, shown this once."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            code = open_hub_pairing(centre=self.object, name=form.cleaned_data["name"], by=self.viewer)
        except DomainError as error:
            messages.error(request, str(refusal(error)))
            return redirect(_page(self.object.pk))
        response = self.render_to_response(
            self.get_context_data(form=form, code=f"{code[:5]}-{code[5:]}", address=settings.PUBLIC_URL)
        )
        response.headers["Cache-Control"] = "no-store"
        return response


@require_POST
def revoke(request: HttpRequest, pk: UUID, hub: UUID) -> HttpResponse:
    """Take its access away."""
    viewer = viewer_of(request)
    row = _hub(request, pk, hub)

    def act() -> str:
        revoke_hub(hub=row, by=viewer)
        return _("The hub has no access any more. If it was stolen, ask the women of the centre to choose another PIN.")

    return carry_out(request, act, back=_page(pk))


@require_POST
def decide(request: HttpRequest, pk: UUID, hub: UUID) -> HttpResponse:
    """Let what waits count, or leave it out."""
    viewer = viewer_of(request)
    row = _hub(request, pk, hub)
    decision = request.POST.get("decision")
    if decision not in ("count", "discard"):
        raise Http404
    try:
        person = UUID(request.POST["person"]) if request.POST.get("person") else None
    except ValueError:
        raise Http404 from None
    reason = request.POST.get("reason", "").replace("\0", "")[:60]

    def act() -> str:
        n = decide_held(hub=row, person=person, reason=reason, counts=decision == "count", by=viewer)
        if n == 0 and any((each.person, each.reason) == (person, reason) for each in sync.held_of(row)):
            return _("Nothing counts yet: what it belongs to waits itself. Let that count first.")
        if decision == "count":
            return ngettext("%(n)s entry counts now.", "%(n)s entries count now.", n) % {"n": n}
        return ngettext("%(n)s entry is left out.", "%(n)s entries are left out.", n) % {"n": n}

    return carry_out(request, act, back=_page(pk))


@require_POST
def bring(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in a file that somebody brought from the hub."""
    centre = found(keep_hub, viewer_of(request), pk)
    form = FileForm(request.POST, request.FILES)

    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["file"])))
        return redirect(_page(pk))

    def act() -> str:
        n = sync.import_from_hub(form.cleaned_data["file"], centre=centre.pk).messages
        return ngettext("The file was taken in: %(n)s message.", "The file was taken in: %(n)s messages.", n) % {"n": n}

    return carry_out(request, act, back=_page(pk))


@require_POST
def take(request: HttpRequest, pk: UUID, hub: UUID) -> HttpResponse:
    """A file for the hub, for whoever goes there. It is locked for the hub alone."""
    row = _hub(request, pk, hub)
    response = HttpResponse(sync.export_for_hub(hub=row), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = 'attachment; filename="down.trzh"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _hub(request: HttpRequest, pk: UUID, hub: UUID) -> sync.Hub:
    centre: Centre = found(keep_hub, viewer_of(request), pk)
    row = next((each for each in sync.hubs_of(centre.pk) if each.pk == hub), None)
    if row is None:
        raise Http404
    return row


def _page(pk: UUID) -> str:
    return reverse("office_centre_hub", args=[pk])

"""How one person comes in: her PIN, her cards, the phones that have a profile of hers; for whoever helps her."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trenza.apps.people.api import (
    cards_of,
    devices_of,
    give_start_pin,
    has_pin,
    helped_with_phones,
    make_card,
    pin_must_change,
    read_person,
    revocable_cards,
    revocable_devices,
    revoke_card,
    revoke_device,
)
from trenza.core import clock
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office import printed_cards
from trenza.portals.office.access import viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.words import refusal


class EntryPage(Detail):
    """Her ways to come in. Neither a PIN nor a card's code can be read again: another one is given."""

    rule = helped_with_phones
    template_name = "office/entry.html"
    header_icon = "key"

    def get_page_title(self) -> str:
        return _("How %(name)s comes in") % {"name": self.object.name}

    def list_crumb(self) -> dict[str, Any]:
        if read_person.allows(self.viewer, self.object):
            return {"url": reverse("office_person", args=[self.object.pk]), "label": self.object.name}
        return {"url": reverse("office_enrolments"), "label": _("Enrolments")}

    def is_synthetic(self) -> bool:
        return bool(self.object.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = clock.now().date()
        return super().get_context_data(
            has_pin=has_pin(self.object),
            start_pin=pin_must_change(self.object),
            cards=[(each, each.works_on(today)) for each in cards_of(self.object)],
            devices=devices_of(self.object),
            **kwargs,
        )


@require_POST
def new_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a card and show it, this once."""
    viewer = viewer_of(request)
    person = found(helped_with_phones, viewer, pk)
    back = reverse("office_entry", args=[pk])
    try:
        new = make_card(person=person, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, str(refusal(error)))
        return redirect(back)
    return printed_cards.sheets(request, [(person, new)], back=back)


@require_POST
def new_pin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give her a PIN to start with and show it, this once."""
    viewer = viewer_of(request)
    person = found(helped_with_phones, viewer, pk)
    try:
        pin = give_start_pin(person=person, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    context = {"pin": f"{pin[:3]} {pin[3:]}", "person": person, "back": reverse("office_entry", args=[pk])}
    return render(request, "office/start_pin.html", context)


@require_POST
def end_card(request: HttpRequest, pk: UUID, card: UUID) -> HttpResponse:
    """Take a card back."""
    viewer = viewer_of(request)
    found(helped_with_phones, viewer, pk)
    hers = get_object_or_404(revocable_cards.which(viewer), pk=card, person=pk)

    def act() -> str:
        revoke_card(card=hers, by=viewer)
        return _("The card no longer works, and whoever came in with it is out.")

    return carry_out(request, act, back=reverse("office_entry", args=[pk]))


@require_POST
def end_device(request: HttpRequest, pk: UUID, device: UUID) -> HttpResponse:
    """Take the access of a profile away."""
    viewer = viewer_of(request)
    found(helped_with_phones, viewer, pk)
    hers = get_object_or_404(revocable_devices.which(viewer), pk=device, person=pk)

    def act() -> str:
        revoke_device(device=hers, by=viewer)
        return _("That phone has no access any more. What it still hands in is kept until somebody has looked at it.")

    return carry_out(request, act, back=reverse("office_entry", args=[pk]))

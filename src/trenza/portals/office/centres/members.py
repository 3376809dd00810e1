"""Who comes to a centre: its hub knows them, and its team helps them."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from trenza.apps.people.api import Person
from trenza.apps.places.api import add_members, end_membership, keep_centre, kept_members, members_of
from trenza.apps.programmes.api import Edition, Enrolment, visible_enrolments
from trenza.core import clock
from trenza.portals.office.access import viewer_of
from trenza.portals.office.centres.base import FormUnderCentre
from trenza.portals.office.centres.guests import GuestField, found_guests, looked_for
from trenza.portals.office.detail import carry_out, found

SHOWN: Final = 200
MOST_AT_ONCE: Final = 500


class EditionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """An edition by its programme and name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.programme.name} · {obj.name}"


class MemberForm(forms.Form):
    """Somebody by name, or whoever is enrolled in an edition in the region of the centre."""

    edition = EditionField(
        Edition.objects.none(),
        label=gettext_lazy("Everybody of the centre's region who is enrolled in"),
        required=False,
        empty_label=gettext_lazy("Nobody: only the one whom I looked for"),
    )

    def __init__(self, viewer: Person, *data: Any) -> None:
        super().__init__(*data)
        self.fields = {"person": GuestField(viewer, required=False), **self.fields}
        editions = Edition.objects.filter(retired_at=None, ends_on__gte=clock.now().date())
        editions = editions.filter(pk__in=visible_enrolments.which(viewer).order_by().values("edition"))
        self.fields["edition"].queryset = editions.select_related("programme")  # type: ignore[attr-defined]  # ours

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and (given["person"] is None) == (given["edition"] is None):
            self.add_error(None, _("Choose somebody whom you looked for, or an edition: one of both."))
        return given


class MembersPage(FormUnderCentre):
    """Add people to a centre; below it who comes there."""

    template_name = "office/centres/members.html"
    button = gettext_lazy("Add to the centre")
    lead = gettext_lazy(
        "Who comes here. The hub of the centre knows these people: they come in there with their card and PIN."
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.words = looked_for(request)

    def get_page_title(self) -> str:
        return _("People of the centre")

    def form(self, *data: Any) -> MemberForm:
        return MemberForm(self.viewer, *data)

    def is_synthetic(self) -> bool:
        return any(each.person.synthetic for each in self.shown) or any(each.synthetic for each in self.guests)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.guests = found_guests(self.request, self.words)
        members = members_of(self.object)
        self.shown, count = list(members[:SHOWN]), members.count()
        return super().get_context_data(
            words=self.words,
            guests=self.guests,
            members=self.shown,
            count=count,
            hidden=count - len(self.shown),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add them, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            person, edition = form.cleaned_data["person"], form.cleaned_data["edition"]
            people = [person] if person else self._enrolled(edition)
            added = add_members(centre=self.object, persons=people, by=self.viewer)
            sentence = ngettext("%(n)s person was added.", "%(n)s people were added.", added) % {"n": added}
            if len(people) == MOST_AT_ONCE:
                sentence += " " + _("There may be more: add them once again.")
            return sentence

        return self.answer(form, act, to=reverse("office_centre_members", args=[self.object.pk]))

    def _enrolled(self, edition: Edition) -> list[Person]:
        """Whom she may see, of that edition and the centre's region, and who is not in the list; a portion of them."""
        enrolments = visible_enrolments.which(self.viewer).filter(edition=edition, state=Enrolment.State.ACTIVE)
        if self.object.region:
            enrolments = enrolments.filter(region__code=self.object.region)
        there = members_of(self.object).order_by().values("person")
        people = Person.objects.filter(pk__in=enrolments.order_by().values("person")).exclude(pk__in=there)
        return list(people.order_by("pk")[:MOST_AT_ONCE])


@require_POST
def end(request: HttpRequest, pk: UUID, member: UUID) -> HttpResponse:
    """She does not come there any more."""
    viewer = viewer_of(request)
    found(keep_centre, viewer, pk)
    row = get_object_or_404(kept_members.which(viewer).select_related("person"), pk=member, centre=pk)

    def act() -> str:
        end_membership(member=row, by=viewer)
        return _("%(name)s is not in the list any more.") % {"name": row.person.name}

    return carry_out(request, act, back=reverse("office_centre_members", args=[pk]))

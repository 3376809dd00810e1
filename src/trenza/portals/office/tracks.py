"""Tracks of a call that has several: what she wishes for, where her place is, and that the team changes it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.admissions.api import (
    Application,
    Award,
    Wish,
    change_track_of,
    reachable_awards,
    tracks_to_change_to,
    wished_by,
)
from trenza.apps.programmes.api import Track
from trenza.portals.office.awards import AwardPage
from trenza.portals.office.detail import carry_out


def add_wishes(applications: Sequence[Any]) -> None:
    """Give each of these rows its wishes in words. One query, none where no call among them has several tracks."""
    asking = [each.pk for each in applications if each.call.has_several_tracks]
    names: dict[UUID, list[str]] = {}
    if asking:
        wishes = Wish.objects.filter(application__in=asking).order_by("application", "rank")
        for application, name in wishes.values_list("application", "track__name"):
            names.setdefault(application, []).append(name)
    for each in applications:
        each.wished = " › ".join(names.get(each.pk, []))


def wished(application: Any) -> str:
    """Her wishes, the best first, where `add_wishes` has looked them up."""
    return str(getattr(application, "wished", ""))


def place(application: Application) -> str:
    """The track in which she was given a place."""
    award: Award | None = getattr(application, "award", None)
    return award.track.name if award else ""


class WishForm(forms.Form):
    """In which of her wishes she is given a place."""

    track = forms.ChoiceField(label=gettext_lazy("In which track"), required=False)

    def __init__(self, data: Any, application: Application) -> None:
        super().__init__(data)
        self.tracks = {str(track.pk): track for track in wished_by(application)}
        best = ("", _("Her best wish that is free"))
        named = [(key, track.name) for key, track in self.tracks.items()]
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [best, *named]

    @property
    def chosen(self) -> Track | None:
        """What was chosen; None is her best wish."""
        return self.tracks.get(self.cleaned_data["track"])


class ChangeTrackForm(forms.Form):
    """Where to, and why."""

    track = forms.ChoiceField(label=gettext_lazy("To which track"))
    reason = forms.CharField(
        label=gettext_lazy("Why? The team reads it; she does not, unless she asks for her data"),
        min_length=4,
        max_length=500,
        strip=True,
    )

    def __init__(self, data: Any, award: Award) -> None:
        super().__init__(data)
        found = tracks_to_change_to(award)
        self.tracks = {str(track.pk): track for track, _left in found}
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(track.pk), _with_seats(track, left)) for track, left in found]


class ChangeTrackPage(AwardPage):
    """Change her track: asked for with a reason."""

    rule = reachable_awards
    template_name = "office/award_track.html"

    def get_page_title(self) -> str:
        return _("Change her track")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_award_page", args=[self.object.pk]), "label": self.object.person.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ChangeTrackForm(None, self.object))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Change it, for the reason that was written."""
        form = ChangeTrackForm(request.POST, self.object)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        track = form.tracks[form.cleaned_data["track"]]

        def act() -> str:
            change_track_of(award=self.object, track=track, reason=form.cleaned_data["reason"], by=self.viewer)
            words = _("%(name)s goes on in “%(track)s”. What both tracks ask is kept, and her seat goes to the next.")
            return words % {"name": self.object.person.name, "track": track.name}

        return carry_out(request, act, back=reverse("office_award_page", args=[pk]))


def _with_seats(track: Track, left: int | None) -> str:
    if left is None:
        return track.name
    return ngettext("%(track)s (%(n)s seat free)", "%(track)s (%(n)s seats free)", left) % {
        "track": track.name,
        "n": left,
    }

"""The training of trainers: who is in it within the viewer's scope, and how who coordinates enrols one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.people.api import Permission, Person
from trenza.apps.programmes.api import (
    AlreadyEnrolled,
    Edition,
    Enrolment,
    Module,
    Region,
    Track,
    editions_to_train_in,
    enrol_trainer,
    may_train,
    module_states_of,
    training_enrolments,
)
from trenza.core import clock
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.detail import carry_out
from trenza.portals.office.roles import OfficePage, about, called
from trenza.portals.office.words import ENROLMENT_STATES, Words

AT_ONCE = 50


@dataclass(frozen=True)
class Row:
    """A trainer in training: how far she is, and what waits for somebody to confirm it."""

    enrolment: Enrolment
    state: Words
    met: int
    modules: int
    waits_for: str


class TrainingPage(OfficePage):
    """Who is being trained to teach, the newest first. Participants are in the list of enrolments too."""

    template_name = "office/training.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("Training of trainers")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_team"), "label": _("Team")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        enrolments = training_enrolments.which(viewer)
        found = enrolments.select_related("person", "track", "edition__programme", "region")
        page = Paginator(found.order_by("-enrolled_at", "-pk"), AT_ONCE).get_page(self.request.GET.get("p"))
        rows = rows_of(list(page))
        return super().get_context_data(
            page=page,
            rows=rows,
            completed=enrolments.filter(state=Enrolment.State.COMPLETED).count(),
            may_enrol=may(self.request, Permission.ROLE_GRANT) and editions_to_train_in.which(viewer).exists(),
            demonstration=demonstration_everywhere() or any(row.enrolment.person.synthetic for row in rows),
            **kwargs,
        )


def rows_of(enrolments: Sequence[Enrolment]) -> list[Row]:
    """Four queries for all of them."""
    states, today = module_states_of(enrolments), clock.today("UTC")
    return [
        Row(
            each,
            ENROLMENT_STATES[each.state_on(today)],
            sum(state.met_at is not None for state in states[each.pk]),
            len(states[each.pk]),
            next(
                (
                    state.module.name
                    for state in states[each.pk]
                    if not state.met_at and state.unlocked and state.module.requirement_kind == Module.Kind.CONFIRMED
                ),
                "",
            ),
        )
        for each in enrolments
    ]


class TrainerForm(forms.Form):
    """Who, in which track, and where she teaches: only what the viewer may give."""

    email = forms.EmailField(
        label=gettext_lazy("Her e-mail address"),
        max_length=254,
        help_text=gettext_lazy("The one with which she signs in, or will sign in."),
    )
    given_name = forms.CharField(label=gettext_lazy("Her name"), max_length=120)
    family_name = forms.CharField(
        label=gettext_lazy("Her family name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Used only if she has no account yet. Whoever has one keeps the name that she gave."),
    )
    training = forms.ChoiceField(label=gettext_lazy("Her training"))
    region = forms.ChoiceField(label=gettext_lazy("Where she teaches"), required=False)

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.editions = {each.pk: each for each in _editions(viewer)}
        self.fields["training"].choices = list(self._trainings())  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["region"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Nowhere in particular")), *self._regions()
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if {"training", "region"} <= given.keys():
            edition, _track, region = self.chosen()
            if region is not None and not any(each.pk == region.pk for each in edition.regions.all()):
                self.add_error("region", _("This training is not given there. Choose another place."))
            elif not may_train(self.viewer, edition, region):
                self.add_error("region", _("Choose a region of yours: beyond it you enrol nobody."))
        return given

    def chosen(self) -> tuple[Edition, Track, Region | None]:
        """What was chosen, as rows."""
        edition_key, _colon, track_key = self.cleaned_data["training"].partition(":")
        edition = self.editions[UUID(edition_key)]
        track = next(each for each in edition.tracks.all() if str(each.pk) == track_key)
        key = self.cleaned_data["region"]
        return edition, track, Region.objects.current().get(pk=key) if key else None

    def _trainings(self) -> Iterator[tuple[str, str]]:
        training = set(Track.objects.of_trainers().current().values_list("pk", flat=True))
        for edition in self.editions.values():
            for track in edition.tracks.all():
                if track.pk in training:
                    yield f"{edition.pk}:{track.pk}", f"{edition.programme.name} · {track.name} · {edition.name}"

    def _regions(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Those where she may enrol, by programme, each once."""
        seen: dict[str, dict[str, str]] = {}
        for edition in self.editions.values():
            for region in edition.regions.all():
                if region.retired_at is None and may_train(self.viewer, edition, region):
                    seen.setdefault(edition.programme.name, {})[str(region.pk)] = region.name
        for name, regions in seen.items():
            yield name, list(regions.items())


def _editions(viewer: Person) -> QuerySet[Edition]:
    rows = editions_to_train_in.which(viewer).filter(ends_on__gte=clock.today("UTC"))
    return rows.select_related("programme").prefetch_related("tracks", "regions").order_by("programme", "-starts_on")


class NewTrainingPage(OfficePage):
    """Enrol a trainer: a form, then what it means in words, then it is done."""

    template_name = "office/training_new.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("Enrol a trainer in her training")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_training"), "label": _("Training of trainers")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            viewer = viewer_of(self.request)
            kwargs["form"] = TrainerForm(viewer, initial=about(self.request.GET.get("persona", ""), viewer))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what it means; with `confirm`, do it."""
        viewer = viewer_of(request)
        form = TrainerForm(viewer, request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        given = form.cleaned_data
        edition, track, region = form.chosen()
        if "confirm" not in request.POST:
            said = {"name": called(given["email"], viewer), "track": track.name, "programme": edition.programme.name}
            return self.render_to_response(
                self.get_context_data(form=form, said=_("%(name)s will be in “%(track)s” of %(programme)s.") % said)
            )

        def act() -> str:
            names = {"track": track.name, "email": given["email"]}
            try:
                enrolled = enrol_trainer(
                    email=given["email"], given_name=given["given_name"], family_name=given["family_name"],
                    edition=edition, track=track, region=region, by=viewer,
                )  # fmt: skip
            except AlreadyEnrolled as error:
                return _("%(name)s is in “%(track)s” already; nothing was changed.") % {
                    "name": error.enrolment.person.name, **names,
                }  # fmt: skip
            return _("%(name)s is in “%(track)s”. Tell her that she finds it when she signs in with %(email)s.") % {
                "name": enrolled.person.name, **names,
            }  # fmt: skip

        return carry_out(request, act, back=reverse("office_training"))

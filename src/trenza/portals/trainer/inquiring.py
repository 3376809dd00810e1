"""The form with which a trainer asks the team."""

from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from trenza.apps.accompaniment.api import LONGEST_TEXT, Category
from trenza.apps.people.api import Person
from trenza.apps.places.api import read_centre
from trenza.apps.sessions.api import Session, timetable
from trenza.core import clock
from trenza.portals.trainer.planning import MOST_CENTRES, editions_of

AROUND: Final = timedelta(days=14)
MOST_SESSIONS: Final = 50


class LookForm(forms.Form):
    """What she needs help with, in her words: first to look whether it was answered before."""

    text = forms.CharField(
        label=_("What do you need help with?"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Say in a few words what you need help with.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what you did and what you saw. Write no names of women: the team finds them by the session."),
    )


class InquiryForm(LookForm):
    """The whole question: what it is about, and where."""

    category = forms.ChoiceField(
        label=_("What it is about"),
        choices=[("", _("Choose one")), *Category.choices],
        error_messages={"required": _("Choose what it is about.")},
    )
    edition = forms.ChoiceField(label=_("Of which programme"))
    session = forms.ChoiceField(label=_("Of which session"), required=False)
    centre = forms.ChoiceField(label=_("Centre"), required=False)

    def __init__(self, *args: Any, viewer: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._editions = {each.pk.hex: each for each in editions_of(viewer)}
        now = clock.now()
        held = timetable(viewer, since=now - AROUND, until=now + AROUND).order_by("-starts_at", "-id")
        self._sessions: dict[str, Session] = {each.pk.hex: each for each in held[:MOST_SESSIONS]}
        centres = read_centre.which(viewer).filter(closed_at=None).order_by("name")
        self._choose("edition", {key: f"{each.programme.name}, {each.name}" for key, each in self._editions.items()})
        self._offer("session", _("No session"), {key: _named(each) for key, each in self._sessions.items()})
        self._offer("centre", _("No centre"), {each.pk.hex: each.name for each in centres[:MOST_CENTRES]})
        if len(self._editions) == 1:
            self.fields["edition"].widget = forms.HiddenInput()
            self.fields["edition"].initial = next(iter(self._editions))

    def _offer(self, name: str, none: Any, choices: dict[str, Any]) -> None:
        """A choice that may be left; where there is nothing to choose it is not asked."""
        if choices:
            self._choose(name, {"": none} | choices)
        else:
            del self.fields[name]

    def _choose(self, name: str, choices: dict[str, Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices.items())

    def clean(self) -> dict[str, Any]:
        """Where no edition of hers runs, she is told what to do."""
        if not self._editions:
            self.errors.pop("edition", None)
            self.add_error(None, _("No edition of yours runs now. Call the team."))
        return super().clean() or {}

    def wish(self) -> dict[str, Any]:
        """What `make_inquiry` takes. A session says of which edition it is."""
        data = self.cleaned_data
        session = self._sessions.get(data.get("session", ""))
        return {
            "edition": session.edition if session else self._editions[data["edition"]],
            "category": data["category"],
            "text": data["text"],
            "session": session,
            "centre": UUID(data["centre"]) if data.get("centre") else None,
        }


def _named(session: Session) -> str:
    """By its day where it is held."""
    return f"{date_format(session.starts_at.astimezone(ZoneInfo(session.time_zone)), 'MONTH_DAY_FORMAT')} · {session}"

"""What she may fill in on her own pages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trenza.apps.programmes.api import ExternalCourse, Track
from trenza.portals.learner.certificates import missing_letters
from trenza.portals.learner.words import WITHDRAWAL_REASONS

RESTS: Final = (7, 14, 30, 90)
CODE_LENGTH: Final = 6
MOST_FILE_BYTES: Final = 5 * 1024 * 1024
"""Days for which she may rest, to choose from; she may rest again, and return before."""


class DataForm(forms.Form):
    """Her name, as we call her and as it is printed, and her language."""

    given_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write at least one name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Your family name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    certificate_name = forms.CharField(
        label=_("Your name on certificates"),
        max_length=200,
        required=False,
        help_text=_("As you want it printed. If you leave it empty, we print the names above."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("The language of these pages"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """Names on one line, and a name to print that every certificate can show."""
        data = super().clean() or self.cleaned_data
        names = ("given_name", "family_name", "certificate_name")
        data.update({name: " ".join(data[name].split()) for name in names if name in data})
        printed = data.get("certificate_name") or f"{data.get('given_name', '')} {data.get('family_name', '')}".strip()
        if letters := missing_letters(printed):
            self.add_error(
                "certificate_name",
                gettext("We cannot print this: %(letters)s. Write your name here with other letters.")
                % {"letters": " ".join(letters)},
            )
        return data


class ChangeTrackForm(forms.Form):
    """The track to which she changes: one that has a place."""

    track = forms.ChoiceField(
        label=_("Which course do you want?"),
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose a course."),
            "invalid_choice": _("There is no place in that course now. Choose another one."),
        },
    )

    def __init__(self, data: Any = None, *, tracks: Sequence[Track]) -> None:
        super().__init__(data)
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, f"{each.name}. {each.summary}" if each.summary else each.name) for each in tracks]


class ElsewhereForm(forms.Form):
    """A certificate of a course elsewhere: of which one, and the file."""

    course = forms.ChoiceField(
        label=_("Of which course is it?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose the course."), "invalid_choice": _("Choose one of these courses.")},
    )
    file = forms.FileField(
        label=_("Your certificate"),
        max_length=200,
        help_text=_("A PDF, a clear photo (JPEG or PNG) or a digital badge, of up to 5 MB."),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg,.json"}),
        error_messages={
            "required": _("Choose the file or take the photo."),
            "invalid": _("Choose the file or take the photo."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )

    def __init__(self, courses: Sequence[ExternalCourse], *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["course"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.title) for each in courses]
        if len(courses) == 1:
            field.initial = courses[0].code

    def clean_file(self) -> Any:
        """Looked at before a byte of it is read."""
        given = self.cleaned_data["file"]
        if given.size > MOST_FILE_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than 5 MB. Take a photo of the certificate, and send that.")
            )
        return given


class RestForm(forms.Form):
    """Until when she rests."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [today + timedelta(days) for days in RESTS]
        self.fields["until"] = forms.TypedChoiceField(
            label=_("Until when?"),
            choices=[(day.isoformat(), _until(day, today)) for day in days],
            coerce=date.fromisoformat,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose until when you want to rest.")},
        )


class LeaveForm(forms.Form):
    """Why she stops, as far as she wants to say."""

    reason = forms.ChoiceField(
        label=_("Do you want to tell us why?"),
        help_text=_("It helps us to do better. Only the team sees it."),
        choices=list(WITHDRAWAL_REASONS.items()),
        initial="not_said",
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> str:
        """No answer is an answer."""
        return self.cleaned_data["reason"] or "not_said"


def _until(day: date, today: date) -> str:
    weeks = (day - today).days // 7
    if weeks < 4:
        length = ngettext("One week", "%(weeks)s weeks", weeks) % {"weeks": weeks}
    else:
        months = (day - today).days // 30
        length = ngettext("One month", "%(months)s months", months) % {"months": months}
    return gettext("%(length)s, until %(day)s") % {"length": length, "day": date_format(day)}


class CheckInForm(forms.Form):
    """The six digits on the wall; spaces do not matter."""

    code = forms.CharField(
        label=_("The code on the wall"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """The digits alone."""
        digits = "".join(str(self.cleaned_data["code"]).split())
        if not (digits.isascii() and digits.isdigit() and len(digits) == CODE_LENGTH):
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class PlanForm(forms.Form):
    """Her plan for studying, in three lines."""

    moments = forms.CharField(
        label=_("When do you study?"),
        help_text=_("Which days and at what time, as your week allows."),
        max_length=300,
        error_messages={"required": _("Write when: one day and one hour are enough to begin.")},
    )
    place = forms.CharField(label=_("Where?"), max_length=300, required=False)
    helper = forms.CharField(
        label=_("Who helps you with the children or the house meanwhile?"), max_length=300, required=False
    )

"""What a trainer fills in."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import is_free, read_number
from trenza.apps.sessions.api import Said, Session
from trenza.portals.field.phone_page import AGE_BANDS
from trenza.portals.trainer.listing import Row
from trenza.portals.trainer.reading import MOST_BYTES, MOST_FILES
from trenza.portals.trainer.words import MARKS, REASONS

UNMARKED: Final = "none"


class SeveralFiles(forms.ClearableFileInput):
    """An input for more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the value is their list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Sequence["UploadedFile[Any]"]:
        """Raises ValidationError for none, too many, or one that is too large."""
        one_by_one = super().clean
        files = [one_by_one(each, initial) for each in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                gettext("Choose %(most)s files at most; take the rest in afterwards.") % {"most": MOST_FILES}
            )
        if any(each.size > MOST_BYTES for each in files):
            raise forms.ValidationError(gettext("One of them is too large. A photo of a code needs no more than 8 MB."))
        return files


class TakeInForm(forms.Form):
    """Files of sealed records, or photos of their codes."""

    uploads = FilesField(
        label=_("Files, or photos of the codes"),
        help_text=_("Several at once, if you like."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file or a photo.")},
        widget=SeveralFiles(attrs={"accept": ".trz,image/*", "data-part": "files"}),
    )


class MarkField(forms.ChoiceField):
    """A choice that stands at `UNMARKED` until somebody chooses: it is never left out, and nothing sent means that."""

    def clean(self, value: Any) -> Any:
        """The choice."""
        return super().clean(value or UNMARKED)


class MarksForm(forms.Form):
    """Who came: a choice for each woman of a list. `rows` are its women (listing.Row)."""

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        excused = [(f"excused:{code}", words) for code, words in REASONS.items()]
        plain = [(code, words) for code, words in MARKS.items() if code != "excused"]
        for row in rows:
            self.fields[row.person.hex] = MarkField(
                label=row.name or _("Somebody whose data were erased"),
                choices=[
                    (UNMARKED, _("Not marked yet")),
                    *plain,
                    (MARKS["excused"], [("excused", MARKS["excused"]), *excused]),
                ],
                initial=row.choice or UNMARKED,
            )
        self.fields["others"] = MarkField(
            label=_("Those who are not marked yet"),
            choices=[(UNMARKED, _("Stay as they are")), ("present", MARKS["present"]), ("absent", MARKS["absent"])],
        )

    def said(self) -> dict[UUID, Said]:
        """What to mark of each woman; of who was left out, nothing."""
        marks = dict(self.cleaned_data)
        others = marks.pop("others")
        chosen = {name: others if mark == UNMARKED else mark for name, mark in marks.items()}
        return {UUID(name): Said(*mark.split(":", 1)) for name, mark in chosen.items() if mark != UNMARKED}


class SettleForm(forms.Form):
    """Which mark holds; `seen` names the heads that stood on the page."""

    person = forms.UUIDField()
    mark = forms.ChoiceField(choices=list(MARKS.items()))
    seen = forms.RegexField(r"^[0-9a-f]{32}:[0-9]{1,16}( [0-9a-f]{32}:[0-9]{1,16}){0,199}$")

    def clean_seen(self) -> list[tuple[UUID, int]]:
        """As pairs of device and sequence."""
        pairs = (each.split(":") for each in self.cleaned_data["seen"].split(" "))
        return [(UUID(device), int(sequence)) for device, sequence in pairs]


class WalkInForm(forms.Form):
    """Somebody whom nobody had written down."""

    given_name = forms.CharField(label=_("Her name"), max_length=80)
    family_name = forms.CharField(label=_("Her family name"), max_length=80, required=False)
    region = forms.ChoiceField(label=_("Her region"), required=False)
    age_band = forms.ChoiceField(
        label=_("Her age"), required=False, choices=[("", _("She did not say")), *AGE_BANDS.items()]
    )

    card = forms.CharField(
        label=_("The number of the card that you gave her"),
        help_text=_("Eight digits, on the card. Leave it empty if she has none."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_card(self) -> str:
        """The number as it is kept, of a card that may be given."""
        typed = self.cleaned_data["card"]
        number = read_number(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("That is not the number of a card. Look at each digit again."))
        # A hub knows no cards that are nobody's: its cell says what becomes of this one.
        if number and not settings.IS_HUB and not is_free(number):
            raise forms.ValidationError(_("This card is somebody else's, or works no more. Give her another."))
        return number

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = session.edition.regions.values_list("code", "name")
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("She did not say")), *regions]

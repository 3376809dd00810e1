"""What she fills in about her certificates: the name on them, and what others see."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trenza.apps.credentials.api import (
    ADDRESS,
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    MOST_EVIDENCE,
    Disclosure,
    Evidence,
    missing_letters,
)

NUMBERS: Final = range(1, MOST_EVIDENCE + 1)


class NameForm(forms.Form):
    """Her name as it should stand on her certificates."""

    name = forms.CharField(
        label=_("Your name on certificates"),
        max_length=200,
        help_text=_("Exactly as you want it printed, with its accents and capitals."),
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """On one line, with letters, all of which can be printed."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if letters := missing_letters(name):
            said = gettext("We cannot print this: %(letters)s. Write your name here with other letters.")
            raise forms.ValidationError(said % {"letters": " ".join(letters)})
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(gettext("Write your name with letters."))
        return name


class DisclosureForm(forms.Form):
    """What others see of one certificate."""

    name = forms.ChoiceField(
        label=_("Your name on its page"),
        choices=[(Disclosure.Name.FULL, _("My whole name")), (Disclosure.Name.INITIALS, _("Only my initials"))],
        widget=forms.RadioSelect,
        help_text=_("Whoever has the link or reads the code sees it. The paper always bears your whole name."),
    )
    identity = forms.ChoiceField(
        label=_("Your name in the file for machines"),
        choices=[
            (Disclosure.Identity.PLAIN, _("Written out")),
            (Disclosure.Identity.HASHED, _("Closed: who knows your name can check that it is yours")),
        ],
        widget=forms.RadioSelect,
        help_text=_("If its page shows only your initials, the file has your name closed too."),
    )
    listed = forms.BooleanField(
        label=_("Show it on my page with my certificates"),
        required=False,
        help_text=_("It counts while that page is open. You open and close it under “My certificates”."),
    )
    evidence_shown = forms.BooleanField(
        label=_("I agree that others see these links"),
        required=False,
        help_text=_("Without this nobody sees them. They stand on its page and in the file for machines."),
    )

    def __init__(self, data: Any = None, *, chosen: Disclosure) -> None:
        fields = ("name", "identity", "listed", "evidence_shown")
        initial: dict[str, Any] = {field: getattr(chosen, field) for field in fields}
        for number, each in enumerate(chosen.evidence, start=1):
            initial |= {f"label_{number}": each["name"], f"url_{number}": each["url"]}
        super().__init__(data, initial=initial)
        for number in NUMBERS:
            self.fields[f"label_{number}"] = forms.CharField(
                label=gettext("Link %(number)s: what it shows") % {"number": number},
                max_length=LONGEST_LABEL,
                required=False,
                help_text=_("Work of yours that you want to show: your shop, a page, a video.") if number == 1 else "",
            )
            self.fields[f"url_{number}"] = forms.CharField(
                label=gettext("Link %(number)s: its address") % {"number": number},
                max_length=LONGEST_ADDRESS,
                required=False,
                widget=forms.URLInput(attrs={"placeholder": "https://"}),
            )
        self.order_fields(["name", "identity", "listed", *self._links(), "evidence_shown"])

    def clean(self) -> dict[str, Any]:
        """Each link has both, an address of the web that begins with https://, and what it is."""
        data = super().clean() or self.cleaned_data
        found = []
        for number in NUMBERS:
            label, url = (str(data.get(f"{part}_{number}") or "").strip() for part in ("label", "url"))
            if not label and not url:
                continue
            if not label or not label.isprintable():
                self.add_error(f"label_{number}", gettext("Write in a few words what the link shows."))
            if not ADDRESS.fullmatch(url) or not url.isprintable():
                self.add_error(f"url_{number}", gettext("Write a whole address. It begins with https://."))
            found.append(Evidence(" ".join(label.split()), url))
        if data.get("evidence_shown") and not found:
            self.add_error("evidence_shown", gettext("There is no link yet: write one, or leave this empty."))
        return {**data, "evidence": found}

    @staticmethod
    def _links() -> list[str]:
        return [f"{part}_{number}" for number in NUMBERS for part in ("label", "url")]

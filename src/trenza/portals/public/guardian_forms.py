"""What a minor writes about the adult who looks after her: as little as lets the team speak with that adult."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trenza.portals.public.forms import ConsentForm
from trenza.portals.public.names import tidy_name

# Said to her; the office has words of its own.
RELATIONS: tuple[tuple[str, str | Promise], ...] = (
    ("mother", _("My mother")),
    ("father", _("My father")),
    ("grandparent", _("My grandmother or grandfather")),
    ("sibling", _("My sister or brother, who is of age")),
    ("legal_guardian", _("My legal guardian")),
    ("other", _("Another adult who looks after me")),
)
_PHONE = re.compile(r"\+?[0-9 ().-]{6,30}")


class GuardianForm(forms.Form):
    """Who looks after her, and how the team reaches that adult."""

    name = forms.CharField(
        label=_("What is the adult's name?"),
        max_length=200,
        error_messages={"required": _("Write the adult's name.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    relation = forms.ChoiceField(
        label=_("Who is it?"),
        choices=RELATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
    )
    email = forms.EmailField(
        label=_("The adult's e-mail address"),
        help_text=_("We send there a link to a page with a yes and a no. It must not be your own address."),
        max_length=254,
        required=False,
        error_messages={
            "invalid": _("That is not a whole e-mail address. It has an @ in the middle, like rosa@example.org.")
        },
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("The adult's phone number"),
        help_text=_("The team calls there. It may be the phone that you share."),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "type": "tel", "inputmode": "tel"}),
    )

    def clean_name(self) -> str:
        """On one line, with a letter in it."""
        name = tidy_name(self.cleaned_data["name"])
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Write the adult's name."))
        return name

    def clean_phone(self) -> str:
        """Digits, and what one writes between them."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not (_PHONE.fullmatch(phone) and sum(letter.isdigit() for letter in phone) >= 6):
            raise ValidationError(_("Write the number with digits, such as 55 1234 5678."))
        return phone

    def clean(self) -> dict[str, Any]:
        """One way to reach the adult."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("phone", gettext("Write an e-mail address or a phone number: one of the two is enough."))
        return cleaned


class FirstGuardianForm(GuardianForm):
    """The adult of a girl of whom nothing may be kept before: the link is the only way, so an address is needed."""

    def __init__(self, *args: Any, her_address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._her_address = her_address
        del self.fields["phone"]
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = _("Write the adult's e-mail address: the link goes there.")
        self.fields["consent"] = ConsentForm.base_fields["consent"]

    def clean(self) -> dict[str, Any]:
        """Nobody says yes for herself."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        if cleaned.get("email", "").casefold() == self._her_address.casefold():
            self.add_error("email", _("This is your own address. Write the adult's."))
        return cleaned

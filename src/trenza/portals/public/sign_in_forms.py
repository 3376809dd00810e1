"""Forms of sign-in: where the code goes to, who she is, her PIN, her card."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trenza.apps.messaging.api import can_send
from trenza.apps.people.api import COUNTRIES, USUAL, Account, calling_code, is_shared, normal_phone
from trenza.portals.field.countries import country_name

_BROKEN_EMAIL: Final = _("That is not a whole e-mail address. It has an @ in the middle, like rosa@example.org.")
WEAK_PIN: Final[dict[str, Any]] = {
    "digits": _("A PIN has 4 to 8 numbers, without letters."),
    "easy": _("Anybody guesses that PIN. Choose another one, not all alike and not in a row."),
    "birthday": _("Your birthday is easy to guess. Choose another PIN."),
}


class _SharedForm(forms.Form):
    """The first step of coming in says where she sits. On a hub most sit at its computers, unless it is a phone."""

    shared = forms.BooleanField(
        label=_("This computer is for everybody"),
        help_text=_(
            "Tick it where others use this computer too: you are signed out after 10 minutes without use, and nothing "
            "of yours stays here."
        ),
        required=False,
    )


def starts_shared(request: HttpRequest) -> bool:
    """Whether the box is ticked before she has said anything."""
    return is_shared(request) or (settings.IS_HUB and "Mobi" not in request.headers.get("User-Agent", ""))


class AddressForm(_SharedForm):
    """Where the code is to be sent: an e-mail address, or a phone number where this installation can write to phones.

    What was written is understood in `cleaned_data`: one of `email` and `phone`, the other is blank.
    """

    # Named so since there were e-mail addresses only: what phones and password managers remember goes by the name.
    email = forms.CharField(
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    country = forms.ChoiceField(
        label=_("Country of the phone"),
        help_text=_("Only if you write a phone number."),
        required=False,
        error_messages={"invalid_choice": _("Choose a country of the list.")},
    )

    field_order = ("email", "country", "shared")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["email"]
        if can_send():
            field.label = _("Your e-mail address or your phone number")
            field.help_text = _("The one that you gave when you applied or signed up.")
            field.error_messages["required"] = _("Write your e-mail address or your phone number.")
            countries: Any = self.fields["country"]
            countries.choices = sorted(
                ((code, f"{country_name(code)} ({calling_code(code)})") for code in COUNTRIES), key=lambda pair: pair[1]
            )
            countries.initial = USUAL
            # Always filled on our page: it need not say that she may leave it. Who sends none means the usual one.
            countries.required = not self.is_bound or "country" in self.data
        else:
            field.label = _("Your e-mail address")
            field.help_text = _("The one that you gave when you applied or signed up.")
            field.error_messages["required"] = _("Write your e-mail address.")
            field.widget.input_type = "email"
            del self.fields["country"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        written, phone = cleaned.get("email"), None
        if written and "@" not in written and can_send():
            phone = normal_phone(written, cleaned.get("country") or USUAL)
            if phone is None:
                self.add_error(
                    "email",
                    _(
                        "We do not understand this. Write your whole phone number and choose its country, or your "
                        "e-mail address with the @ in the middle."
                    ),
                )
        elif written:
            try:
                validate_email(written)
            except ValidationError:
                self.add_error("email", _BROKEN_EMAIL)
        return {**cleaned, "email": "" if phone else written, "phone": phone or ""}


def _pin_field(label: Any, help_text: Any = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        error_messages={"required": _("Write your PIN.")},
        widget=forms.PasswordInput({"inputmode": "numeric", "size": 10, **attrs}),
    )


class PinForm(forms.Form):
    """The PIN that she has."""

    pin = _pin_field(_("Your PIN"), autocomplete="off", autofocus=True)


class NewPinForm(forms.Form):
    """A PIN that she chooses, twice, for she does not see what she types."""

    pin = _pin_field(
        _("Choose a PIN"),
        _("4 to 8 numbers that you remember and that nobody in your house guesses."),
        autocomplete="new-password",
        autofocus=True,
    )
    again = _pin_field(_("The same PIN again"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("pin") and cleaned.get("again") and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("The two PINs are not alike. Write it again."))
        return cleaned


class ClaimForm(NewPinForm):
    """Who she is, as she said it at the door, and the PIN that she chooses."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
    )
    field_order = ("name", "pin", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["pin"].widget.attrs["autofocus"]


class WhoForm(forms.Form):
    """Which of those that share a number she is; only their given names are said."""

    account = forms.ChoiceField(
        label=_("Who are you?"), widget=forms.RadioSelect, error_messages={"required": _("Choose your name.")}
    )

    def __init__(self, data: Any = None, *, accounts: Sequence[Account]) -> None:
        super().__init__(data)
        field: Any = self.fields["account"]
        field.choices = list(zip((str(each.pk) for each in accounts), told_apart(accounts), strict=True))


def told_apart(accounts: Sequence[Account]) -> list[str]:
    """Their given names, numbered where two have the same."""
    seen: dict[str, int] = {}
    names = []
    for account in accounts:
        name = account.person.given_name
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


class CardForm(_SharedForm):
    """The secret of a card: typed, or put here by card.js from the code that a phone has read."""

    card = forms.CharField(
        label=_("The code on your card"),
        max_length=80,
        help_text=_("26 letters and digits. Dashes and spaces do no harm."),
        error_messages={"required": _("Write the code on your card.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ("card", "shared")

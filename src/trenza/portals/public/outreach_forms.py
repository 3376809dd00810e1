"""Taking somebody down in person: what is asked of her, and what who takes her down says of it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trenza.apps.admissions.api import Call, Details, may_bring_into
from trenza.apps.forms.api import DateField, FormDefinition, PhoneField
from trenza.apps.people.api import Person, normal_phone
from trenza.core import clock
from trenza.core.ids import named_id
from trenza.portals.public.forms import ApplicationForm
from trenza.portals.public.wishes import wish_fields

_NOTHING: Final = FormDefinition.model_construct(code="", title="", page=())
_SHEET: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{6}")


class OutreachForm(ApplicationForm):
    """What an application asks, of a woman who is there. She needs no address; her yes is to the text that was read to
    her. `by` None: the page that a phone keeps, which knows nobody; then every region of the call is offered."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, call: Call, by: Person | None, **kwargs: Any) -> None:
        questionnaire = call.form.questionnaire if call.form else _NOTHING
        super().__init__(data, call=call, person=None, questionnaire=questionnaire, **kwargs)
        if by is not None:
            self._keep_to_scope(by)
        email = self.fields.get("email")
        if email:
            email.required = email.widget.is_required = False
            email.label, email.help_text = _("E-mail address"), _("Only if she has one.")
        if questionnaire.that_fills("phone") is None:
            self.fields["phone"] = PhoneField(
                label=_("Phone number"), required=False, help_text=_("With it she can come in by herself later.")
            )
        self.fields["consent"] = forms.BooleanField(
            label=_("I read it aloud to her, and she said yes."),
            error_messages={"required": _("Without her yes we may not keep her data.")},
        )
        self.fields["sheet"] = forms.CharField(
            label=_("Number of the sheet"),
            required=False,
            max_length=12,
            help_text=_("Only if she filled in a sheet of paper."),
            widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        )
        self.fields["paper_on"] = DateField(label=_("Day on the sheet"), required=False)
        self.fields |= wish_fields(call, of_her=True)
        for name, words in _HER_WORDS.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = words, ""

    def who(self) -> list[forms.BoundField]:
        return [*super().who(), *([self["phone"]] if "phone" in self.fields else [])]

    def paper(self) -> list[forms.BoundField]:
        """The fields of a sheet that is typed in."""
        return [self["sheet"], self["paper_on"]]

    def clean_phone(self) -> str:
        return str(self.cleaned_data["phone"])

    def clean_sheet(self) -> str:
        number = str(self.cleaned_data["sheet"]).replace("-", "").replace(" ", "").upper()
        if number and not _SHEET.fullmatch(number):
            raise ValidationError(_("A number of a sheet has six letters and numbers, like K7QM24."), "sheet")
        return number

    def clean_paper_on(self) -> date | None:
        day: date | None = self.cleaned_data["paper_on"]
        if day and not self.call.opens_at.astimezone(self.call.zone).date() <= day <= clock.now().date():
            raise ValidationError(_("That day is not while the call was open."), "day")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("sheet") and not cleaned.get("paper_on") and "paper_on" not in self.errors:
            self.add_error("paper_on", _("Write the day that stands on the sheet."))
        phone, region = cleaned.get("phone"), self.region() if "region" not in self.errors else None
        if phone:
            country = region.country if region else (self.call.edition.countries or [""])[0]
            known = normal_phone(phone, country) if country else normal_phone(phone)
            if known is None:
                self.add_error("phone", _("That is no phone number of this country. Look at it again."))
            else:
                cleaned["phone"] = known
        return cleaned

    def details(self) -> Details:
        found = super().details()
        if phone := self.cleaned_data.get("phone"):
            return Details(**{**vars(found), "phone": phone})
        return found

    def key(self, otherwise: UUID) -> UUID:
        """The name of what is typed in: a sheet's own, so that nobody types it in twice."""
        sheet = self.cleaned_data.get("sheet")
        return named_id(str(self.call.pk), "sheet", sheet) if sheet else otherwise

    def _keep_to_scope(self, by: Person) -> None:
        mine = [region for region in self.regions if may_bring_into(by, self.call, region)]
        options = [(region.code, region.name) for region in mine]
        asking = self.questionnaire.that_fills("region")
        name = f"q_{asking.code}" if asking else "region"
        if name in self.fields:
            field = self.fields[name]
            empty = [choice for choice in field.choices if not choice[0]]  # type: ignore[attr-defined]
            field.choices = [*empty, *options]  # type: ignore[attr-defined]
            if len(options) == 1:
                field.initial = options[0][0]


_HER_WORDS: Final = {
    "given_name": _("Her name"),
    "family_name": _("Her family names"),
    "birth_date": _("When was she born?"),
    "region": _("Where does she live?"),
}

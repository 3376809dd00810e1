"""Forms of the public pages: who she is (only what we do not know yet), the call's questions, her consent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from trenza.apps.admissions.api import Call, Details
from trenza.apps.forms.api import DateField, FormDefinition, QuestionnaireForm, Section, normal_code, region_field
from trenza.apps.people.api import Person, household_of, household_with
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.portals.public.consent import has_agreed
from trenza.portals.public.names import tidy_name, validate_name
from trenza.portals.public.wishes import FIELD, check_wishes, wish_fields, wishes_in

WHO = ("given_name", "family_name", "email", "birth_date", "region", "family_code")
FAMILIES = "women_and_family"
_OLDEST = 120
_YOUNGEST = 5


class WhoForm(forms.Form):
    """Asks who she is, but for what is known of `person` and what `elsewhere` asks."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        call: Call,
        person: Person | None,
        elsewhere: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data=data, **kwargs)
        self.call, self.person = call, person
        self.regions: list[Region] = list(call.regions.all())
        known = _known(person) | set(elsewhere)
        if len(self.regions) < 2:
            known.add("region")
        asked = {name: make(self.regions) for name, make in _WHO_FIELDS.items() if name not in known}
        self.fields = asked | self.fields

    def clean_given_name(self) -> str:
        return tidy_name(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return tidy_name(self.cleaned_data["family_name"])

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        check_birth_date(born)
        return born

    def details(self) -> Details:
        """What she said about herself; once the form is valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name in WHO and name != "region" and value}
        return Details(**said)

    def region(self) -> Region | None:
        """The region that she chose, or the only one there is."""
        if len(self.regions) == 1:
            return self.regions[0]
        return self.region_of(str(self.cleaned_data.get("region", "")))

    def region_of(self, code: str) -> Region | None:
        """The call's region of this code."""
        return next((region for region in self.regions if region.code == code), None)


class ConsentForm(forms.Form):
    """The second step of signing up."""

    consent = forms.BooleanField(
        label=_("I have read it and I agree."),
        error_messages={"required": _("We need your yes to keep your data and teach you.")},
    )


class CodeForm(forms.Form):
    """The code with which she goes on with what she has begun."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Ten letters and numbers, like K7QM2-4T2PX. Capitals and lines do not matter."),
        max_length=40,
        error_messages={"required": _("Write your code.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        # What is no code at all is looked for in vain, like a wrong one.
        return normal_code(self.cleaned_data["code"])


class ApplicationForm(WhoForm, QuestionnaireForm):
    """Who she is, the questions of the call and her consent, in one page. A question that fills an attribute of hers
    takes the place of our own field for it."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        call: Call,
        person: Person | None,
        questionnaire: FormDefinition,
        **kwargs: Any,
    ) -> None:
        filled = [question.fills for question in questionnaire.questions if question.fills]
        super().__init__(
            data,
            call=call,
            person=person,
            elsewhere=filled,
            questionnaire=questionnaire,
            regions=region_options(call.regions.all()),
            **kwargs,
        )
        self.fields |= wish_fields(call)
        if call.programme.participants == FAMILIES and (person is None or household_of(person) is None):
            self.fields["family_code"] = _family_code()
        if not has_agreed(person):
            self.fields["consent"] = ConsentForm.base_fields["consent"]

    def clean_family_code(self) -> str:
        code: str = self.cleaned_data["family_code"]
        if code and household_with(code) is None:
            raise ValidationError(_("No family has this code. Look at it again, or leave it empty."))
        return normal_code(code)

    def who(self) -> list[BoundField]:
        """The fields about herself."""
        return [self[name] for name in WHO if name in self.fields]

    def groups(self) -> Iterator[Section]:
        """What the page shows under headings: herself, then the questions' own sections."""
        if who := self.who():
            yield Section("who", str(_("Your data")), who)
        if wishes := [self[name] for name in self.fields if name.startswith(FIELD)]:
            yield Section("wishes", str(_("Your course")), wishes)
        yield from self.sections()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, check in (("given_name", validate_name), ("family_name", validate_name)):
            self._check_question(name, check)
        self._check_question("birth_date", check_birth_date)
        check_wishes(self)
        return cleaned

    def wishes(self) -> list[Track]:
        """The tracks that she wants, the best first; none where the call has one."""
        return wishes_in(self, self.call)

    def details(self) -> Details:
        filled = {name: value for name, value in self.filled().items() if name in Details.__dataclass_fields__}
        own = super().details()
        return Details(**{name: filled.get(name) or getattr(own, name) for name in Details.__dataclass_fields__})

    def region(self) -> Region | None:
        filled = self.filled().get("region")
        return self.region_of(str(filled)) if filled else super().region()

    def _check_question(self, attribute: Any, check: Any) -> None:
        question = self.questionnaire.that_fills(attribute)
        name = f"q_{question.code}" if question else ""
        if value := self.cleaned_data.get(name):
            try:
                check(value)
            except ValidationError as error:
                self.add_error(name, error)


def _family_code() -> forms.CharField:
    return forms.CharField(
        label=_("The code of your family, if somebody of it takes part already"),
        help_text=_("She finds it under “My family”. If you have none, leave it empty."),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


def region_options(regions: Any) -> list[tuple[str, str]]:
    """Regions as options of a field."""
    return [(region.code, region.name) for region in regions]


def check_birth_date(born: date) -> None:
    """Refuse a date that nobody who can read this was born on."""
    age = clock.now().date().year - born.year
    if born > clock.now().date() or not _YOUNGEST <= age <= _OLDEST:
        raise ValidationError(_("Check the year: we understood %(year)s."), "year", {"year": born.year})


def _known(person: Person | None) -> set[str]:
    if person is None:
        return set()
    known = {"email"}
    return known | {name for name in ("given_name", "birth_date") if getattr(person, name)} | {"family_name"}


def _given_name(_regions: Sequence[Region]) -> forms.Field:
    return forms.CharField(
        label=_("Your name"),
        help_text=_("As you want it on your certificate."),
        max_length=120,
        validators=[validate_name],
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )


def _family_name(_regions: Sequence[Region]) -> forms.Field:
    return forms.CharField(
        label=_("Your family names"),
        max_length=120,
        validators=[validate_name],
        error_messages={"required": _("Write your family names.")},
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )


def _email(_regions: Sequence[Region]) -> forms.Field:
    return forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "With it you come in again: we send you a code, you need no password. If you have none yet, somebody "
            "you trust or at a centre can help you to make one: it is free."
        ),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("That is not a whole e-mail address. It has an @ in the middle, like rosa@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )


def _birth_date(_regions: Sequence[Region]) -> forms.Field:
    return DateField(
        of_birth=True,
        label=_("When were you born?"),
        error_messages={"required": _("Write the day, month and year you were born.")},
    )


def _region(regions: Sequence[Region]) -> forms.Field:
    return region_field(
        region_options(regions),
        label=_("Where do you live?"),
        error_messages={"required": _("Choose where you live."), "invalid_choice": _("Choose where you live.")},
    )


# Each is made only where it is asked.
_WHO_FIELDS: Final[Mapping[str, Callable[[Sequence[Region]], forms.Field]]] = {
    "given_name": _given_name,
    "family_name": _family_name,
    "email": _email,
    "birth_date": _birth_date,
    "region": _region,
}

"""A form of several pages: what a step asks, what comes before and after it, what is wrong in it."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from django.forms import BoundField, MultiWidget
from django.http import QueryDict
from django.utils.translation import gettext as _

from trenza.apps.forms.api import Section, applying
from trenza.portals.public.forms import ApplicationForm

Maker = Callable[[QueryDict | None], ApplicationForm]


class Steps:
    """The steps of an application as far as it was typed. They are numbered from 1, and those of pages that are not
    asked of her (skip logic) are passed over. `form` holds everything, checked."""

    def __init__(self, make: Maker, typed: QueryDict, form: ApplicationForm | None = None) -> None:
        self.typed, self._make = typed, make
        self.form = form or make(typed)
        self.form.data = typed
        self.form.full_clean()

    @classmethod
    def taking_in(cls, make: Maker, typed: QueryDict, posted: QueryDict) -> tuple["Steps", int]:
        """What was typed before, with what a step has now sent in place of its own part; and the number of this step.

        The form is made and checked once: whether a page is asked of her follows from the pages before it, so what it
        has sent changes nothing about that.
        """
        form, asked = make(typed), posted.get("paso", "")
        parts = steps_of(form)
        if _is_number(asked) and 0 < int(asked) <= len(parts):
            number = int(asked)
            steps = cls(make, merged(typed, posted, parts[number - 1].fields), form)
            if number in steps.numbers:
                return steps, number
        number = cls(make, typed).number(None)
        return cls(make, merged(typed, posted, parts[number - 1].fields)), number

    @cached_property
    def numbers(self) -> list[int]:
        """Those that she goes through."""
        asked = {question.code for question in applying(self.form.questionnaire, self.form.answers())}
        pages = {
            page.code for page in self.form.questionnaire.page if asked.isdisjoint(each.code for each in page.question)
        }
        return [number for number, step in enumerate(steps_of(self.form), 1) if step.code not in pages]

    @property
    def total(self) -> int:
        """How many they are; beyond what she has completed, every page counts as one that may be asked of her."""
        done = self.first_wrong() or self.numbers[-1]
        return sum(1 for number in range(1, len(steps_of(self.form)) + 1) if number in self.numbers or number > done)

    def number(self, asked: str | None) -> int:
        """The step that is asked for; where none is, or none such, the first in which something is missing."""
        if asked and _is_number(asked) and int(asked) in self.numbers:
            return int(asked)
        return self.first_wrong() or self.numbers[-1]

    def after(self, number: int) -> int | None:
        """The next step."""
        return next((each for each in self.numbers if each > number), None)

    def before(self, number: int) -> int | None:
        """The step before."""
        return next((each for each in reversed(self.numbers) if each < number), None)

    def first_wrong(self) -> int | None:
        """The first step that is not complete."""
        return next((number for number in self.numbers if self.is_wrong(number)), None)

    def is_wrong(self, number: int) -> bool:
        """Whether something in it is missing or wrong."""
        return any(field.name in self.form.errors for field in self._step(self.form, number).fields)

    def shown(self, number: int, *, errors: bool) -> tuple[ApplicationForm, Section]:
        """The form and the step as a page shows them; its errors only where she has sent it."""
        names = names_of(self._step(self.form, number).fields)
        form = self._make(self.typed if any(name in self.typed for name in names) or errors else None)
        step = self._step(form, number)
        only_errors_of(form, [field.name for field in step.fields] if errors else ())
        return form, step

    @staticmethod
    def _step(form: ApplicationForm, number: int) -> Section:
        return steps_of(form)[number - 1]


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 4


def steps_of(form: ApplicationForm) -> list[Section]:
    """Everything that the form asks, in its sections, her consent last."""
    steps = list(form.groups())
    if "consent" in form.fields:
        steps.append(Section("", str(_("Before you send it")), [form["consent"]]))
    return steps


def merged(typed: QueryDict, posted: QueryDict, fields: Iterable[BoundField]) -> QueryDict:
    """What was typed before, and what a step has now sent in place of its own part."""
    result = typed.copy()
    for name in names_of(fields):
        result.pop(name, None)
        if name in posted:
            result.setlist(name, posted.getlist(name))
    return result


def names_of(fields: Iterable[BoundField]) -> list[str]:
    """The names under which a browser sends them."""
    found: list[str] = []
    for field in fields:
        widget = field.field.widget
        parts = vars(widget)["widgets_names"] if isinstance(widget, MultiWidget) else [""]
        found += [field.html_name + part for part in parts]
    return found


def only_errors_of(form: ApplicationForm, names: Collection[str]) -> None:
    """Let a page say only what is wrong in these fields."""
    for name in list(form.errors):
        if name not in names:
            del form.errors[name]

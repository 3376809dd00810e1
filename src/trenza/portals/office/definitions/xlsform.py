"""A questionnaire that was written for ODK or Kobo: looked at, and taken into her draft as a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from trenza.apps.forms.api import (
    SHEETS,
    FormDefinition,
    Question,
    Told,
    Untaken,
    form_of,
    in_place_of,
    only_if,
    validated,
)
from trenza.apps.programmes.api import DraftMoved
from trenza.core.definition import MAX_BYTES, DefinitionErrors, examine_definition, render_in_words, write_data
from trenza.portals.field.sheets import SheetRefused, not_read, read_sheets, rows_of
from trenza.portals.office.definitions import places, words
from trenza.portals.office.definitions.base import EditingPage, posted_number
from trenza.portals.office.definitions.editing import MOST_ITEMS, item_url, list_url, moved
from trenza.portals.office.definitions.reading import code_for

SECTION: Final = "form"
MOST_LETTERS_OF_LANGUAGE: Final = 20
MOST_TOLD: Final = 500


class Unfit(Exception):
    """It cannot go into her draft; the text says why."""


@dataclass(frozen=True)
class Asked:
    """A question as she will read it. `kind` says what she answers with where no choices do."""

    label: str
    help: str
    kind: str
    choices: Sequence[str]
    required: bool
    only_if: str


@dataclass(frozen=True)
class Placed:
    """What would become of her draft: the form as it would be, where it stands, what stood there, what is no longer
    asked, and what would keep the definition from being published that does not do so now."""

    form: FormDefinition
    place: tuple[str | int, ...]
    replaced: str
    changed: Mapping[str, Any]
    gone: Sequence[str]
    problems: Sequence[str]


class UploadForm(EditingPage):
    """Upload a workbook, look at the form that it makes and at what it cannot hold, and take it."""

    template_name = "office/definitions/xlsform.html"
    title = gettext_lazy("Upload an XLSForm")

    def between(self) -> Sequence[tuple[str, str]]:
        return [*super().between(), (list_url(self, (SECTION,)), words.several(SECTION))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        posted = self.request.POST
        forms = places.tables(self.working.data.get(SECTION))
        return super().get_context_data(
            forms=[(str(each["code"]), places.title_of(each)) for each in forms if each.get("code")],
            into=posted.get("into", ""),
            language=posted.get("language", "es"),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what a file makes, or take what was shown."""
        return self.take() if "form" in request.POST else self.look()

    def look(self) -> HttpResponse:
        """Read the file. Nothing is kept of it."""
        file = self.request.FILES.get("file")
        if file is None:
            return self.refuse(_("Choose a file first."))
        language = self.request.POST.get("language", "").strip()[:MOST_LETTERS_OF_LANGUAGE] or "es"
        try:
            tables = read_sheets(file, SHEETS)
            rows = rows_of(tables)
            made, told = form_of(rows, language=language, unread=not_read(tables))
            return self.show(made, told=told, odk=validated(rows))
        except (SheetRefused, Untaken, Unfit) as error:
            return self.refuse(str(error))

    def take(self) -> HttpResponse:
        """Put the form that she saw into her draft."""
        try:
            made = FormDefinition.model_validate_json(self.request.POST["form"])
            placed = self.placed(made)
        except ValidationError:
            return self.refuse(_("This page was changed on its way. Upload the file again."))
        except Unfit as error:
            return self.refuse(str(error))
        try:
            self.working = self.working.save(placed.changed, revision=posted_number(self.request, "revision"))
        except DraftMoved as error:
            messages.error(self.request, moved())
            self.working.draft = error.draft
            return redirect(list_url(self, (SECTION,))) if error.draft is None else self.show(made)
        except DefinitionErrors:
            return self.refuse(_too_large())
        messages.success(
            self.request,
            _("“%(title)s” is in your draft. Nobody else sees it until you publish.") % {"title": placed.form.title},
        )
        return redirect(item_url(self, placed.place))

    def show(self, made: FormDefinition, *, told: Sequence[Told] = (), odk: Sequence[str] = ()) -> HttpResponse:
        """The form as it would be asked, and what of the workbook it does not hold."""
        placed = self.placed(made)
        form = placed.form
        context = self.get_context_data(
            placed=placed,
            pages=[
                (page.title, only_if(page, form), [_asked(each, form) for each in page.question]) for page in form.page
            ],
            count=len(form.questions),
            told=told[:MOST_TOLD],
            untold=max(len(told) - MOST_TOLD, 0),
            odk=odk[:MOST_TOLD],
            carried=made.model_dump_json(exclude_defaults=True),
        )
        return self.render_to_response(context)

    def placed(self, made: FormDefinition) -> Placed:
        """Where it would stand: behind the other forms, or in place of the one that she chose.

        Raises:
            Unfit: see there.
        """
        working, into = self.working, self.request.POST.get("into", "")
        forms = places.tables(working.data.get(SECTION))
        number = next((n for n, each in enumerate(forms) if into and each.get("code") == into), len(forms))
        if into and number == len(forms):
            raise Unfit(_("The form that it was to replace is not in your draft any more. Choose again."))
        if number >= MOST_ITEMS:
            raise Unfit(_("This list is full: it holds %(most)s items.") % {"most": MOST_ITEMS})
        replaced, gone = "", list[str]()
        if into:
            replaced = places.title_of(forms[number])
            made, gone = in_place_of(forms[number], made)
        else:
            made = made.model_copy(update={"code": _free(made.code, {str(each.get("code")) for each in forms})})
        table = places.ordered(made.model_dump(exclude_defaults=True), FormDefinition)
        changed = places.put(working.data, (SECTION, number), table)
        text = write_data({"format": 1, **changed}).encode()
        if len(text) > MAX_BYTES:
            raise Unfit(_too_large())
        name, before = words.names_everywhere(), {each.in_words() for each in working.problems}
        try:
            found = examine_definition(text)[1]
        except DefinitionErrors as error:
            raise Unfit(render_in_words(error.problems)) from error
        problems = [each.in_words(name) for each in found if each.in_words() not in before]
        return Placed(made, (SECTION, number), replaced, changed, gone, problems)

    def refuse(self, why: str) -> HttpResponse:
        """Say why not; her draft stays as it was."""
        return self.render_to_response(self.get_context_data(wrong=[why]))


def _asked(question: Question, form: FormDefinition) -> Asked:
    return Asked(
        question.label,
        question.help,
        words.value_in_words("type", question.type),
        [choice.label for choice in question.choices],
        question.required,
        only_if(question, form),
    )


def _free(code: str, taken: set[str]) -> str:
    """The code, or the next one that no other form has."""
    return str(code_for({"title": code}, FormDefinition, taken)["code"]) if code in taken else code


def _too_large() -> str:
    return _("With this form the definition would be larger than 256 KB. Make the form shorter.")

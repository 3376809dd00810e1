"""Wi-Fi vouchers: bringing in a list of codes, giving the next one, and the code that was given."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trenza.apps.people.api import Person
from trenza.apps.places.api import Imported, Voucher, give_voucher, import_vouchers, shown_vouchers, stock_of
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office.centres.base import FormUnderCentre, UnderCentre
from trenza.portals.office.centres.guests import GuestField, found_guests, looked_for
from trenza.portals.office.place_words import good_for

MOST_LETTERS: Final = 130_000
"""Two thousand codes of sixty letters, with the ends of their lines."""
NUMBERS_SHOWN: Final = 10
UNITS = (("minutes", pgettext_lazy("voucher", "minutes")), ("megabytes", pgettext_lazy("voucher", "MB")))


class ImportForm(forms.Form):
    """Codes, pasted or in a file of text, and what each is good for."""

    amount = forms.IntegerField(label=gettext_lazy("Each voucher is good for"), min_value=1, max_value=1_000_000)
    unit = forms.ChoiceField(
        label=gettext_lazy("Minutes or megabytes"), choices=UNITS, widget=forms.RadioSelect, initial="minutes"
    )
    lines = forms.CharField(
        label=gettext_lazy("The codes"),
        required=False,
        strip=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("One in each line, up to 2,000. Those that are here already are left out."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file of text with a code in each line"),
        required=False,
        max_length=200,
        widget=forms.FileInput({"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def clean_file(self) -> str:
        """What the file holds, as text."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > 4 * MOST_LETTERS:
            raise forms.ValidationError(_("The file is too large. It may hold 2,000 codes."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is no file of text. Save it as text, in UTF-8.")) from error
        return text

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not (given["lines"].strip() or given["file"].strip()):
            self.add_error("lines", _("Paste the codes, or choose a file."))
        return given

    @property
    def codes(self) -> list[str]:
        """The lines of both, the pasted ones first."""
        pasted = self.cleaned_data["lines"].splitlines() if self.cleaned_data["lines"].strip() else []
        return [*pasted, *self.cleaned_data["file"].splitlines()]


class ImportVouchersPage(FormUnderCentre):
    """Bring in vouchers."""

    template_name = "office/centres/vouchers.html"
    button = gettext_lazy("Bring them in")

    def get_page_title(self) -> str:
        return _("Bring in Wi-Fi vouchers")

    def form(self, *data: Any) -> ImportForm:
        return ImportForm(*data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Bring them in and say what was left out, or say what is wrong."""
        form = self.form(request.POST, request.FILES)

        def act() -> str:
            given = form.cleaned_data
            imported = import_vouchers(
                centre=self.object, lines=form.codes, **{given["unit"]: given["amount"]}, by=self.viewer
            )
            return " ".join(told(imported))

        return self.answer(form, act)


def told(imported: Imported) -> list[str]:
    """What came of a list, in whole sentences."""
    size = imported.batch.size
    sentences = [ngettext("%(n)s voucher was brought in.", "%(n)s vouchers were brought in.", size) % {"n": size}]
    for numbers, one, many in (
        (
            imported.known,
            _("Line %(lines)s was here already and was left out."),
            _("Lines %(lines)s were here already and were left out."),
        ),
        (
            imported.repeated,
            _("Line %(lines)s repeats another one and was left out."),
            _("Lines %(lines)s repeat other ones and were left out."),
        ),
        (
            imported.wrong,
            _("Line %(lines)s is no code and was left out."),
            _("Lines %(lines)s are no codes and were left out."),
        ),
    ):
        if numbers:
            sentences.append((one if len(numbers) == 1 else many) % {"lines": some(numbers)})
    return sentences


def some(numbers: Sequence[int]) -> str:
    """The first of them, and that there are more."""
    shown = ", ".join(map(str, numbers[:NUMBERS_SHOWN]))
    return f"{shown}…" if len(numbers) > NUMBERS_SHOWN else shown


class GiveForm(forms.Form):
    """To whom: somebody who was looked for, or nobody whose name was asked."""

    def __init__(self, viewer: Person, *data: Any) -> None:
        super().__init__(*data)
        self.fields["person"] = GuestField(viewer, required=False)


class GivePage(FormUnderCentre):
    """Give the next voucher."""

    template_name = "office/centres/give.html"
    button = gettext_lazy("Give a voucher")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.words = looked_for(request)

    def get_page_title(self) -> str:
        return _("Give a Wi-Fi voucher")

    def form(self, *data: Any) -> GiveForm:
        return GiveForm(self.viewer, *data)

    def is_synthetic(self) -> bool:
        return any(each.synthetic for each in self.guests)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.guests = found_guests(self.request, self.words)
        stock = stock_of(self.object)
        return super().get_context_data(
            words=self.words,
            guests=self.guests,
            left=sum(each.left for each in stock),
            next=good_for(stock[0].batch) if stock else "",
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give it and show its code; a page that is asked for again gives no other one."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                voucher = give_voucher(centre=self.object, to=form.cleaned_data["person"], by=self.viewer)
            except NotAllowed:
                form.add_error("person", _("Choose who."))
            except DomainError as error:
                self.refuse(form, error)
            else:
                return redirect("office_voucher", pk=self.object.pk, voucher=voucher.pk)
        return self.render_to_response(self.get_context_data(form=form))


class VoucherPage(UnderCentre):
    """The code that was given, for whoever gave it, for a day."""

    template_name = "office/centres/voucher.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        shown = shown_vouchers.which(self.viewer).filter(centre=self.object).select_related("batch", "given_to")
        self.voucher: Voucher = get_object_or_404(shown, pk=kwargs["voucher"])

    def get_page_title(self) -> str:
        return _("A Wi-Fi voucher")

    def is_synthetic(self) -> bool:
        return self.voucher.given_to is not None and self.voucher.given_to.synthetic

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {
            "voucher": self.voucher,
            "good_for": good_for(self.voucher.batch),
            "again": reverse("office_voucher_give", args=[self.object.pk]),
            "back": self.back,
        }
        return super().get_context_data(**kwargs | more)

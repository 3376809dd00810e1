"""What stands between a code or a card and her session: her PIN.

A start PIN of the team is right once, and must be followed by one of her own at once; at a hub she is told where she
chooses it. Who has none may choose one where whoever asks allows it; else somebody of the team helps her.
"""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import Person, PinResult, WeakPin, check_pin, has_pin, set_pin
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public.sign_in_forms import WEAK_PIN, NewPinForm, PinForm

_MUST_CHOOSE: Final = "must_choose"
WORDS: Final[dict[PinResult, Any]] = {
    PinResult.WRONG: _("That is not your PIN. Try again calmly."),
    PinResult.EXPIRED: _("That PIN was for one time only and no longer works. Ask your trainer for another."),
    PinResult.NONE: _("You have no PIN any more. Begin again."),
}


@dataclass(frozen=True)
class Gate:
    """Her PIN, asked on the page `template` at the address of the request.

    `memory` lasts from one request to the next, on our side; `keep` writes it down. `may_choose`: without a PIN she
    may choose one here.
    """

    request: HttpRequest
    person: Person
    memory: MutableMapping[str, Any]
    keep: Callable[[], None]
    template: str
    may_choose: bool = False

    def stops(self, **context: Any) -> HttpResponse | None:
        """The page that asks, or None once her PIN was right (or she chose one)."""
        if self.memory.get(_MUST_CHOOSE):
            return self._choose(first=False, **context)
        if has_pin(self.person):
            return self._ask(**context)
        if self.may_choose:
            return self._choose(first=True, **context)
        return self._page(None, stuck=True, **context)

    def _ask(self, **context: Any) -> HttpResponse | None:
        form = PinForm(self._sent())
        if not form.is_bound or not form.is_valid():
            return self._page(form, **context)
        check = check_pin(
            person=self.person, pin=form.cleaned_data["pin"].strip(), connection=connection_of(self.request)
        )
        if check.result is PinResult.TOO_MANY:
            return too_many(self.request)
        if not check.right:
            form.add_error("pin", WORDS[check.result])
            return self._page(form, **context)
        if not check.must_change:
            return None
        self.memory[_MUST_CHOOSE] = True
        self.keep()
        return redirect(self.request.get_full_path())

    def _choose(self, *, first: bool, **context: Any) -> HttpResponse | None:
        if settings.IS_HUB:  # a PIN is the cell's to keep
            return self._page(None, elsewhere=True, **context)
        form = NewPinForm(self._sent())
        if form.is_bound and form.is_valid():
            try:
                set_pin(person=self.person, pin=form.cleaned_data["pin"].strip(), by=self.person)
            except WeakPin as error:
                form.add_error("pin", WEAK_PIN[error.why])
            else:
                return None
        return self._page(form, choose=True, first=first, **context)

    def _sent(self) -> Any:
        return self.request.POST if self.request.method == "POST" and "pin" in self.request.POST else None

    def _page(self, form: forms.Form | None, **context: Any) -> HttpResponse:
        response = render(self.request, self.template, {"form": form, **context})
        response.headers["Cache-Control"] = "no-store"
        return response

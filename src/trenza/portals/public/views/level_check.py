"""With which level might she begin: some questions on light pages, without an account and without a script.

Nothing is kept. What she has answered travels in a signed field of the form, and with the last page it is gone.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trenza.apps.admissions.api import published_calls
from trenza.apps.learning.api import (
    FORMS,
    NOT_KNOWN,
    QUESTIONS,
    BankItem,
    LevelBank,
    Outcome,
    choices_of,
    level_bank_of,
    outcome_of,
    questions_of,
)
from trenza.apps.programmes.api import Programme
from trenza.core import clock
from trenza.core.access import public
from trenza.portals.public.views.calls import Card, card_of, programme_or_404
from trenza.portals.public.words import LEVELS

_ENDS: Final = (3, 6, 10, QUESTIONS)
"""After how many questions a page ends: the second stage begins on a page of its own."""
_LONGEST: Final = 120
_DIGITS: Final = "abcdefghijklmnop"
_UNKNOWN: Final = "z"


@dataclass(frozen=True)
class Sheet:
    """What she has answered so far on the form of this number; `bank` names the items that it was about."""

    bank: str
    form: int
    answers: tuple[int, ...] = ()

    @classmethod
    def begin(cls, bank: LevelBank) -> Self:
        return cls(bank.name, secrets.randbelow(FORMS))

    @classmethod
    def read(cls, written: str, bank: LevelBank) -> Self | None:
        """What `written` gave; None where it is not ours, too long, or about other items than these."""
        if len(written) > _LONGEST:
            return None
        try:
            name, form, letters = _signer().unsign(written).split(".")
        except (BadSignature, ValueError):
            return None
        if name != bank.name or len(letters) not in (0, *_ENDS[:-1]):
            return None
        answers = tuple(NOT_KNOWN if each == _UNKNOWN else _DIGITS.index(each) for each in letters)
        return cls(name, int(form), answers)

    @property
    def written(self) -> str:
        """As the form carries it."""
        letters = "".join(_UNKNOWN if each == NOT_KNOWN else _DIGITS[each] for each in self.answers)
        return _signer().sign(f"{self.bank}.{self.form}.{letters}")

    @property
    def end(self) -> int:
        """How many questions she has answered once this page is done."""
        return next(end for end in _ENDS if end > len(self.answers))

    def page(self, bank: LevelBank) -> list[BankItem]:
        """The questions of her page."""
        return questions_of(bank.items, self.form, self.answers)[len(self.answers) : self.end]

    def after(self, answers: list[int]) -> "Sheet":
        """With the answers of her page."""
        return Sheet(self.bank, self.form, (*self.answers, *answers))


@dataclass(frozen=True)
class Choice:
    """A choice as the page shows it."""

    value: str
    html: SafeString | str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it; `missing` where she left it out."""

    number: int
    name: str
    prompt: SafeString
    choices: list[Choice]
    missing: bool


@dataclass(frozen=True)
class LevelShown:
    """A level on the last page: its track, what she knew of its questions, and how to begin."""

    code: str
    level: Any
    track: Any
    cards: list[Card]
    known: tuple[int, int] | None


@public
@never_cache
@csrf_exempt  # it changes nothing and looks at no cookie: a token would only set one
@require_http_methods(["GET", "HEAD", "POST"])
def level_check(request: HttpRequest, programme: str) -> HttpResponse:
    """A page of questions, or what her answers say once she has answered them all."""
    found = programme_or_404(programme)
    bank = level_bank_of(found)
    if bank is None:
        raise Http404
    context: dict[str, Any] = {"programme": found, "language": bank.language}
    if request.method != "POST":
        return _ask(request, bank, Sheet.begin(bank), context)
    sheet = Sheet.read(request.POST.get("sheet", ""), bank)
    if sheet is None:
        return _ask(request, bank, Sheet.begin(bank), {**context, "again": True})
    items = sheet.page(bank)
    given = [_given(request.POST.get(f"q{number}", ""), item) for number, item in enumerate(items)]
    answers = [each for each in given if each is not None]
    if len(answers) < len(items):
        return _ask(request, bank, sheet, context, given)
    sheet = sheet.after(answers)
    if len(sheet.answers) < QUESTIONS:
        return _ask(request, bank, sheet, context)
    outcome = outcome_of(bank.items, sheet.form, sheet.answers)
    return render(request, "public/level_check_done.html", context | _done(found, bank, outcome))


def _given(value: str, item: BankItem) -> int | None:
    if value == _UNKNOWN:
        return NOT_KNOWN
    index = _DIGITS.find(value) if len(value) == 1 else -1
    return index if 0 <= index < len(item.choices) else None


def _ask(
    request: HttpRequest,
    bank: LevelBank,
    sheet: Sheet,
    context: dict[str, Any],
    given: list[int | None] | None = None,
) -> HttpResponse:
    done = len(sheet.answers)
    asked = [
        Asked(
            number=done + number + 1,
            name=f"q{number}",
            prompt=mark_safe(item.prompt),  # cleaned when the bank was read
            choices=_choices(item, sheet.form, given[number] if given else None),
            missing=given is not None and given[number] is None,
        )
        for number, item in enumerate(sheet.page(bank))
    ]
    page = {"asked": asked, "sheet": sheet.written, "first": not done, "done": done, "questions": QUESTIONS}
    missing = any(each.missing for each in asked)
    return render(request, "public/level_check.html", context | page | {"missing": missing})


def _choices(item: BankItem, form: int, given: int | None) -> list[Choice]:
    known = [Choice(_DIGITS[n], mark_safe(item.choices[n]), given == n) for n in choices_of(item, form)]
    return [*known, Choice(_UNKNOWN, _("I do not know"), given == NOT_KNOWN)]


def _done(programme: Programme, bank: LevelBank, outcome: Outcome) -> dict[str, Any]:
    tracks = {track.code: track for track in programme.tracks.current().filter(code__in=bank.tracks.values())}
    cards: dict[str, list[Card]] = {}
    for call in published_calls(programme).filter(track__code__in=tracks, closes_at__gte=clock.now()):
        card = card_of(call)
        if card.is_open and call.track:
            cards.setdefault(call.track.code, []).append(card)
    levels = [
        LevelShown(level, LEVELS[level], tracks[code], cards.get(code, []), outcome.known.get(level))
        for level, code in bank.tracks.items()
        if code in tracks
    ]
    return {
        "fits": next((each for each in levels if each.code == outcome.level), None),
        "others": [each for each in levels if each.code != outcome.level],
        "known": [each for each in levels if each.known],
        "right": outcome.right,
        "questions": QUESTIONS,
    }


def _signer() -> Signer:
    return Signer(salt="level check")

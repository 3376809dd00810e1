"""How an exam went, in words: for the page that follows it and for the script of the lesson."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.learning.api import HandedIn

SIGN_IN_FIRST = gettext_lazy(
    "To take this exam, sign in first: it is graded under your name. What you chose has not been handed in yet."
)
SIGN_IN_TO_KEEP = gettext_lazy(
    "To keep your answers, sign in first: so you can compare them at the end. What you chose has not been kept yet."
)
NO_ANSWER = gettext_lazy("There was no answer to save. Go back, choose, and send again.")


def exam_in_words(outcome: HandedIn, *, left_out: int) -> list[str]:
    """Sentences, the result first. `left_out` is how many questions have no answer."""
    if left_out >= outcome.total:
        return [str(NO_ANSWER)]
    found = [*_result(outcome), *_left_out(left_out)]
    return found if outcome.passed else [*found, _again(outcome.left_today)]


def percent(score: float) -> int:
    """A score of 1 as a whole number of 100, never rounded up to what is enough."""
    return int(score * 100 + 1e-9)


def _result(outcome: HandedIn) -> list[str]:
    if outcome.correct is None:
        return [
            _("We keep this attempt, but it does not count: you had taken the exam five times today already."),
            _best(outcome),
        ]
    right = ngettext("You have %(n)s of %(total)s right.", "You have %(n)s of %(total)s right.", outcome.correct) % {
        "n": outcome.correct,
        "total": outcome.total,
    }
    if outcome.correct / outcome.total >= outcome.pass_score:
        return [right, _("You passed the exam!")]
    return [right, _best(outcome)]


def _best(outcome: HandedIn) -> str:
    if outcome.passed:
        return _("You have passed already with %(score)s of 100, and that stays.") % {"score": percent(outcome.score)}
    return _("To pass you need %(enough)s of 100.") % {"enough": percent(outcome.pass_score)}


def _left_out(count: int) -> list[str]:
    if not count:
        return []
    words = ngettext("You left %(n)s question out.", "You left %(n)s questions out.", count)
    return [words % {"n": count}]


def _again(left: int) -> str:
    if not left:
        return _("Tomorrow you may try again. Until then, go through the lessons once more.")
    words = ngettext(
        "Today you may try %(n)s more time. Go through the lessons first.",
        "Today you may try %(n)s more times. Go through the lessons first.",
        left,
    )
    return words % {"n": left}

"""Conditions as she reads them, and as the page's own script does."""

import json

from django.utils.translation import gettext as _

from trenza.apps.forms.definition.sections import Condition, FormDefinition, Page, Question, Value


def only_if(what: Page | Question, form: FormDefinition) -> str:
    """A sentence that says of whom it is asked; empty where of everybody."""
    return " ".join(_sentence(condition, form) for condition in what.when)


def as_data(what: Page | Question) -> str:
    """The conditions as JSON, for the attribute `data-when`; empty where there is none."""
    kept = [condition.model_dump(mode="json", exclude_none=True) for condition in what.when]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def _sentence(condition: Condition, form: FormDefinition) -> str:
    question = form.question(condition.question)
    named = {"question": question.label if question else condition.question}
    low, high = condition.at_least, condition.at_most
    if condition.wanted:
        answers = _(" or ").join(_("“%(answer)s”") % {"answer": _shown(each, question)} for each in condition.wanted)
        return _("Only if to “%(question)s” you answered %(answers)s.") % {**named, "answers": answers}
    if low is not None and high is not None:
        limits = {"low": low, "high": high}
        return _("Only if to “%(question)s” you answered from %(low)s to %(high)s.") % {**named, **limits}
    if low is not None:
        return _("Only if to “%(question)s” you answered %(low)s or more.") % {**named, "low": low}
    return _("Only if to “%(question)s” you answered %(high)s or less.") % {**named, "high": high}


def _shown(value: Value, question: Question | None) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    labels = {choice.code: choice.label for choice in question.choices} if question else {}
    return labels.get(str(value), str(value))

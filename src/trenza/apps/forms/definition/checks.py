"""Skip logic that can work: conditions look back, to a question that is there, and name answers that it can have."""

from collections.abc import Mapping

from trenza.apps.forms.applying import ASKED_OF_ALL
from trenza.apps.forms.definition.sections import Condition, FormDefinition, Page, Question, Value
from trenza.core.definition import Definition, Key, Report, listed
from trenza.core.definition import say as _

# Types whose answer a condition can name; `whole_number` also by its range.
_TESTED = {"yes_no", "whole_number", "choice", "choices", "region"}


def check_conditions(definition: Definition, report: Report) -> None:
    """As conditions only look back, none of them can wait for itself."""
    for form in definition.of(FormDefinition):
        earlier: dict[str, Question] = {}
        for page in form.page:
            _check_when(page, earlier, form, report)
            for question in page.question:
                _check_when(question, earlier, form, report)
                if question.fills in ASKED_OF_ALL and (question.when or page.when):
                    message = _("everybody has to be asked for %(fills)s: her record needs it", fills=question.fills)
                    hint = _('take "when" away from it and from its page')
                    report.problem(question, message, field="fills", hint=hint)
                earlier[question.code] = question


def _check_when(what: Page | Question, earlier: Mapping[str, Question], form: FormDefinition, report: Report) -> None:
    for condition in what.when:
        question = earlier.get(condition.question)
        if question is not None:
            _check_test(condition, question, report)
        elif form.question(condition.question) is not None:
            report.problem(
                condition,
                _('"%(code)s" is asked here or later: a condition looks back only', code=condition.question),
                field="question",
                hint=_("ask that question earlier, or take the condition out"),
            )
        else:
            where = _('the form "%(code)s"', code=form.code)
            report.one_of(condition, "question", list(earlier), what="question", where=where)


def _check_test(condition: Condition, question: Question, report: Report) -> None:
    ranged = condition.at_least is not None or condition.at_most is not None
    if question.type not in _TESTED:
        report.problem(
            condition,
            _(
                'no condition can be about "%(code)s", which is of type %(type)s',
                code=question.code,
                type=question.type,
            ),
            field="question",
            hint=_("name a question of type %(types)s", types=listed(sorted(_TESTED))),
        )
    elif ranged and question.type != "whole_number":
        report.problem(
            condition,
            _(
                'at_least and at_most need a number, and "%(code)s" is of type %(type)s',
                code=question.code,
                type=question.type,
            ),
            field="at_least" if condition.at_least is not None else "at_most",
            hint=_("use equals or one_of"),
        )
    for value in condition.wanted:
        if question.type in _TESTED and not _can_be(value, question):
            shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
            field = "equals" if condition.equals is not None else "one_of"
            report.problem(condition, _("no answer is %(value)s", value=shown), field=field, hint=_possible(question))


def _can_be(value: Value, question: Question) -> bool:
    match question.type:
        case "yes_no":
            return isinstance(value, bool)
        case "whole_number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choice" | "choices":
            return value in [choice.code for choice in question.choices]
        case _:
            return isinstance(value, str)


def _possible(question: Question) -> str:
    if question.type == "yes_no":
        return _("use true or false")
    if question.choices:
        return _("use %(codes)s", codes=listed([choice.code for choice in question.choices]))
    return _("name an answer of type %(type)s", type=Key(question.type))

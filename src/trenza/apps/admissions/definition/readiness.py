"""`[[readiness]]`: a short path by which she meets a rule by doing it. What it holds, how it is checked and loaded."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trenza.apps.admissions.eligibility import EligibilityRule
from trenza.apps.admissions.models import Readiness
from trenza.apps.programmes.api import Programme
from trenza.core.definition import Code, Definition, Item, Line, Refers, Report, Text, refuse
from trenza.core.definition import say as _
from trenza.core.ids import named_id

_CODE = _("Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing.")
MOST_TASKS = 10
"""It should take some minutes, and its page be light."""


class TaskChoice(Item):
    """An answer to choose from, and what she reads once she has chosen it."""

    code: Code = Field(title=_("Code"), description=_CODE)
    label: Line = Field(title=_("Words"), description=_("The answer as she reads it."))
    right: bool = Field(default=False, title=_("Right"), description=_("Whether it is right; if left out it is not."))
    feedback: Line = Field(title=_("Feedback"), description=_("What she reads when she has chosen it."))


class Task(Item):
    """A small task: choose one answer, all that are right, or write something down."""

    code: Code = Field(title=_("Code"), description=_CODE)
    type: Literal["choice", "choices", "text"] = Field(
        title=_("Kind of answer"), description=_("She chooses one answer, chooses several, or writes.")
    )
    text: Text = Field(title=_("Task"), description=_("What is asked, as she reads it."))
    shown: Line | None = Field(
        default=None,
        title=_("Shown"),
        description=_("A line that the task is about, such as an address, set off from it. It may be left out."),
    )
    choices: tuple[TaskChoice, ...] = Field(
        default=(),
        max_length=6,
        title=_("Answers to choose from"),
        description=_("Two or more, only where one chooses."),
    )
    accept: tuple[Line, ...] = Field(
        default=(),
        max_length=20,
        title=_("Accepted"),
        description=_("Only where she writes: what is right, one on each line. Capitals and spaces do not matter."),
    )
    right: Line | None = Field(
        default=None, title=_("If it is right"), description=_("Only where she writes: what she reads then.")
    )
    wrong: Line | None = Field(
        default=None, title=_("If it is not right"), description=_("Only where she writes: what she reads then.")
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.type == "text":
            if self.choices or not self.accept or self.right is None or self.wrong is None:
                needs = _("a task where she writes has accept, right and wrong, and no choices")
                raise refuse(needs, hint=_("write them, or take another type"))
            return self
        if self.accept or self.right is not None or self.wrong is not None:
            raise refuse(
                _("accept, right and wrong belong to a task where she writes"),
                hint=_('take them out, or type = "text"'),
            )
        codes = [each.code for each in self.choices]
        if len(codes) < 2 or len(set(codes)) != len(codes):
            two = _("a task needs two choices or more, each with a code of its own")
            raise refuse(two, hint=_("add [[readiness.task.choices]]"))
        right = sum(each.right for each in self.choices)
        if right == 0 or (self.type == "choice" and right != 1):
            raise refuse(
                _("of a choice one answer is right, of choices one or more"), hint=_("write right = true where it is")
            )
        return self


class Step(Item):
    """One thing to do, on the way to an account of e-mail."""

    title: Line = Field(title=_("Title"), description=_("What to do, in a few words."))
    text: Text = Field(title=_("Text"), description=_("How to do it."))


class ReadinessSection(Item):
    """`[[readiness]]`. A check of `tasks` is passed with `enough` right; an `email` is met by a code sent to it."""

    code: Code = Field(title=_("Code"), description=_CODE)
    rule: Annotated[Code, Refers("rule")] = Field(
        title=_("Condition"), description=_("The condition that she meets by it; one that helps and does not refuse.")
    )
    kind: Literal["tasks", "email"] = Field(
        title=_("Kind"), description=_("Small tasks, or an e-mail address that she confirms by a code.")
    )
    title: Line = Field(title=_("Title"), description=_("What she sees it called."))
    text: Text = Field(title=_("Text"), description=_("A sentence or two with which it begins."))
    minutes: int = Field(ge=1, le=60, title=_("Minutes"), description=_("About how long it takes."))
    enough: int | None = Field(
        default=None, ge=1, title=_("Enough"), description=_("Only of tasks: how many must be right.")
    )
    step: tuple[Step, ...] = Field(
        default=(), max_length=12, title=_("Steps"), description=_("What to do, one after the other.")
    )
    task: tuple[Task, ...] = Field(
        default=(), max_length=MOST_TASKS, title=_("Tasks"), description=_("Only of tasks: what she does.")
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.kind == "email":
            if self.task or self.enough is not None:
                raise refuse(_("task and enough belong to tasks"), hint=_('take them out, or kind = "tasks"'))
            return self
        if not self.task:
            raise refuse(_("it has no task"), hint=_("add [[readiness.task]]"))
        codes = [each.code for each in self.task]
        if len(set(codes)) != len(codes):
            raise refuse(_("two tasks have the same code"), hint=_("give each a code of its own"))
        if self.enough is None or self.enough > len(self.task):
            raise refuse(
                _("enough says how many of its tasks must be right"),
                hint=_("write a number from 1 to that of its tasks"),
            )
        return self


def check_readiness(definition: Definition, report: Report) -> None:
    """Each leads to a rule that helps, and no rule has two."""
    rules: list[str] = []
    for each in definition.of(ReadinessSection):
        report.refer(each, "rule", to="rule")
        rule = definition.find("rule", each.rule)
        if isinstance(rule, EligibilityRule) and rule.unmet != "help":
            refuses = _('the rule "%(code)s" refuses: nobody is led to it', code=each.rule)
            report.problem(each, refuses, field="rule", hint=_('write unmet = "help" there'))
        if each.rule in rules:
            has = _('the rule "%(code)s" has a path already', code=each.rule)
            report.problem(each, has, field="rule", hint=_("keep one"))
        rules.append(each.rule)


def load_readiness(definition: Definition, programme: Programme, today: date) -> list[str]:
    """The paths of the programme as they stand now. What was done by one that is gone stays done."""
    sections = list(definition.of(ReadinessSection))
    Readiness.objects.filter(programme=programme).delete()
    Readiness.objects.bulk_create(
        Readiness(
            id=named_id(programme.code, "readiness", each.code),
            programme=programme,
            code=each.code,
            rule=each.rule,
            kind=each.kind,
            title=each.title,
            content=each.model_dump(mode="json", exclude_defaults=True),
            position=position,
        )
        for position, each in enumerate(sections)
    )
    return []


def content_of(readiness: Readiness) -> ReadinessSection:
    """A path as the definition has it."""
    return ReadinessSection.model_validate(readiness.content, strict=False)

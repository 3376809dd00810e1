"""A form that comes in place of another: it keeps the code of the old one, and what a workbook cannot say."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from trenza.apps.forms.definition.sections import FormDefinition

_FINER: Final = frozenset({"email", "phone", "region"})
"""Kinds of answers that XLSForm asks for as text."""


def in_place_of(old: Mapping[str, Any], new: FormDefinition) -> tuple[FormDefinition, list[str]]:
    """The new form under the code of the old one, and the labels of questions that only the old one asks. A question of
    the same code goes on filling what it filled in her record, and asking for an address, a number or a region. Of an
    old form that has something to mend only the code is kept."""
    renamed = new.model_copy(update={"code": old.get("code", new.code)})
    before = _form(old)
    if before is None:
        return renamed, []
    data = renamed.model_dump(exclude_defaults=True)
    after = [
        {**page, "question": tuple(_kept(question, before) for question in page["question"])} for page in data["page"]
    ]
    gone = [each.label for each in before.questions if new.question(each.code) is None]
    return _form(data | {"page": tuple(after)}) or renamed, gone


def _kept(question: dict[str, Any], before: FormDefinition) -> dict[str, Any]:
    was = before.question(question["code"])
    if was is None:
        return question
    finer = question["type"] == "text" and was.type in _FINER
    kept = {**question, "type": was.type if finer else question["type"]}
    return kept | {"fills": was.fills} if kept["type"] == was.type else kept


def _form(data: Mapping[str, Any]) -> FormDefinition | None:
    try:
        return FormDefinition.model_validate(data)
    except ValidationError:
        return None

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from tests.apps.admissions.definition.examples import WITH_CALLS, read
from tests.apps.admissions.definition.readiness_examples import EMAIL, TASKS
from tests.apps.admissions.definition.test_loading import TODAY
from tests.core.definition.examples import changed, problems
from trenza.apps.admissions.definition.readiness import ReadinessSection, content_of
from trenza.apps.admissions.models import Readiness
from trenza.apps.programmes.api import load_definition

PATH = """
[[readiness]]
code = "tu-correo"
rule = "correo"
kind = "email"
title = "Tu correo"
text = "Un buzón en internet."
minutes = 5

[[readiness.step]]
title = "Mira si ya tienes uno"
text = "Busca Cuentas."
"""
WITH_A_PATH = WITH_CALLS + PATH


def test_a_path_to_a_rule_that_helps_is_well():
    assert problems(WITH_A_PATH) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rule = "correo"\nkind', 'rule = "coreo"\nkind', 'the rule "coreo" is not in [[rule]]'),
        ('rule = "correo"\nkind', 'rule = "edad"\nkind', 'the rule "edad" refuses: nobody is led to it'),
        ('kind = "email"', 'kind = "email"\nenough = 1', "task and enough belong to tasks"),
        ('kind = "email"', 'kind = "tasks"\nenough = 1', "it has no task"),
        ("minutes = 5", "minutes = 0", "minutes"),
    ],
)
def test_what_is_wrong_with_a_path_is_said(old: str, new: str, said: str):
    found = problems(changed((old, new), source=WITH_A_PATH))

    assert any(said in problem for problem in found), found


def test_a_rule_has_one_path():
    found = problems(WITH_A_PATH + PATH.replace('code = "tu-correo"', 'code = "otro"'))

    assert any('the rule "correo" has a path already' in problem for problem in found), found


def wrong(change: Any) -> dict[str, Any]:
    content = copy.deepcopy(TASKS)
    change(content)
    return content


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(enough=4),
        lambda content: content.pop("enough"),
        lambda content: content["task"].append(content["task"][0]),
        lambda content: content["task"][0]["choices"].pop(),
        lambda content: content["task"][0]["choices"][0].update(right=True),
        lambda content: content["task"][1]["choices"][0].update(code="texto"),
        lambda content: content["task"][2].update(accept=[]),
        lambda content: content["task"][2].pop("wrong"),
        lambda content: content["task"][0].update(accept=["x"]),
    ],
)
def test_a_path_of_tasks_that_nobody_could_do_is_refused(change: Any):
    ReadinessSection.model_validate(TASKS, strict=False)
    with pytest.raises(ValidationError):
        ReadinessSection.model_validate(wrong(change), strict=False)


@pytest.mark.django_db
def test_paths_are_loaded_changed_and_taken_away():
    load_definition(definition=read(WITH_A_PATH), today=TODAY)
    path = Readiness.objects.get()
    assert (path.code, path.rule, path.kind, path.title) == ("tu-correo", "correo", "email", "Tu correo")
    assert content_of(path).step[0].title == EMAIL["step"][0]["title"]

    load_definition(definition=read(changed(('title = "Tu correo"', 'title = "Un correo"'), source=WITH_A_PATH)))
    assert [(each.pk, each.title) for each in Readiness.objects.all()] == [(path.pk, "Un correo")]

    load_definition(definition=read(WITH_CALLS), today=TODAY)
    assert list(Readiness.objects.all()) == []

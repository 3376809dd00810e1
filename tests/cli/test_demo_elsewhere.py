"""What came from elsewhere in the demonstration."""

from pathlib import Path
from typing import Any

import pytest

from tests.apps.credentials.elsewhere import a_course, a_learner, another_learner
from trenza.apps.credentials.api import ExternalCredential, GradebookRow
from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.programmes.api import Edition, RequirementMet
from trenza.cli import demo, demo_elsewhere

pytestmark = pytest.mark.django_db


def test_two_wait_one_counts_and_two_rows_match_nobody_once(settings: Any, tmp_path: Path):
    settings.PRIVATE_ROOT = tmp_path
    first = a_learner()
    a_course(first)
    for name in ("Eva", "Ana"):
        another_learner(first, name)
    Person.objects.update(synthetic=True)
    Edition.objects.update(demonstration=True)
    by = register_person(given_name="Coordinadora", family_name="", email=demo.COORDINATOR)
    grant_role(person=by, role="coordinator", scope_kind="all", scope=None, by=None)

    for _twice in range(2):
        demo_elsewhere.ensure("prueba", coordinator=demo.COORDINATOR)

    assert sorted(ExternalCredential.objects.values_list("state", flat=True)) == ["confirmed", "waiting", "waiting"]
    assert list(GradebookRow.objects.values_list("state", flat=True)) == ["unmatched", "unmatched"]
    assert RequirementMet.objects.count() == 1

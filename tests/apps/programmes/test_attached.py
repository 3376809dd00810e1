"""Who is attached to what a version would retire; and a rehearsal leaves nothing."""

import pytest

from tests.apps.programmes.examples import an_enrolment, module
from tests.core.definition.examples import GOOD, changed, read
from tests.journal import journal
from trenza.apps.people.api import grant_role, register_person
from trenza.apps.programmes.api import (
    DefinitionVersion,
    EditedMeanwhile,
    NotConfirmed,
    OtherProgramme,
    Region,
    attached,
    change_definition,
    load_definition,
    meet_requirement,
    rehearse_definition,
    taken_out,
)
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
TWO_REGIONS = changed(
    ('iso = "BO-L"\n', 'iso = "BO-L"\n\n[[region]]\ncode = "oruro"\nname = "Oruro"\niso = "BO-O"\n'),
    ('regions = ["el-alto"]', 'regions = ["el-alto", "oruro"]'),
)


def administrator():
    person = register_person(given_name="Ana", family_name="Rojas", email="ana@ejemplo.bo", by=None)
    grant_role(person=person, role="administrator", scope_kind="all", by=None)
    return person


def test_taken_out_names_items_and_modules():
    one = changed(
        ('[[track.module]]\ncode = "dos"\nname = "Dos"\nrequirement = { kind = "confirmed", by = "trainer" }\n', "")
    )

    assert taken_out(read(TWO_REGIONS).data, read(GOOD).data) == [("region", "oruro")]
    assert taken_out(read(GOOD).data, read(one).data) == [("module", "basico/dos")]


def test_attached_counts_enrolments_and_met_modules():
    programme = load_definition(definition=read(GOOD))
    enrolment = an_enrolment(programme, region="el-alto")
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    things = [
        ("region", "el-alto"),
        ("region", "nada"),
        ("track", "basico"),
        ("module", "basico/uno"),
        ("activity", "x"),
    ]

    assert attached(programme, things) == {
        ("region", "el-alto"): {"enrolments": 1},
        ("track", "basico"): {"enrolments": 1},
        ("module", "basico/uno"): {"met": 1},
    }


def test_change_definition_asks_to_confirm_what_has_people():
    programme = load_definition(definition=read(TWO_REGIONS))
    an_enrolment(programme, region="oruro")
    by, base = administrator(), programme.versions.latest("number")

    with pytest.raises(NotConfirmed) as refused:
        change_definition(programme=programme, definition=read(GOOD), base=base, by=by)
    assert refused.value.things == [("region", "oruro")]
    version = change_definition(
        programme=programme, definition=read(GOOD), base=base, by=by, confirmed=[("region", "oruro")]
    )

    assert (version.number, version.loaded_by) == (2, by)
    assert Region.objects.get(code="oruro").retired_at is not None


def test_change_definition_is_refused_after_another_version_and_for_another_programme():
    programme = load_definition(definition=read(GOOD))
    by, base = administrator(), programme.versions.latest("number")
    load_definition(definition=read(TWO_REGIONS))

    with pytest.raises(EditedMeanwhile):
        change_definition(programme=programme, definition=read(GOOD), base=base, by=by)
    with pytest.raises(OtherProgramme):
        change_definition(
            programme=programme,
            definition=read(changed(('"prueba"', '"otra"'))),
            base=programme.versions.latest("number"),
            by=by,
        )
    stranger = register_person(given_name="Eva", family_name="Rojas", email="eva@ejemplo.bo", by=None)
    with pytest.raises(NotAllowed):
        change_definition(
            programme=programme, definition=read(GOOD), base=programme.versions.latest("number"), by=stranger
        )


def test_rehearsal_shows_what_would_come_and_leaves_nothing():
    programme = load_definition(definition=read(GOOD))
    before = journal()

    seen = rehearse_definition(read(TWO_REGIONS), lambda loaded: [region.code for region in loaded.regions.all()])

    assert seen == ["el-alto", "oruro"]
    assert ([region.code for region in programme.regions.all()], DefinitionVersion.objects.count()) == (["el-alto"], 1)
    assert journal() == before

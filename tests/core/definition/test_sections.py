import pytest

from tests.core.definition.examples import GOOD, problems, read
from trenza.core.definition import Item, Section, all_sections, register_checker, register_section, write_definition
from trenza.core.definition.sections import _checkers


class Nothing(Item):
    pass


@pytest.mark.parametrize("section", [Section("region", Nothing, 9_999), Section("nada", Nothing, 10)])
def test_section_has_one_owner_and_one_position(section):
    before = all_sections()

    with pytest.raises(ValueError, match="registered twice"):
        register_section(section)

    assert all_sections() == before


def test_section_of_an_app_elsewhere_is_kept_as_it_is(settings):
    source = GOOD + '\n[[elsewhere]]\ncode = "c"\nany = { thing = [1, 2] }\n\n[[yonder]]\ncode = "i"\n'
    settings.DEFINITION_SECTIONS_ELSEWHERE = ["elsewhere", "yonder", "region"]

    assert problems(source) == []
    assert write_definition(read(source)) == source


def test_checker_is_registered_once(monkeypatch):
    monkeypatch.setitem(_checkers, "nada", lambda definition, report: None)

    with pytest.raises(ValueError, match="registered twice"):
        register_checker("nada", lambda definition, report: None)

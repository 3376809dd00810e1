import gettext
from pathlib import Path

import pytest

from tools.catalogue import compile_catalogue
from tools.messages import problems

CODE = """
from django.utils.translation import gettext as _, ngettext
_("Your courses")
_("Hello, %(name)s")
ngettext("%(n)s lesson", "%(n)s lessons", n)
"""
COMPLETE = """
msgid "Your courses"
msgstr "Tus cursos"

msgid "Hello, %(name)s"
msgstr "Hola, %(name)s"

msgid "%(n)s lesson"
msgid_plural "%(n)s lessons"
msgstr[0] "una lección"
msgstr[1] "%(n)s lecciones"
"""


class House:
    """A folder of code with a catalogue."""

    def __init__(self, folder: Path) -> None:
        self.source, self.spanish = folder / "src", folder / "es"
        self.source.mkdir()
        (self.spanish / "parts").mkdir(parents=True)
        (self.source / "views.py").write_text(CODE)

    def translate(self, text: str, area: str = "area") -> None:
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        (self.spanish / "parts" / f"{area}.po").write_text(header + text.lstrip(), encoding="utf-8")

    def problems(self) -> list[str]:
        return problems(self.source, self.spanish)


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    house.translate(COMPLETE)
    return house


def test_complete_catalogue_has_no_problems(house: House):
    assert house.problems() == []


def test_missing_translations_are_listed(house: House):
    house.translate(COMPLETE.replace('"Tus cursos"', '""').replace('"una lección"', '""').replace("Hello", "Hullo"))

    assert house.problems() == [
        "views.py:3: no Spanish for 'Your courses'",
        "views.py:4: no Spanish for 'Hello, %(name)s'",
        "views.py:5: no Spanish for '%(n)s lesson'",
        "unused, remove it: 'Hullo, %(name)s'",
    ]


@pytest.mark.parametrize("text", ["Hola", "Hola, %(nombre)s", "Hola, %(name)s %(name)s", "Hola, {name}"])
def test_other_placeholders_are_a_problem(house: House, text: str):
    house.translate(COMPLETE.replace("Hola, %(name)s", text))

    assert house.problems() == [f"views.py:4: the placeholders of {text!r} are not those of 'Hello, %(name)s'"]


def test_plural_without_its_number_is_a_problem(house: House):
    house.translate(COMPLETE.replace("%(n)s lecciones", "muchas lecciones"))

    assert house.problems() == ["views.py:5: the placeholders of 'muchas lecciones' are not those of '%(n)s lesson'"]


def test_fuzzy_and_obsolete_translations_are_problems(house: House):
    fuzzy = COMPLETE.replace('msgid "Your', '#, fuzzy\nmsgid "Your')
    house.translate(fuzzy + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n')

    assert house.problems() == [
        "area.po:16: obsolete, remove it: 'Old'",
        "views.py:3: fuzzy, confirm it: 'Your courses'",
    ]


def test_plural_for_a_sentence_without_is_a_problem(house: House):
    house.translate(
        COMPLETE.replace('msgid_plural "%(n)s lessons"\n', "").replace("msgstr[0]", "msgstr").split("msgstr[1]")[0]
    )

    assert house.problems() == ["views.py:5: the plural is '%(n)s lessons', the catalogue has '': '%(n)s lesson'"]


def test_areas_that_translate_alike_agree(house: House):
    house.translate('msgid "Your courses"\nmsgstr "Tus cursos"\n', area="other")

    assert house.problems() == []


def test_areas_that_translate_otherwise_are_a_problem(house: House):
    house.translate('msgid "Your courses"\nmsgstr "Mis cursos"\n', area="other")

    assert house.problems() == ["other.po:4: translated otherwise than in area.po:4: 'Your courses'"]


def test_unreadable_fragment_is_a_problem(house: House):
    house.translate("These are no translations.\n", area="other")

    [problem] = house.problems()
    assert problem.startswith("other.po: cannot be read: ")


def test_catalogue_is_what_gettext_reads(house: House):
    assert compile_catalogue(house.spanish) == []

    with (house.spanish / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Your courses") == "Tus cursos"
    assert catalogue.ngettext("%(n)s lesson", "%(n)s lessons", 1) == "una lección"
    assert catalogue.ngettext("%(n)s lesson", "%(n)s lessons", 0) == "%(n)s lecciones"
    assert catalogue.gettext("Nobody said this") == "Nobody said this"


def test_what_the_forms_of_django_say_may_be_said_in_our_words(house: House):
    theirs = """
msgid "Ensure this value is less than or equal to %(limit_value)s."
msgstr "Tiene que ser {0} o menos."

msgid "Log in"
msgstr "Entra"
"""
    house.translate(theirs.format("%(limit_value)s"), "django_forms")
    assert house.problems() == ["unused, remove it: 'Log in'"]

    house.translate(theirs.format("%(limit)s"), "django_forms")
    assert [each for each in house.problems() if "placeholders" in each and "less than" in each] != []

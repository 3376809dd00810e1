"""Countries by the names that people use."""

from django.utils.translation import override

from trenza.portals.field.countries import countries_by_name, country_name


def test_country_goes_by_its_short_name_in_the_language_of_the_page():
    said = {}
    for language in ("es", "en"):
        with override(language):
            said[language] = [country_name(code) for code in ("BO", "MX", "VE", "ES", "", "ZZ")]

    assert said == {
        "es": ["Bolivia", "México", "Venezuela", "España", "", "ZZ"],
        "en": ["Bolivia", "Mexico", "Venezuela", "Spain", "", "ZZ"],
    }


def test_countries_to_choose_from_stand_in_the_order_of_their_names():
    with override("es"):
        names = [name for _code, name in countries_by_name()]

    assert names[:3] == ["Afganistán", "Albania", "Alemania"]
    assert names.index("Egipto") < names.index("El Salvador") < names.index("Eslovaquia")

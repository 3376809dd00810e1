"""Conectadas: Lucía signs up in two steps, starts at once, learns in four courses and earns her certificate."""

from tests.journey.steps import Woman, certificate, counted, learn, states, taste_real_course, type_who_she_is

LUCIA = Woman("Lucía", "Ajú Tzoc", "lucia.aju@ejemplo.example", (23, 8, 1979))
BASIC = ("tu-telefono", "internet-y-sus-costos", "comunicarte-y-moverte", "fotos-y-documentos")


def sign_up(her, woman: Woman) -> None:
    her.open("/")
    her.follow("Verlo y empezar")
    assert her.title == "Conectadas"
    her.follow("Inscribirme", her.page.locator("section.try", has_text="Nivel básico").first)
    type_who_she_is(her, woman)
    her.page.get_by_label("¿Dónde vives?").select_option("Guatemala")
    her.press("Seguir")
    her.page.get_by_label("Lo leí y estoy de acuerdo.").check()
    her.press("Empezar ahora")


def test_lucia_goes_from_the_first_page_to_a_certificate_that_a_stranger_verifies(visit, enter, demo, downloads):
    office = enter("administradora")
    before = counted(office)
    with visit(scripts=False) as lucia:
        sign_up(lucia, LUCIA)
        assert lucia.path == "/mi/"
        assert states(lucia) == {
            "Tu teléfono": "Abierto: 5 lecciones",
            "Internet y sus costos": "Se abre cuando termines Tu teléfono",
            "Comunicarte y moverte": "Se abre cuando termines Internet y sus costos",
            "Fotos, documentos y familia": "Se abre cuando termines Comunicarte y moverte",
        }
        with visit(signed_in_as=lucia) as lucia_with_scripts:
            if demo.has_real_course:
                taste_real_course(lucia_with_scripts)
        for course in BASIC:
            learn(lucia, f"/cursos/{course}/")
        with visit() as stranger:
            words = certificate(lucia, stranger, LUCIA, downloads)

    assert "Millicom (Tigo)" in words
    assert counted(office) == (before[0] + 1, before[1] + 1)

"""Conectadas México: Ximena, of 20 years, applies, learns, is accompanied and earns her certificate."""

import pytest

from tests.journey.steps import (
    Woman,
    accept,
    award,
    certificate,
    choose,
    confirm,
    counted,
    learn,
    states,
    taste_real_course,
    type_who_she_is,
)
from trenza.core import clock

THIS_YEAR = clock.now().year
XIMENA = Woman("Ximena", "Ortega Luna", "ximena.ortega@ejemplo.example", (1, 1, THIS_YEAR - 20))
AROUND = ("habilidades-para-la-vida", "orientacion-vocacional", "preparacion-para-el-empleo", "mentoria")


def apply(her, woman: Woman) -> None:
    her.open("/programas/iyf-conectadas/")
    assert her.title == "Conectadas México"
    her.follow("Postular", her.page.locator("section.try", has_text="Programación en Python"))
    type_who_she_is(her, woman, "Programación en Python", "Ciberseguridad")
    choose(her, "¿Eres mujer?", "Sí, soy mujer")
    choose(her, "¿Dónde vives?", "Nuevo León")
    choose(her, "el dinero alcanza apenas", "Sí")
    her.press("Seguir")
    her.page.get_by_label("¿Por qué elegiste este camino?").fill("Quiero hacer una aplicación para mi mamá.")
    her.press("Seguir")
    her.page.get_by_label("Lo leí y estoy de acuerdo.").check()
    her.press("Enviar mi solicitud")


@pytest.mark.sweep
def test_ximena_goes_from_the_call_to_a_certificate_that_a_stranger_verifies(visit, enter, demo, downloads):
    administrator = enter("administradora")
    before = counted(administrator)
    with visit() as ximena:
        apply(ximena, XIMENA)
        assert ximena.title == "Tenemos tu solicitud"
        award(administrator, XIMENA)
        accept(ximena)
        if demo.has_real_course:
            taste_real_course(ximena)
        with visit(scripts=False, signed_in_as=ximena) as ximena_without_scripts:
            for course in ("programacion-python", *AROUND):
                learn(ximena_without_scripts, f"/cursos/{course}/")

        ximena.open("/mi/")
        ximena.wait_for("Lo terminaste el ", times=5)
        *others, mentoring = states(ximena).values()
        assert [words.startswith("Lo terminaste el ") for words in others] == [True] * 5
        assert mentoring == "Tu mentora lo confirma cuando lo hayas hecho con ella."
        confirm(administrator, XIMENA, "Mentoría")
        with visit() as stranger:
            certificate(ximena, stranger, XIMENA, downloads)
    assert counted(administrator) == (before[0] + 1, before[1] + 1)

"""Mujeres Online: Juana applies in El Alto, is awarded a scholarship, takes it, learns and earns her certificate."""

from tests.journey.steps import (
    REAL_COURSE,
    Woman,
    accept,
    award,
    certificate,
    choose,
    counted,
    learn,
    states,
    type_who_she_is,
)

JUANA = Woman("Juana", "Mamani Quispe", "juana.mamani@ejemplo.example", (14, 3, 1991))
ROSA = Woman("Rosa", "Choque Apaza", "rosa.choque@ejemplo.example", (2, 11, 1984))
CALL = "/programas/mujeres-online/convocatorias/el-alto"
PLAN = {
    "¿Cuándo vas a estudiar?": "Martes y jueves a las 8 de la noche",
    "¿Dónde vas a estudiar?": "En la cocina, con mi celular",
    "¿Quién te ayuda": "Mi hermana",
}


def apply(her, woman: Woman, *, has_email: str) -> None:
    """From the first page to the application, in her browser."""
    her.open("/")
    her.follow("Verlo y postular", her.page.locator("section", has_text="Mujeres Online"))
    assert her.title == "Mujeres Online"
    her.follow("Postular", her.page.locator("section", has_text="Becas en El Alto"))
    type_who_she_is(her, woman)
    her.press("Seguir")
    for question, answer in PLAN.items():
        her.page.get_by_label(question).fill(answer)
    her.press("Seguir")
    choose(her, "¿Tienes ganas", "Sí")
    choose(her, "¿Tienes un correo", has_email)
    choose(her, "¿Ya usas lo básico", "Sí")
    her.press("Seguir")
    her.page.get_by_label("Lo leí y estoy de acuerdo.").check()
    her.press("Enviar mi solicitud")


def test_juana_goes_from_the_call_to_a_certificate_that_a_stranger_verifies(visit, enter, demo, downloads):
    coordinator = enter("coordinadora")
    before = counted(coordinator)
    with visit() as juana:
        apply(juana, JUANA, has_email="Sí")
        assert juana.title == "Tenemos tu solicitud"

        award(coordinator, JUANA)
        accept(juana)
        assert states(juana) == {
            "Conéctate": "Abierto: 13 lecciones",
            "Introducción a la ciberseguridad": "Se abre cuando termines Conéctate",
            "Emprendimiento": "Se abre cuando termines Introducción a la ciberseguridad",
        }
        if demo.has_real_course:
            assert learn(juana, REAL_COURSE) == 8
        learn(juana, "/cursos/conectate/")
        with visit(scripts=False, signed_in_as=juana) as juana_without_scripts:
            learn(juana_without_scripts, "/cursos/ciberseguridad/")
        learn(juana, "/cursos/emprendimiento/")
        with visit() as stranger:
            certificate(juana, stranger, JUANA, downloads)
    assert counted(coordinator) == (before[0] + 1, before[1] + 1)


def test_rosa_who_has_no_mail_is_helped_and_not_refused(visit):
    with visit() as rosa:
        apply(rosa, ROSA, has_email="No")

        assert rosa.title == "Ya casi lo tienes"
        assert "Tu correo, paso a paso" in rosa.text
        rosa.follow("Respondí algo mal: corregir mis respuestas")
        choose(rosa, "¿Tienes un correo", "Sí")
        rosa.press("Enviar mis respuestas")
        assert rosa.title == "Tenemos tu solicitud"

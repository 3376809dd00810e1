"""Dana is 16: she applies, her mother agrees by a link in the mail, the team checks, and Dana studies."""

import re

from tests.journey.steps import Woman, accept, award, do_lesson, states
from tests.journey.test_iyf_conectadas import apply
from trenza.core import clock

DANA = Woman("Dana", "Ríos Vega", "dana.rios@ejemplo.example", (1, 1, clock.now().year - 16))
MOTHER = "lucia.vega@ejemplo.example"


def test_dana_studies_once_her_mother_agreed_and_the_team_checked(visit, enter, demo):
    administrator = enter("administradora")
    with visit(scripts=False) as dana:
        apply(dana, DANA)
        assert dana.title == "Tu solicitud espera a una persona adulta"
        assert "Tu solicitud está guardada, con su lugar en la fila." in dana.text

        dana.follow("Decir quién me cuida")
        dana.page.get_by_label("¿Cómo se llama la persona adulta?").fill("Lucía Vega")
        dana.page.get_by_label("Mi mamá").check()
        dana.page.get_by_label("El correo de la persona adulta").fill(MOTHER)
        dana.press("Pedirle su acuerdo")
        assert f"Escribimos a {MOTHER} y esperamos su sí." in dana.text

        mail = demo.mail_to(MOTHER)
        assert not re.search("Dana|Conectadas|IYF", mail)
        [link] = re.findall(rf"{re.escape(demo.url)}(/acuerdo/\S+)", mail)
        with visit(scripts=False) as mother:
            mother.open(link)
            assert mother.title == "Dana te pide un sí"
            assert "Conectadas México" in mother.text
            mother.press("Sí, la cuido y estoy de acuerdo")
            assert "Anotamos tu sí." in mother.text

        dana.page.reload()
        assert "¡Dijo que sí!" in dana.text
        check(administrator)
        dana.open("/programas/iyf-conectadas/convocatorias/conectadas/solicitud/")
        dana.wait_for("Tenemos tu solicitud")

        award(administrator, DANA)
        accept(dana)
        with visit(signed_in_as=dana) as dana_with_scripts:
            dana_with_scripts.open("/mi/")
            dana_with_scripts.follow("Empezar")
            do_lesson(dana_with_scripts)
        assert not states(dana)["Programación con Python"].startswith("Abierto: ")  # a lesson of it is done


def check(office) -> None:
    """The administrator finds her in the list, and writes down how she spoke with her mother."""
    office.open("/oficina/personas-adultas/?state=agreed")
    office.follow(DANA.name)
    assert MOTHER in office.page.locator("main").inner_text()
    office.page.get_by_label("Por videollamada").check()
    office.press("Está de acuerdo, y lo comprobé")
    office.page.get_by_text("Quedó anotado.").wait_for()

"""Mujeres Online: the coordinator appoints somebody for Santa Cruz, who brings people in and sees Santa Cruz only."""

import csv
import io
import re
from pathlib import Path

import openpyxl

from tests.journey.steps import sign_in
from tests.journey.visitor import DESK, Visitor

SHE = "santa.cruz@ejemplo.example"
CALL = "Mujeres Online · Becas en ocho regiones"
OTHERS = ("Beni", "Cochabamba", "El Alto", "Oruro", "Pando", "Potosí", "Sucre", "Tarija")
PEOPLE = (("Dalia", "Suárez Roca", "dalia.suarez@ejemplo.example"), ("Noemí", "Justiniano", "noemi.j@ejemplo.example"))
LISTS = ("solicitudes", "adjudicaciones", "inscripciones", "personas", "certificados")


def appoint(chief: Visitor) -> None:
    """The coordinator of the programme gives the role, and reads what it means before she does."""
    chief.open("/oficina/equipo/")
    chief.follow("Dar una función")
    chief.page.get_by_label("Su correo electrónico").fill(SHE)
    chief.page.get_by_label("Su nombre").fill("Ximena")
    chief.page.get_by_label("Sus apellidos").fill("Rojas Vaca")
    chief.page.get_by_role("radio", name=re.compile("^Coordinadora")).check()
    chief.page.get_by_label("Dónde").select_option(label="La región Santa Cruz")
    chief.press("Ver qué significa")
    chief.page.get_by_text("será Coordinadora en Santa Cruz, de Mujeres Online.").wait_for()
    chief.press("Sí, dársela")
    chief.page.get_by_text("Ximena Rojas Vaca ya es Coordinadora en Santa Cruz, de Mujeres Online.").wait_for()


def rows_elsewhere(chief: Visitor) -> list[str]:
    """Addresses of an application, an enrolment and a person that do not lie in Santa Cruz."""
    found = []
    for name in ("solicitudes", "inscripciones"):
        chief.open(f"/oficina/{name}/")
        row = chief.page.locator("#listing-results tbody tr").filter(has_not_text="Santa Cruz").first
        found.append(row.locator("td.title a").first.get_attribute("href") or "")
    chief.open(found[0])
    found.append(chief.page.locator("a[href^='/oficina/personas/']").last.get_attribute("href") or "")
    return found


def fill_template(her: Visitor, folder: Path) -> Path:
    """Download the template of the call, and write two women into it."""
    her.open("/oficina/personas/traer/")
    template = her.download("Mujeres Online · Becas en ocho regiones")
    path = folder / "personas.xlsx"
    template.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [str(cell.value) for cell in sheet[1]]
    for given_name, family_name, email in PEOPLE:
        known = {"Nombre": given_name, "Apellidos": family_name, "Correo electrónico": email, "Sexo": "mujer"}
        known |= {"Fecha de nacimiento": "14/03/1991", "¿Con qué vas a estudiar?": "Con mi celular"}
        known |= {"¿Tu casa queda en la ciudad o en el campo?": "En la ciudad"}
        sheet.append([known.get(title, "sí" if title.startswith("¿") else "") for title in titles])
    book.save(path)
    return path


def bring_in(her: Visitor, path: Path) -> None:
    """Upload the list, look at it, and confirm it."""
    her.open("/oficina/personas/traer/")
    her.page.get_by_label("A qué convocatoria").select_option(label=CALL)
    her.page.get_by_label("En qué región").select_option(label="Mujeres Online · Santa Cruz")
    her.page.get_by_label("El archivo").set_input_files(path)
    her.press("Mirar la lista")
    her.page.get_by_text("2 personas pueden entrar.").wait_for()
    her.page.get_by_label("Tengo en papel").check()
    her.press("Traer a 2 personas")
    her.wait_for("2 personas entraron.")


def regions_listed(her: Visitor, name: str) -> set[str]:
    """The other regions that the table of a list names."""
    her.open(f"/oficina/{name}/")
    table = her.page.locator("#listing-results").inner_text()
    return {region for region in OTHERS if region in table}


def exported(her: Visitor, name: str) -> list[dict[str, str]]:
    """The rows of a list as a file."""
    answer = her.page.request.get(f"/oficina/{name}/?export=csv")
    assert answer.status == 200
    return list(csv.DictReader(io.StringIO(answer.text().lstrip("\ufeff"))))


def test_regional_coordinator_sees_her_region_and_nothing_else(visit, enter, demo, downloads):
    chief = enter("coordinadora")
    appoint(chief)
    elsewhere = rows_elsewhere(chief)

    with visit(screen=DESK) as her:
        sign_in(her, demo, SHE, "/oficina/")
        her.page.get_by_role("heading", name="Hoy").wait_for()
        bring_in(her, fill_template(her, downloads))

        her.open("/oficina/solicitudes/?q=Dalia")
        her.follow("Dalia Suárez Roca")
        her.page.locator("main a[href^='/oficina/personas/']").last.click()
        her.page.get_by_text("Envió su solicitud a «Becas en ocho regiones» de Mujeres Online.").wait_for()
        assert {name: regions_listed(her, name) for name in LISTS} == {name: set() for name in LISTS}
        rows = exported(her, "solicitudes")
        assert {row["Región"] for row in rows} == {"Santa Cruz"}
        people = str(exported(her, "personas"))
        assert [given_name in people for given_name, _family_name, _email in PEOPLE] == [True, True]

        her.open("/oficina/equipo/")
        assert [region for region in OTHERS if region in her.text] == []
        her.follow("Dar una función")
        places = her.page.get_by_label("Dónde").locator("option").all_inner_texts()
        assert places == ["La región Santa Cruz"]

        for path in elsewhere:
            assert path.startswith("/oficina/")
            her.page.goto(path)
            assert "no está" in her.page.locator("body").inner_text()
        her.complaints = [each for each in her.complaints if "404" not in each]
        her.open("/oficina/programas/")
        assert her.page.get_by_role("link", name="Editar").count() == 0

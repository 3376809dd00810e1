"""The shared templates: forms, the confirmation, the graded page, the banner, the icon."""

from typing import Any

import pytest
from bs4 import BeautifulSoup


def page(client, path: str) -> Any:
    """The page parsed. Any: a missing element should fail where a test reads it."""
    return BeautifulSoup(client.get(path).content, "html.parser")


def inputs(soup: Any) -> list[Any]:
    return list(soup.select("main input:not([type=hidden]), main select, main textarea"))


def test_form_has_a_label_for_every_input(client):
    soup = page(client, "/formulario/")

    named = [soup.select_one(f'label[for="{field["id"]}"]') or field.find_parent("fieldset") for field in inputs(soup)]

    assert len(named) == 10
    assert None not in named


def test_form_puts_label_then_help_then_error_then_input(client):
    field = page(client, "/formulario/?name=").select_one(".field")

    assert [child.name for child in field.find_all(recursive=False)] == ["label", "p", "div", "input"]
    assert field.input["aria-describedby"] == "id_name_helptext id_name_error"
    assert field.input["aria-invalid"] == "true"
    # Django's own words; where the office is installed, Wagtail's catalogue comes before them.
    assert field.select_one("#id_name_error").text in {"Este campo es obligatorio.", "Este campo es necesario."}


def test_form_begins_with_links_to_what_is_missing(client):
    soup = page(client, "/formulario/?email=x")

    links = [link["href"].removeprefix("#") for link in soup.select(".errors a")]

    assert links == ["id_name", "id_email", "id_region", "id_phone_0", "id_why", "id_born_day", "id_agree"]
    assert all(soup.find(id=link) for link in links)
    assert soup.select_one(".errors")["role"] == "alert"


def test_form_without_errors_has_no_summary(client):
    assert page(client, "/formulario/").select(".errors, .error") == []


def test_form_says_what_may_stay_empty(client):
    soup = page(client, "/formulario/")

    assert [label.text.split() for label in soup.select("label:has(small)")] == [
        ["Tu", "correo", "electrónico", "(si", "quieres)"]
    ]


def test_choices_are_a_group_with_its_question(client):
    group = page(client, "/formulario/?name=").select_one("fieldset:has([type=radio])")

    assert group.legend.text == "¿Tienes teléfono propio?"
    assert group["aria-describedby"] == "id_phone_error"
    assert [option.text for option in group.select(".opt")] == ["Sí", "No, lo comparto"]


def test_date_in_parts_names_each_part(client):
    parts = page(client, "/formulario/").select("select[name^=born]")

    assert [part["aria-label"] for part in parts] == ["Día", "Mes", "Año"]


def test_confirmation_posts_the_same_again_with_a_token(client):
    form = page(client, "/confirma/").form

    sent = [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]
    assert [name for name, _ in sent] == ["csrfmiddlewaretoken", "q.fuerte", "q.cuidar", "q.cuidar"]
    assert [value for _, value in sent[1:]] == ["1", "0", "2"]
    assert (form["method"], form["action"]) == ("post", "/r/")


def test_confirmation_says_as_whom(client):
    soup = page(client, "/confirma/")

    assert soup.h1.text == "Respondes como Ana"
    assert soup.button.text == "Sí, soy Ana: enviar"


def test_graded_page_says_what_is_right_why_and_what_comes_next(client):
    soup = page(client, "/corregido/")

    assert soup.h1.text == "1 respuesta correcta de 2"
    assert [tag.text for tag in soup.select(".tag")] == ["✗ Todavía no", "✓ Correcta"]
    assert [fb.text for fb in soup.select(".fb")] == ["Tiene su nombre.", "Así es."]
    assert [hint.summary.text for hint in soup.select("details")] == ["Una pista"]
    assert [link["href"] for link in soup.select("main a.btn")] == [
        "/entrar/",
        "/hoy/",
    ]


@pytest.mark.parametrize("path", ["/", "/formulario/", "/corregido/", "/nada/"])
def test_every_page_has_a_quick_exit_that_needs_no_script(client, path):
    leave = page(client, path).select_one("a.exit")

    assert (leave["href"], leave["rel"]) == ("https://www.google.com/search?q=clima", ["noreferrer"])


@pytest.mark.parametrize(("path", "shown"), [("/", 1), ("/corregido/", 0)])
def test_banner_stands_where_the_view_says_so(client, path, shown):
    assert len(page(client, path).select(".demo")) == shown


def test_banner_stands_everywhere_in_a_demonstration(client, settings):
    settings.TRENZA_DEMONSTRATION = True

    assert page(client, "/corregido/").select_one(".demo").text == "DATOS DE DEMOSTRACIÓN"


def test_favicon_is_answered(client):
    response = client.get("/favicon.ico")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/svg+xml")

"""A form that comes from a workbook in place of one that is there."""

from typing import Any

from trenza.apps.forms.definition.sections import FormDefinition
from trenza.apps.forms.xlsform import in_place_of

NEW: dict[str, Any] = {
    "code": "nuevo",
    "title": "Nuevo",
    "page": (
        {
            "code": "uno",
            "title": "Uno",
            "question": (
                {"code": "nombre", "type": "text", "label": "¿Nombre?"},
                {"code": "correo", "type": "text", "label": "¿Correo?"},
                {"code": "nacio", "type": "text", "label": "¿Nació?"},
            ),
        },
    ),
}
OLD: dict[str, Any] = {
    "code": "beca",
    "title": "Beca",
    "page": (
        {
            "code": "uno",
            "title": "Uno",
            "question": (
                {"code": "nombre", "type": "text", "label": "Nombre", "fills": "given_name"},
                {"code": "correo", "type": "email", "label": "Correo", "fills": "email"},
                {"code": "nacio", "type": "date", "label": "Nació", "fills": "birth_date"},
                {"code": "sexo", "type": "yes_no", "label": "¿Algo más?"},
            ),
        },
    ),
}


def test_it_keeps_the_code_and_what_a_workbook_cannot_say():
    form, gone = in_place_of(OLD, FormDefinition.model_validate(NEW))

    assert (form.code, form.title, gone) == ("beca", "Nuevo", ["¿Algo más?"])
    assert [(each.label, each.type, each.fills) for each in form.questions] == [
        ("¿Nombre?", "text", "given_name"),
        ("¿Correo?", "email", "email"),
        ("¿Nació?", "text", None),
    ]


def test_of_a_form_with_something_to_mend_the_code_alone_is_kept():
    form, gone = in_place_of({"code": "beca", "title": ""}, FormDefinition.model_validate(NEW))

    assert (form, gone) == (FormDefinition.model_validate(NEW | {"code": "beca"}), [])

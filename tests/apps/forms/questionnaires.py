"""A questionnaire with a question of every type."""

from typing import Any

from trenza.apps.forms.definition.sections import FormDefinition


def definition(**changes: Any) -> dict[str, Any]:
    return {
        "code": "beca",
        "title": "Beca",
        "page": [
            {
                "code": "tu",
                "title": "Sobre ti",
                "question": [
                    {"code": "name", "type": "text", "label": "¿Cómo te llamas?"},
                    {"code": "birth_date", "type": "date", "label": "¿Cuándo naciste?", "fills": "birth_date"},
                    {"code": "region", "type": "region", "label": "¿Dónde vives?"},
                    {"code": "mail", "type": "email", "label": "Correo", "required": False},
                    {"code": "phone", "type": "phone", "label": "Teléfono", "required": False, "fills": "phone"},
                ],
            },
            {
                "code": "curso",
                "title": "Sobre el curso",
                "question": [
                    {"code": "why", "type": "long_text", "label": "¿Por qué?", "required": False},
                    {"code": "children", "type": "whole_number", "label": "¿Cuántos hijos?", "required": False},
                    {"code": "has_email", "type": "yes_no", "label": "¿Tienes correo?"},
                    {
                        "code": "device",
                        "type": "choice",
                        "label": "¿Con qué estudias?",
                        "choices": [
                            {"code": "phone", "label": "Celular"},
                            {"code": "computer", "label": "PC"},
                        ],
                    },
                    {
                        "code": "days",
                        "type": "choices",
                        "label": "¿Qué días?",
                        "required": False,
                        "choices": [{"code": "mon", "label": "Lunes"}, {"code": "tue", "label": "Martes"}],
                    },
                ],
            },
        ],
    } | changes


def questionnaire() -> FormDefinition:
    return FormDefinition.model_validate(definition(), strict=False)


REGIONS = [("el-alto", "El Alto"), ("oruro", "Oruro")]

POSTED = {
    "q_name": "Juana Quispe",
    "q_birth_date_day": "7",
    "q_birth_date_month": "3",
    "q_birth_date_year": "1995",
    "q_region": "el-alto",
    "q_mail": "juana@ejemplo.bo",
    "q_phone": "+591 712-34567",
    "q_why": "Quiero vender mejor",
    "q_children": "2",
    "q_has_email": "yes",
    "q_device": "phone",
    "q_days": ["mon", "tue"],
}

ANSWERS: dict[str, Any] = {
    "name": "Juana Quispe",
    "birth_date": "1995-03-07",
    "region": "el-alto",
    "mail": "juana@ejemplo.bo",
    "phone": "+59171234567",
    "why": "Quiero vender mejor",
    "children": 2,
    "has_email": True,
    "device": "phone",
    "days": ["mon", "tue"],
}

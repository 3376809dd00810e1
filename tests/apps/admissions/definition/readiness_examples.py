"""Two paths to readiness, as `[[readiness]]` has them."""

from typing import Any

TASKS: dict[str, Any] = {
    "code": "lo-basico",
    "rule": "basico",
    "kind": "tasks",
    "title": "Lo básico",
    "text": "Tres tareas cortas.",
    "minutes": 5,
    "enough": 2,
    "task": [
        {
            "code": "clave",
            "type": "choice",
            "text": "¿Cuál es más difícil de adivinar?",
            "choices": [
                {"code": "numeros", "label": "123456", "feedback": "Es la primera que cualquiera prueba."},
                {"code": "palabras", "label": "mesa-lluvia-tren", "right": True, "feedback": "Sí."},
            ],
        },
        {
            "code": "datos",
            "type": "choices",
            "text": "¿Qué gasta mucho?",
            "choices": [
                {"code": "video", "label": "Un video", "right": True, "feedback": "Sí, mucho."},
                {"code": "texto", "label": "Letras", "feedback": "Muy poco."},
                {"code": "llamada", "label": "Una videollamada", "right": True, "feedback": "Sí, casi igual."},
            ],
        },
        {
            "code": "escrito",
            "type": "text",
            "text": "Escribe el correo de Rosa.",
            "shown": "rosa punto mamani, arroba, ejemplo punto com",
            "accept": ["rosa.mamani@ejemplo.com"],
            "right": "Así es.",
            "wrong": "Va todo junto.",
        },
    ],
}
EMAIL: dict[str, Any] = {
    "code": "tu-correo",
    "rule": "correo",
    "kind": "email",
    "title": "Tu correo",
    "text": "Un buzón en internet.",
    "minutes": 5,
    "step": [{"title": "Mira si ya tienes uno", "text": "Busca Cuentas."}],
}

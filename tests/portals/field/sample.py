"""A lesson's body as a course gives it, and a few pages, so that the look is tried on something real."""

import re

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from tests.apps.learning.content import kinds
from trenza.apps.learning.content.body import lesson_body_html
from trenza.portals.field import errors, pages, shell
from trenza.portals.field.widgets import DateInParts

LESSON = "/lecciones/seguridad/0123456789ab/una-contrasena/"
EXAM = "/lecciones/seguridad/0123456789ab/examen/"
TEST = "/lecciones/seguridad/0123456789ab/antes/"
KINDS = "/lecciones/seguridad/0123456789ab/clases/"
KINDS_EXAM = "/lecciones/seguridad/0123456789ab/clases-examen/"
LESSON_ID = "01890000000070008000000000000001"


def question(code: str, kind: str, right: str, prompt: str, choices: list[tuple[str, str]], hint: str = "") -> str:
    box = "checkbox" if kind == "several" else "radio"
    options = "".join(
        f'<label class="opt"><input type="{box}" name="q.{code}" value="{number}">'
        f'<span>{html}<span class="fb" data-fb hidden>{feedback}</span></span></label>'
        for number, (html, feedback) in enumerate(choices)
    )
    details = f'<details class="hint"><summary>Una pista</summary><p>{hint}</p></details>' if hint else ""
    return (
        f'<fieldset class="card q" data-q="{code}" data-kind="{kind}" data-right="{right}">'
        f"<legend>{prompt}</legend>{options}{details}</fieldset>"
    )


BODY = (
    '<p class="step">Introducción a la ciberseguridad · Lección 3 de 8 · 5 minutos</p>'
    '<progress class="prog" max="8" value="3" aria-label="3 de 8"></progress>'
    "<h1>Una contraseña que no se olvida</h1>"
    '<div class="card story"><p>Rosa vende chompas por WhatsApp. Un día no pudo entrar a su cuenta: alguien había '
    "adivinado su clave. Era <strong>rosa1990</strong>.</p></div>"
    '<form method="post" action="responder/" data-lesson>'
    "<p>Una buena contraseña es <strong>larga</strong> y solo tuya. Lo más fácil es juntar cuatro palabras que no "
    "tengan que ver entre sí.</p>"
    "<pre><code>puerta-limón-radio-lana-y-una-línea-muy-larga-que-no-cabe-en-el-teléfono</code></pre>"
    "<table><thead><tr><th>Contraseña</th><th>¿Cuánto resiste?</th></tr></thead>"
    "<tbody><tr><td><code>rosa1990</code></td><td>Un segundo</td></tr>"
    "<tr><td><code>puerta-limón-radio-lana</code></td><td>Siglos</td></tr></tbody></table>"
    '<div class="card try"><p><b>Hazlo hoy en tu teléfono</b></p><p>Piensa cuatro palabras de cosas que ves ahora. '
    "No la escribas en un chat.</p></div>"
    + question(
        "fuerte",
        "one",
        "1",
        "¿Cuál es la más segura para Rosa?",
        [
            ("rosa2024", "Tiene su nombre y un año: es lo primero que alguien prueba."),
            ("tren-papaya-cielo-botón", "Cuatro palabras sin relación: larga, y tú la recuerdas."),
            ("12345678", "Es la más usada del mundo."),
        ],
        "Cuenta las letras de cada una.",
    )
    + question(
        "cuidar",
        "several",
        "0,2",
        "¿Qué cuida tu cuenta? Elige todas las que sirven.",
        [
            ("Una contraseña distinta en cada lugar", "Así, si una se pierde, las otras siguen seguras."),
            ("Prestar la clave solo a la familia", "Una clave prestada ya no es solo tuya."),
            ("La verificación en dos pasos", "Aunque adivinen tu clave, no entran."),
        ],
    )
    + question(
        "chat",
        "true_false",
        "1",
        "Puedes guardar tu contraseña en un chat contigo misma.",
        [("Verdadero", "Quien tome tu teléfono la encuentra."), ("Falso", "Así es. Mejor en tu memoria.")],
    )
    + '<button class="btn">Revisar y terminar</button></form>'
    '<footer class="licence">Introducción a la ciberseguridad. Trenza. CC BY-SA 4.0.</footer>'
)


class SampleForm(forms.Form):
    name = forms.CharField(label="¿Cómo te llamas?", help_text="Como aparece en tu carnet.")
    email = forms.EmailField(label="Tu correo electrónico", required=False)
    region = forms.ChoiceField(label="¿Dónde vives?", choices=[("", "Elige"), ("el-alto", "El Alto")])
    phone = forms.ChoiceField(
        label="¿Tienes teléfono propio?", choices=[("yes", "Sí"), ("no", "No, lo comparto")], widget=forms.RadioSelect
    )
    why = forms.CharField(label="¿Qué quieres aprender?", widget=forms.Textarea, help_text="En tus palabras.")
    born = forms.DateField(label="¿Cuándo naciste?", widget=DateInParts(years=range(1990, 2010)))
    agree = forms.BooleanField(label="Acepto que guarden mis respuestas")


def lesson(request: HttpRequest, **kwargs: str) -> HttpResponse:
    exam, test = request.path in (EXAM, KINDS_EXAM, TEST), request.path == TEST
    facts = shell.LessonFacts(LESSON_ID, "seguridad", next_url="/hoy/", pass_score=0.6, exam=exam, test=test)
    body = re.sub(' data-right="[^"]*"', "", BODY) if exam else BODY
    if request.path in (KINDS, KINDS_EXAM):
        course = kinds.a_course(kinds.IN_EXAMS if exam else kinds.ALL, exam=exam)
        body = lesson_body_html(course, course.lessons[0])
    document = shell.lesson_document(body, title="Una contraseña que no se olvida", language="es", facts=facts)
    return pages.answer(request, pages.remember(request.path_info, document))


ANSWER: dict[str, object] = {"status": 200, "body": {}}
POSTED: list[dict[str, list[str]]] = []


@csrf_exempt
def respond(request: HttpRequest, **kwargs: str) -> HttpResponse:
    POSTED.append({key: request.POST.getlist(key) for key in request.POST})
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(ANSWER["body"], status=int(str(ANSWER["status"])))
    return graded(request)


SENT: list[tuple[dict[str, str], dict[str, str]]] = []


@csrf_exempt
def sync(request: HttpRequest) -> HttpResponse:
    """Where phones send; here it only notes what the request carried."""
    SENT.append((dict(request.headers), dict(request.COOKIES)))
    return JsonResponse({"error": "not_here"}, status=404)


def graded(request: HttpRequest) -> HttpResponse:
    choices = [
        {"html": "rosa2024", "chosen": True, "right": False, "feedback_html": "Tiene su nombre.", "label": "Elegiste:"},
        {"html": "tren-papaya", "chosen": False, "right": True, "feedback_html": "¡Eso!"},
    ]
    falso = [{"html": "Falso", "chosen": True, "right": True, "feedback_html": "Así es.", "label": "Elegiste:"}]
    questions = [
        {
            "prompt_html": "¿Cuál es la más segura?",
            "choices": choices,
            "answered": True,
            "right": False,
            "hint_html": "<p>Cuenta.</p>",
        },
        {"prompt_html": "¿Verdadero?", "choices": falso, "answered": True, "right": True, "hint_html": ""},
    ]
    context = {"lesson_title": "Una contraseña", "questions": questions, "score": 0.5, "saved": False}
    return render(
        request,
        "field/graded.html",
        {**context, "signed_in": False, "next_url": "/hoy/", "again_url": LESSON, "sign_in_url": "/entrar/"},
    )


def form(request: HttpRequest) -> HttpResponse:
    shown = SampleForm(request.GET) if request.GET else SampleForm()
    return render(request, "sample_form.html", {"form": shown, "demonstration": True})


def confirm(request: HttpRequest) -> HttpResponse:
    fields = [("q.fuerte", "1"), ("q.cuidar", "0"), ("q.cuidar", "2")]
    context = {"name": "Ana", "action": "/r/", "fields": fields, "title": "Una contraseña", "not_me_url": "/salir/"}
    return render(request, "field/confirm.html", context)


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "sample_home.html", {"demonstration": True})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [
    path("", home),
    path("lecciones/<course>/<version>/<lesson>/", lesson),
    path("lecciones/<course>/<version>/<lesson>/responder/", respond),
    path("formulario/", form),
    path("corregido/", graded),
    path("sync", sync),
    path("confirma/", confirm),
    path("roto/", broken),
    path("espera/", errors.too_many),
    path("oficina/", home),
    path("", include("trenza.portals.field.urls")),
]
handler400 = "trenza.portals.field.errors.bad_request"
handler403 = "trenza.portals.field.errors.forbidden"
handler404 = "trenza.portals.field.errors.not_found"
handler500 = "trenza.portals.field.errors.server_error"

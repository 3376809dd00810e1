"""The few words that a lesson says by itself, in the language of its course.

They are part of the lesson's immutable body and therefore of its content, not of the interface: no gettext, whose
language is the reader's. A course in another language gets English words until its own are added here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Each is shown as it stands; braces are filled by `str.format`."""

    step: str
    minutes: str
    minute: str
    try_it: str
    hint: str
    your_answer: str
    this_end: str
    from_start: str
    place_each: str
    join_each: str
    write_first: str
    end_first: str
    check: str
    finish: str
    hand_in: str
    exam: str
    test: str
    listen: str
    watch: str
    transcript: str
    licence: str
    source: str
    task: str
    challenge: str
    quiz: str
    see_outside: str
    translation: str
    version: str
    adapted: str
    video: str
    video_cost: str
    picture: str
    picture_cost: str
    output: str
    error: str
    warning: str
    objectives: str
    guiding_questions: str
    key_points: str
    prerequisites: str
    discussion: str
    solution: str
    more: str
    for_instructors: str
    script: str
    check_list: str
    quiz_page: str
    exercises_page: str
    part: str
    module: str
    machine_translation: str
    forward: str
    back: str
    to_print: str
    her_name: str
    her_notes: str
    months: tuple[str, ...]
    month: str
    day: str
    sources: str
    glossary: str
    unconfirmed: str
    nothing_known: str
    guide: str
    competences: str


SPANISH = Phrases(
    step="Lección {number} de {count}",
    minutes="{minutes} minutos",
    minute="1 minuto",
    try_it="Hazlo hoy en tu teléfono",
    hint="Una pista",
    your_answer="Tu respuesta",
    this_end="Elijo este final",
    from_start="Volver al comienzo",
    place_each="Dale a cada paso un número distinto.",
    join_each="Elige algo para cada uno.",
    write_first="Primero escribe tu respuesta.",
    end_first="Primero llega a un final de la historia.",
    check="Revisar y terminar",
    finish="Terminar esta lección",
    hand_in="Entregar mis respuestas",
    exam="Esta es una prueba. Se califica cuando llega: la revisa la computadora del equipo, no tu teléfono. "
    "Puedes hacerla hasta {attempts} veces en un día, y cuenta la mejor.",
    test="Esto no es un examen. Nadie te pone nota y no cambia nada en tu curso. Marca lo que harías tú; si no sabes, "
    "deja la pregunta sin marcar. Así vemos si el curso enseña lo que promete.",
    listen="Escuchar",
    watch="Ver",
    transcript="Leer lo que dice",
    licence="Licencia:",
    source="Fuente:",
    task="Hazlo tú",
    challenge="Un reto",
    quiz="Preguntas",
    see_outside="Ver en {site} (usa internet)",
    translation="{name} (traducción)",
    version="versión {number}",
    adapted="adaptado",
    video="Ver el video",
    video_cost="{site}: video, gasta muchos datos",
    picture="Ver la imagen",
    picture_cost="{site}: imagen, gasta datos",
    output="Resultado",
    error="Error",
    warning="Aviso",
    objectives="Qué vas a lograr",
    guiding_questions="Preguntas de esta lección",
    key_points="Para recordar",
    prerequisites="Antes de empezar",
    discussion="Para conversar",
    solution="Ver la solución",
    more="Ver más",
    for_instructors="Para quien enseña",
    script="Guion del audio",
    check_list="Antes de seguir",
    quiz_page="Preguntas: {title}",
    exercises_page="Ejercicios: {title}",
    part="{title} ({number} de {count})",
    module="Módulo {number}",
    machine_translation="traducido por una máquina",
    forward="Siguiente",
    back="Anterior",
    to_print="Imprimir",
    her_name="Nombre",
    her_notes="Lo que quiero recordar",
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    month="{month} de {year}",
    day="{day} de {month} de {year}",
    sources="Fuentes",
    glossary="Palabras de esta lección",
    unconfirmed="Sin confirmar:",
    nothing_known="No tenemos ningún dato confirmado de este país.",
    guide="Guía para dar esta sesión",
    competences="Competencias de DigComp 2.2: {numbers}",
)

ENGLISH = Phrases(
    step="Lesson {number} of {count}",
    minutes="{minutes} minutes",
    minute="1 minute",
    try_it="Do it today on your phone",
    hint="A hint",
    your_answer="Your answer",
    this_end="I choose this end",
    from_start="Back to the beginning",
    place_each="Give each step a number of its own.",
    join_each="Choose something for each.",
    write_first="Write your answer first.",
    end_first="Come to an end of the story first.",
    check="Check and finish",
    finish="Finish this lesson",
    hand_in="Hand in my answers",
    exam="This is an exam. It is graded when it arrives: the team's computer does it, not your phone. "
    "You may take it up to {attempts} times in a day, and the best one counts.",
    test="This is no exam. Nobody marks you, and it changes nothing in your course. Choose what you would do; if you "
    "do not know, leave the question out. So we see whether the course teaches what it promises.",
    listen="Listen",
    watch="Watch",
    transcript="Read what it says",
    licence="Licence:",
    source="Source:",
    task="Your turn",
    challenge="A challenge",
    quiz="Questions",
    see_outside="See it on {site} (uses the internet)",
    translation="{name} (translation)",
    version="version {number}",
    adapted="adapted",
    video="Watch the video",
    video_cost="{site}: a video, uses a lot of data",
    picture="See the picture",
    picture_cost="{site}: a picture, uses data",
    output="Output",
    error="Error",
    warning="Warning",
    objectives="What you will be able to do",
    guiding_questions="Questions of this lesson",
    key_points="To remember",
    prerequisites="Before you begin",
    discussion="To talk about",
    solution="See the solution",
    more="See more",
    for_instructors="For whoever teaches",
    script="Script of the recording",
    check_list="Before you go on",
    quiz_page="Questions: {title}",
    exercises_page="Exercises: {title}",
    part="{title} ({number} of {count})",
    module="Module {number}",
    machine_translation="translated by a machine",
    forward="Next",
    back="Back",
    to_print="Print",
    her_name="Name",
    her_notes="What I want to remember",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    month="{month} {year}",
    day="{day} {month} {year}",
    sources="Sources",
    glossary="Words of this lesson",
    unconfirmed="Not confirmed:",
    nothing_known="We have nothing confirmed about this country.",
    guide="Guide to give this session",
    competences="Competences of DigComp 2.2: {numbers}",
)

_BY_LANGUAGE = {"es": SPANISH, "en": ENGLISH}


def date_in_words(date: str, words: Phrases) -> str:
    """A date as people say it: `2024-05` is May 2024, and a year alone is that year."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = words.months[int(rest[0]) - 1]
    form = words.day if len(rest) > 1 else words.month
    return form.format(year=year, month=month, day=int(rest[-1]))


def phrases(language: str) -> Phrases:
    """The words for a BCP 47 language; only its first part counts (`es-419` is `es`)."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)

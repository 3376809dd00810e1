"""The document around a lesson."""

import gzip

from django.test import override_settings
from django.utils import translation

from tests.portals.field.sample import BODY
from trenza.portals.field.shell import LessonFacts, lesson_document, shell, shell_version


def test_lesson_document_is_head_body_and_tail():
    parts = shell("es")

    document = lesson_document("<h1>Hola</h1>", title="Hola", language="es")

    assert document.decode() == f"{parts.before}Hola{parts.between}{parts.opening}<h1>Hola</h1>{parts.tail}"
    assert document.decode().startswith("<!doctype html>")


def test_lesson_document_escapes_the_title():
    document = lesson_document("", title="<script>&", language="es").decode()

    assert "<title>&lt;script&gt;&amp;</title>" in document


def test_lesson_document_tells_its_script_what_lesson_it_is():
    facts = LessonFacts(lesson="0a", course="uno", next_url="/a/?b=1&c", pass_score=0.8, exam=True)

    document = lesson_document("", title="Hola", language="es", facts=facts).decode()

    assert (
        '<main id="main" tabindex="-1" data-lesson="0a" data-course="uno" data-next="/a/?b=1&amp;c" data-pass="0.8"'
        " data-exam>" in document
    )


def test_lesson_document_is_the_same_whoever_asks():
    with translation.override("en"):
        in_english = lesson_document(BODY, title="a", language="es")

    assert lesson_document(BODY, title="a", language="es") == in_english


def test_shell_speaks_the_language_of_the_course():
    assert '<html lang="es"' in shell("es").before
    assert "Salir rápido" in shell("es").between
    assert "Quick exit" in shell("en").between
    assert 'data-check="Revisar"' in shell("es").tail


def test_shell_of_a_language_without_a_catalogue_keeps_its_lang():
    assert '<html lang="qu"' in shell("qu").before
    assert shell("qu").between.endswith('<main id="main" tabindex="-1"')


def test_shell_carries_its_version():
    assert f'data-shell="{shell_version("es")}"' in shell("es").before
    assert shell_version("es") != shell_version("en")


def test_shell_leaves_a_lesson_its_room():
    empty = lesson_document("", title="", language="es")

    assert len(gzip.compress(empty, 9)) <= 5_504


def test_shell_says_when_everything_is_a_demonstration():
    shell.cache_clear()
    with override_settings(TRENZA_DEMONSTRATION=True):
        demonstration = lesson_document("", title="", language="es").decode()
    shell.cache_clear()

    assert demonstration.count("DATOS DE DEMOSTRACIÓN") == 1
    assert lesson_document("", title="", language="es").decode().count("DATOS DE DEMOSTRACIÓN") == 0

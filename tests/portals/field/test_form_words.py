"""What Django's own forms say in Spanish: in the words of our pages."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext

from tools.sentences import sentences_of_forms

FORMAL = re.compile(
    r"\b(introduzca|ingrese|asegúrese|escoja|envíe|compruebe|corrija|seleccione|elija|escriba|usted|deba|ficheros?)\b",
    re.IGNORECASE,
)


def test_no_sentence_of_forms_speaks_formally_or_in_words_of_spain():
    """Those that a newer Django adds too: they get their words in parts/django_forms.po."""
    with translation.override("es"):
        said = [
            text
            for key, each in sentences_of_forms().items()
            for text in ([ngettext(key.msgid, each.plural, n) for n in (1, 2)] if each.plural else [gettext(key.msgid)])
            if key.context is None
        ]

    assert len(said) > 50
    assert [text for text in said if FORMAL.search(text)] == []


def test_form_says_what_to_do_in_our_words():
    class Form(forms.Form):
        name = forms.CharField(max_length=3)
        born = forms.DateField()
        file = forms.FileField()
        region = forms.ChoiceField(choices=[("el-alto", "El Alto")])

    with translation.override("es"):
        empty: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict({"file": [SimpleUploadedFile("lista.csv", b"")]})
        form = Form({"name": "Ana María", "born": "ayer", "region": "luna"}, empty)

        assert form.errors == {
            "name": ["Es muy largo. Caben 3 letras y tiene 9."],
            "born": ["Escribe una fecha válida."],
            "file": ["El archivo que enviaste está vacío. Elige otro."],
            "region": ["Elige una de las opciones de la lista: luna no es una de ellas."],
        }

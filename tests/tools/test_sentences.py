from pathlib import Path

from tools.catalogue import Key
from tools.sentences import Sentence, find_sentences

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

title = _("Your courses")
again = _("Your courses")
count = ngettext("%(n)s course", "%(n)s courses", n) % {"n": n}
month = pgettext("month of the year", "May")
not_one = print("Not a sentence")
"""
TEMPLATE = """{% load i18n %}<p>It's {% translate "Hello" %} {{ x|default:_("nobody") }}
{% translate "May" context "month of the year" %}
{% blocktranslate trimmed count n=lessons %}
  {{ n }} lesson
{% plural %}
  {{ n }} lessons
{% endblocktranslate %}
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_sentences_are_found_in_code_and_templates(tmp_path: Path):
    write(tmp_path / "views.py", PYTHON)
    write(tmp_path / "public" / "templates" / "home.html", TEMPLATE)
    write(tmp_path / "public" / "notes.html", "{% translate 'Not a template' %}")

    month = Key("May", "month of the year")
    home = "public/templates/home.html"
    assert find_sentences(tmp_path) == {
        Key("Hello"): Sentence(Key("Hello"), "", (f"{home}:1",)),
        Key("nobody"): Sentence(Key("nobody"), "", (f"{home}:1",)),
        month: Sentence(month, "", (f"{home}:2", "views.py:7")),
        Key("%(n)s lesson"): Sentence(Key("%(n)s lesson"), "%(n)s lessons", (f"{home}:3",)),
        Key("Your courses"): Sentence(Key("Your courses"), "", ("views.py:4", "views.py:5")),
        Key("%(n)s course"): Sentence(Key("%(n)s course"), "%(n)s courses", ("views.py:6",)),
    }

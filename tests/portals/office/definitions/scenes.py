"""Mujeres Online without Tarija, a coordinator of all of it, and what the tests of its pages do."""

import re
from pathlib import Path
from typing import Any

from django.test import Client

from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme, load_definition
from trenza.core.definition import parse_definition, write_definition

FILE = Path(__file__).parents[4] / "programmes" / "mujeres-online" / "programme.toml"


def without_tarija() -> str:
    """The definition of the repository before somebody opened Tarija, in canonical form."""
    source = FILE.read_text(encoding="utf-8")
    source = re.sub(r'\[\[region\]\]\ncode = "tarija"\n.*\n.*\n', "", source).replace(', "tarija"', "")
    source = source.replace(", Santa Cruz, Sucre o Tarija", ", Santa Cruz o Sucre")
    assert "tarija" not in source.lower()
    return write_definition(parse_definition(source.encode()))


def load(source: str | None = None) -> Programme:
    return load_definition(definition=parse_definition((source or without_tarija()).encode()))


def coordinator_of(programme: Programme) -> Person:
    """Who coordinates the whole programme."""
    return staff("coordinator", scope_kind="programme", scope=programme.pk)


def signed_in(client: Client, programme: Programme) -> str:
    """The address of the programme in the office, with its coordinator signed in."""
    sign_in(client, coordinator_of(programme))
    return f"/oficina/programas/{programme.pk}/"


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What the browser would post if nothing were changed: the form with a `revision` of a page, as it stands."""
    body = client.get(address).content.decode()
    form = next(each for each in re.findall(r"<form.*?</form>", body, re.DOTALL) if 'name="revision"' in each)
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if "name" in attributes and attributes["name"] != "csrfmiddlewaretoken":
            found.setdefault(attributes["name"], []).append(unescaped(attributes.get("value", "")))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or [""]
        found[name] = [unescaped(chosen[0])]
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = [unescaped(text).replace("\n", "\r\n")]
    return dict(found)


def unescaped(text: str) -> str:
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def with_tarija() -> str:
    """The same with Tarija as its last region, in every edition and in the calls of the regions."""
    sucre = 'code = "sucre"\nname = "Sucre"\niso = "BO-H"\n'
    tarija = '\n[[region]]\ncode = "tarija"\nname = "Tarija"\niso = "BO-T"\n'
    source = without_tarija().replace(sucre, sucre + tarija)
    for behind in ("]\nrules", "]\ncountries"):
        source = source.replace(f'"sucre"{behind}', f'"sucre", "tarija"{behind}')
    return source

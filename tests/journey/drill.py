"""What the restore drill does within an installation: `python -m tests.journey.drill look|print|work` prints JSON."""

import hashlib
import json
import re
import sys
from typing import Any
from urllib.parse import urldefrag
from uuid import UUID

import django
from django.conf import settings

ADMINISTRATOR = "administradora@demo.example"
MOST_PAGES = 40
_TOKEN = b'name="csrfmiddlewaretoken"'
_LINK = re.compile(r'href="(/[^"]*)"')
_NOT_PAGES = ("/static/", "/entrar", "/salir", "/mi/", "/oficina/")


def look() -> dict[str, Any]:
    """Every row of every table but what a restore makes anew, and every public page."""
    return {"rows": rows(), "pages": pages()}


def rows() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of them that is the same on both engines."""
    from django.apps import apps

    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        columns = [field.attname for field in model._meta.concrete_fields if field.attname != "leased_until"]
        # Sessions end, and the server has a new device beside its old one.
        if table not in {"django_session", "core_device"}:
            values = sorted(repr([_plain(value) for value in row]) for row in model._base_manager.values_list(*columns))
            found[table] = (len(values), hashlib.sha256("\n".join(values).encode()).hexdigest())
    return found


def _plain(value: Any) -> Any:
    """The same on both engines: PostgreSQL keeps no order of keys, and drivers have their own kinds of bytes."""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview) else value


def pages() -> dict[str, str]:
    """The digest of each public page that can be reached by links, of lessons and of pages that prove certificates."""
    from django.test import Client

    from trenza.apps.credentials.api import Credential, verification_url

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    waiting = ["/", *(f"/{verification_url(each.code).split('/', 3)[3]}" for each in Credential.objects.order_by("id"))]
    found: dict[str, str] = {}
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        if path in found:
            continue
        response = client.get(path)
        content = response.getvalue()
        # A form that is sent holds tokens of its own each time it is shown.
        digest = "a form" if _TOKEN in content else hashlib.sha256(content).hexdigest()
        found[path] = f"{response.status_code} {digest}"
        if response.headers.get("Content-Type", "").startswith("text/html"):
            links = (urldefrag(link).url for link in _LINK.findall(content.decode()))
            waiting += [link for link in links if not link.startswith(_NOT_PAGES)]
    return found


def print_certificate() -> dict[str, Any]:
    """The first certificate as PDF, which her page would offer; set once, then kept in a private file."""
    from trenza.apps.credentials.api import Credential, pdf_of

    credential = Credential.objects.order_by("id")[0]
    pdf = pdf_of(credential)
    content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    return {"pdf": hashlib.sha256(content).hexdigest(), "files": private_files()}


def private_files() -> list[str]:
    root = settings.PRIVATE_ROOT
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def work() -> dict[str, Any]:
    """Sign in, and go on: what is recorded now stands after everything, under a device of this server's own."""
    from django.test import Client

    from trenza.apps.people.api import latest_code, register_person
    from trenza.core import journal
    from trenza.core.models import Device, Entry

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    last = journal.last_position()
    client = Client()
    client.post("/entrar/", {"email": ADMINISTRATOR})
    client.post("/entrar/codigo/", {"code": latest_code(ADMINISTRATOR)})
    office = client.get("/oficina/")
    register_person(given_name="Nueva", family_name="", synthetic=True)
    journal.work_until_done()
    new = Entry.objects.filter(position__gt=last).order_by("position")
    authority = journal.authority_device()
    return {
        "office": office.status_code,
        "positions": [entry.position - last for entry in new][:1],
        "first sequence": min(entry.sequence for entry in new if entry.device_id == authority.id),
        "former devices": [str(uuid) for uuid in _former()],
        "devices": Device.objects.filter(kind="authority").count(),
        "faults": journal.check(),
    }


def _former() -> list[UUID]:
    from trenza.core.models import Device

    return list(Device.objects.filter(kind="former").order_by("id").values_list("uuid", flat=True))


if __name__ == "__main__":
    django.setup()
    verbs = {"look": look, "print": print_certificate, "work": work}
    json.dump(verbs[sys.argv[1]](), sys.stdout)

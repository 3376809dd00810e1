"""Certificates: how many are set in a second, as a programme does it for a ceremony."""

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import typst
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.figure import Measured, figure
from trenza.apps.credentials.certificate import CertificateData, Organisation, Signer
from trenza.apps.credentials.certificate.letters import FONTS
from trenza.apps.credentials.certificate.many import PROCESSES, set_many
from trenza.apps.credentials.openbadges import documents, proofs
from trenza.apps.credentials.openbadges.compact import Compact, text_of, write
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.core import clock
from trenza.core.ids import new_id, new_secret_code

PAGES: Final = 600
_PLAIN: Final = b"""#set document(title: "x", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: "Noto Sans", lang: "es")
#sys.inputs.name"""
"""The least that typst can set to the same standards: one name."""


@figure("certificate_pdfs_per_s")
def certificates() -> Measured:
    """Certificates of different women a second, in two processes: each with its signed credential attached, two QR
    codes, signers and two organisations. Beside it pages of one name, which the same typst sets to the same standards
    in as many processes. Starting the processes is counted in both."""
    pages = list(_pages(PAGES))
    ours = _per_second(partial(_set_all, pages))
    plain = _per_second(_set_plain)
    return Measured(
        ours, "/s", limit=plain,
        peer=f"pages of one name, by the same typst; {PROCESSES} processes, {PAGES} certificates",
    )  # fmt: skip


def _set_all(pages: list[CertificateData]) -> None:
    if any(pdf is None for pdf in set_many(pages)):
        raise RuntimeError("a certificate was not set")


def _set_plain() -> None:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for pdf in pool.map(_plain, (f"Rosa Quispe {number}" for number in range(PAGES)), chunksize=8):
            assert pdf


_compilers: list[typst.Compiler] = []


def _plain(name: str) -> bytes:
    if not _compilers:
        template = Path(tempfile.mkdtemp()) / "plain.typ"
        template.write_bytes(_PLAIN)
        _compilers.append(typst.Compiler(template, font_paths=[FONTS], ignore_system_fonts=True))
    made = _compilers[0].compile(format="pdf", pdf_standards=["a-3a", "ua-1"], sys_inputs={"name": name}, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _per_second(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return PAGES / (time.perf_counter() - start)


def _pages(count: int) -> Iterable[CertificateData]:
    private = Ed25519PrivateKey.generate()
    key = SigningKey("did:web:trenza.example:emisores:prueba:casa#1", private)
    day = date(2026, 11, 29)
    listed = new_id()
    for number in range(count):
        code = new_secret_code(26)
        said = Compact(
            code=code, name=f"Persona Sintética Número {number}", title="Alfabetización digital",
            programme="Mujeres Online", issued=day, until=day + timedelta(days=730), list=listed, index=number,
        )  # fmt: skip
        yield CertificateData(
            name=said.name, title=said.title, text="Terminó los tres módulos con sus prácticas.",
            programme=said.programme, issued_on=day, valid_until=said.until, code=code,
            organisations=[
                Organisation(name="Pro Mujer IFD", role="organiser"),
                Organisation(name="Academia Norte", role="endorser"),
            ],
            signers=[Signer(position="Dirección del programa", organisation="Pro Mujer IFD")],
            verify_url=f"https://trenza.example/certificado/{code}/", skills=("Proteger sus cuentas",),
            document=json.dumps(_signed(said, key), ensure_ascii=False),
            offline=text_of(write(said, private), "https://trenza.example"),
        )  # fmt: skip


def _signed(said: Compact, key: SigningKey) -> dict[str, Any]:
    now = clock.now()
    stated = documents.achievement_credential(
        id=f"https://trenza.example/certificado/{said.code}/",
        issuer=documents.Profile(key.controller, "Pro Mujer IFD"),
        achievement=documents.Achievement(
            "urn:uuid:0190a5d2-5f0e-7f3a-90a5-4df3a0a85df3", said.title, "Aprendió.", "Terminó.", "es"
        ),
        identity=documents.Identity("name", said.name), valid_from=now,
        status=[documents.StatusAt("https://trenza.example/estado/1/", said.index, "revocation")],
    )  # fmt: skip
    return proofs.sign(stated, key, at=now)

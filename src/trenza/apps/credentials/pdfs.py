"""The PDF of a credential: set once, when she first asks for it, and kept where no address leads.

It holds a name, so it is not among the files named by their hash, which anybody may fetch. It lies in PRIVATE_ROOT,
readable by the server's user alone, under the credential's id and a digest of all that decides its bytes: what says
something else (a corrected name, another signature), or is set by another version of the program, is another file.
Where the file is missing it is set again, with the same bytes.
"""

import hashlib
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import msgspec
from django.conf import settings

from trenza.apps.credentials import certificate, codes
from trenza.apps.credentials.certificate import CertificateData, Organisation, Role, Signer
from trenza.apps.credentials.certificate.data import LETTERS_MISSING
from trenza.apps.credentials.certificate.many import set_many
from trenza.apps.credentials.errors import NameNotPrintable, NothingToPrint
from trenza.apps.credentials.models import Credential, Logo, SignedCredential, Wording
from trenza.apps.credentials.openbadges import compact
from trenza.apps.credentials.stating import in_short, last_day

SECONDS = 30
ROLES: tuple[Role, ...] = ("organiser", "endorser")

_one_at_a_time = threading.Lock()


def pdf_of(credential: Credential) -> bytes:
    """The certificate as a PDF; the same bytes each time. A revoked one is not refused here: pages decide that.

    Raises:
        NameNotPrintable: a letter of the name is in no font. Forms ask for another spelling before it comes to this.
        NothingToPrint: the name was erased.
    """
    if not credential.name:
        raise NothingToPrint
    data = msgspec.json.encode(certificate_data(credential))
    digest = digest_of(data)
    path = _folder(credential.pk) / f"{credential.pk}-{digest}.pdf"
    if path.is_file():
        return path.read_bytes()
    pdf = set_aside(data)
    keep(path, pdf)
    return pdf


def pdfs_of(credentials: Iterable[Credential]) -> Iterator[bytes | None]:
    """The certificates of many, in their order, a hundred a second; none of them is kept. None where a letter of a name
    is in no font. Give those that hold and bear a name."""
    return set_many(certificate_data(each) for each in credentials)


def certificate_data(credential: Credential) -> CertificateData:
    """What the page says, from the words it was issued with."""
    wording = credential.wording
    logos = {
        str(pk): bytes(data) for pk, data in Logo.objects.filter(pk__in=_logos_of(wording)).values_list("pk", "data")
    }
    document, offline = _signed(credential)
    return CertificateData(
        name=credential.name,
        title=wording.title,
        text=wording.text,
        programme=wording.programme_name,
        organisations=[
            Organisation(name=each["name"], role=role, logo=logos.get(each.get("logo", ""), b""))
            for each in wording.organisations
            for role in ROLES
            if role in each["roles"]
        ],
        issued_on=credential.issued_on,
        code=codes.grouped(credential.code),
        verify_url=codes.verification_url(credential.code),
        hours=wording.hours,
        valid_until=last_day(credential),
        skills=wording.skills,
        signers=[Signer(**each) for each in wording.signers],
        language=wording.language,
        demonstration=credential.demonstration,
        document=document,
        offline=offline,
    )


def _logos_of(wording: Wording) -> list[str]:
    return [each["logo"] for each in wording.organisations if "logo" in each]


def _signed(credential: Credential) -> tuple[str, str]:
    """The signed document and the text of the QR code; blank where there are none, where nobody trusts the key any
    more, and where they say something else than the page would (a name that was corrected, and is signed before long).
    """
    held = SignedCredential.objects.select_related("key", "status_list").filter(credential=credential).first()
    if held is None or not held.document or not held.compact or held.key.distrusted_at is not None:
        return "", ""
    said = in_short(credential, held.status_list, held.status_index)
    code = bytes(held.compact)
    if compact.read(code).compact != compact.as_written(said):
        return "", ""
    return zlib.decompress(held.document).decode(), compact.text_of(code, settings.PUBLIC_URL)


@cache
def _setter() -> bytes:
    """What sets the page: its words, its drawing and its fonts."""
    digest = hashlib.sha256(version("typst").encode())
    for path in sorted(Path(certificate.__file__).parent.rglob("*")):
        if path.suffix in {".py", ".typ", ".ttf"}:
            digest.update(path.read_bytes())
    return digest.digest()


def forget(credentials: Iterable[UUID]) -> None:
    """Remove what is kept of these credentials."""
    for pk in credentials:
        for path in _folder(pk).glob(f"{pk}-*.pdf"):
            path.unlink(missing_ok=True)


def digest_of(data: bytes) -> str:
    """Names what is made of these data: by them, and by what makes it."""
    return hashlib.sha256(_setter() + data).hexdigest()[:16]


def set_aside(data: bytes, *arguments: str) -> bytes:
    """Set a page in a process of its own, one at a time (see certificate/__main__.py).

    Raises:
        NameNotPrintable: a letter is in no font.
    """
    command = [sys.executable, "-m", "trenza.apps.credentials.certificate", *arguments]
    with _one_at_a_time:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    if done.returncode == LETTERS_MISSING:
        raise NameNotPrintable(done.stdout.decode())
    if done.returncode:
        # Its errors could quote a name: they are not repeated.
        raise RuntimeError(f"setting a certificate ended with exit code {done.returncode}")
    return done.stdout


def keep(path: Path, pdf: bytes) -> None:
    """Written aside and renamed: a reader never sees half a file. Both folder and file are for this user alone."""
    Path(settings.PRIVATE_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (path.parent.parent, path.parent):  # `parents=True` would give those between the usual mode
        folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:  # made with mode 0600
        aside.write(pdf)
    Path(aside.name).replace(path)


def _folder(pk: UUID) -> Path:
    """The last digits of a UUIDv7 are random, the first are the time."""
    return Path(settings.PRIVATE_ROOT) / "certificates" / pk.hex[-2:]

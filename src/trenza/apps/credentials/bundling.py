"""All that she needs to show her credentials without us: one ZIP, with what it takes to check them."""

import json
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from django.utils.text import slugify

from trenza.apps.credentials.badges import badge_of
from trenza.apps.credentials.errors import KeyNotReadable, NameNotPrintable, NothingToPrint, NotSigned
from trenza.apps.credentials.keyring import did_document
from trenza.apps.credentials.models import Credential, Endorsement, SignedCredential, StatusList
from trenza.apps.credentials.pdfs import pdf_of
from trenza.apps.credentials.publishing import published_status
from trenza.apps.credentials.queries import hers_to_show, signed_document
from trenza.apps.credentials.stating import PURPOSES, as_json
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Organisation

MOST: Final = 60
"""Credentials in one file, the newest: setting a page takes a quarter of a second where it was never printed."""
IN_MEMORY: Final = 1_048_576
"""Bytes of the file; what is longer lies on the disk until it was sent."""


@dataclass(frozen=True)
class Packed:
    """A credential, and which files of it are in the ZIP."""

    credential: Credential
    files: tuple[str, ...]


def bundle_of(person: Person, describe: Callable[[Sequence[Packed]], str]) -> IO[bytes]:
    """The ZIP of hers that hold, from its beginning; who gets it closes it. `describe` writes its LEEME.txt.

    PDFs, signed documents, badges, the DID documents of those who signed them, and the status lists as they are now.
    One file at a time is in memory.
    """
    held = [each for each in hers_to_show(person) if each.is_valid][:MOST]
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (who gets it closes it)
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            packed = [_pack(archive, number, each) for number, each in enumerate(held, start=1)]
            for organisation in _signers(held):
                name = f"emisores/{organisation.programme.code}.{organisation.code}.did.json"
                archive.writestr(name, json.dumps(did_document(organisation), ensure_ascii=False, indent=1))
            for status_list in _lists(held):
                for purpose in PURPOSES:
                    with suppress(KeyNotReadable):
                        if document := published_status(status_list, purpose):
                            archive.writestr(f"estado/{status_list.pk}.{purpose}.json", document)
            archive.writestr("LEEME.txt", describe(packed))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _pack(archive: zipfile.ZipFile, number: int, credential: Credential) -> Packed:
    name = f"{number:02}-{slugify(credential.wording.title)[:40].strip('-') or 'certificado'}"
    files = []

    def keep(file: str, data: bytes, packing: int = zipfile.ZIP_STORED) -> None:
        archive.writestr(file, data, packing)
        files.append(file)

    # What cannot be printed, or is not signed yet, is left out; the page of the one certificate says why.
    with suppress(NameNotPrintable, NothingToPrint, subprocess.TimeoutExpired):
        keep(f"certificados/{name}.pdf", pdf_of(credential))
    if document := signed_document(credential):
        keep(f"credenciales/{name}.json", as_json(document), zipfile.ZIP_DEFLATED)
    with suppress(NameNotPrintable, NotSigned, subprocess.TimeoutExpired):
        keep(f"insignias/{name}.png", badge_of(credential))
    return Packed(credential, tuple(files))


def _signers(credentials: Iterable[Credential]) -> list[Organisation]:
    """Who issued one of these, and who endorsed what it says."""
    of = {each.pk: (each.wording_id, each.enrolment.edition_id) for each in credentials}
    issuers = SignedCredential.objects.filter(credential__in=of).order_by().values("status_list__organisation")
    endorsed = Endorsement.objects.filter(wording__in={wording for wording, _edition in of.values()})
    endorsers = endorsed.filter(edition__in={edition for _wording, edition in of.values()}).order_by()
    found = Organisation.objects.select_related("programme")
    both = found.filter(pk__in=issuers) | found.filter(pk__in=endorsers.values("key__organisation"))
    return list(both.order_by("programme__code", "code"))


def _lists(credentials: Iterable[Credential]) -> list[StatusList]:
    theirs = SignedCredential.objects.filter(credential__in=[each.pk for each in credentials]).order_by()
    return list(
        StatusList.objects.select_related("organisation__programme").filter(pk__in=theirs.values("status_list"))
    )

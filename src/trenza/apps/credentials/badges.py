"""Her badge: a picture of what she achieved, with the signed credential in it (Open Badges 3.0, *baked*)."""

from pathlib import Path

import msgspec
from django.conf import settings

from trenza.apps.credentials import pdfs
from trenza.apps.credentials.certificate import BadgeData
from trenza.apps.credentials.certificate.data import BADGE
from trenza.apps.credentials.errors import NotSigned
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.openbadges.baking import bake
from trenza.apps.credentials.queries import signed_document
from trenza.apps.credentials.stating import as_json


def badge_of(credential: Credential) -> bytes:
    """A PNG that Open Badges 3.0 readers know. The picture bears no name; the document in it does.

    Raises:
        NotSigned: its issuer has not signed it yet, or her data were erased.
        NameNotPrintable: a letter of the definition is in no font.
    """
    document = signed_document(credential)
    if document is None:
        raise NotSigned
    return bake(_picture(credential), as_json(document))


def _picture(credential: Credential) -> bytes:
    """Drawn once for all who achieved the same in a year, and kept beside the PDFs."""
    wording = credential.wording
    said = BadgeData(
        title=wording.title, programme=wording.programme_name, year=credential.issued_on.year,
        language=wording.language, demonstration=credential.demonstration,
    )  # fmt: skip
    data = msgspec.json.encode(said)
    path = Path(settings.PRIVATE_ROOT) / "badges" / f"{pdfs.digest_of(data)}.png"
    if not path.is_file():
        pdfs.keep(path, pdfs.set_aside(data, BADGE))
    return path.read_bytes()

"""Links with which she shows a certificate elsewhere: they carry its public address and what it is called, and nothing
of her."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from trenza.apps.credentials.api import Credential, verification_url


@dataclass(frozen=True)
class Sharing:
    """Where each way of sharing leads; `url` is the address itself."""

    url: str
    whatsapp: str
    email: str
    linkedin: str


def sharing_of(credential: Credential) -> Sharing:
    """The links of one that holds."""
    url, title = verification_url(credential.code), credential.wording.title
    text = f"{title}: {url}"
    return Sharing(
        url=url,
        whatsapp="https://wa.me/?" + urlencode({"text": text}, quote_via=quote),
        email="mailto:?" + urlencode({"subject": title, "body": text}, quote_via=quote),
        linkedin="https://www.linkedin.com/profile/add?" + urlencode(_as_certification(credential, url)),
    )


def _as_certification(credential: Credential, url: str) -> dict[str, str]:
    organisers, until = credential.wording.those_who("organiser"), credential.last_day
    stated = {
        "startTask": "CERTIFICATION_NAME",
        "name": credential.wording.title,
        "organizationName": organisers[0] if organisers else credential.wording.programme_name,
        "issueYear": str(credential.issued_on.year),
        "issueMonth": str(credential.issued_on.month),
        "certUrl": url,
        "certId": credential.code,
    }
    if until is not None:
        stated |= {"expirationYear": str(until.year), "expirationMonth": str(until.month)}
    return stated

"""A girl of whom nothing may be kept yet: an adult says yes first, and only then is she registered and signed up."""

from datetime import date
from typing import Any
from uuid import UUID

from trenza.apps.admissions.actions.arrival import ConsentText, Details, sign_up_on_arrival
from trenza.apps.admissions.errors import CallNotOpen
from trenza.apps.admissions.models import Application, Call
from trenza.apps.people.api import (
    LinkNotValid,
    answer_as_guardian,
    end_request,
    keep_request,
    name_guardian,
    new_guardian_link,
    read_request,
    token_of,
)
from trenza.apps.programmes.api import Enrolment, Region
from trenza.core.journal import action


@action
def ask_guardian_first(
    *,
    call: Call,
    details: Details,
    consent: ConsentText,
    region: Region | None,
    adult: str,
    relation: str,
    address: str,
) -> str:
    """Seal what she said, with the adult's name, relation and address; the token of the adult's link is returned.

    Raises:
        TooManyLinks: too many were sent to this adult today.
    """
    born = details.birth_date
    contents = {
        "call": call.pk.hex,
        "region": region.pk.hex if region else None,
        "consent": [consent.code, consent.version],
        "details": {
            "given_name": details.given_name,
            "family_name": details.family_name,
            "email": details.email,
            "birth_date": born.isoformat() if born else None,
        },
        "adult": {"name": adult, "relation": relation, "email": address},
    }
    return keep_request(contents=contents, to=address)


def call_of_request(token: str) -> tuple[Call, str] | None:
    """To which call she asked to be signed up, and her given name; None where the link opens nothing (any more)."""
    contents = read_request(token)
    call = _call(contents) if contents else None
    return (call, contents["details"]["given_name"]) if contents and call else None


@action
def agree_first(*, token: str, version: int) -> Enrolment | Application:
    """The adult says yes: she is registered and signed up, and waits until the team has checked it (who is of age
    meanwhile is enrolled). `version` is that of the text that the adult read.

    Raises:
        LinkNotValid: it was answered, has ended, or is none.
        EmailTaken: somebody has her address already; else as `sign_up`. The request stays until it ends.
    """
    contents = read_request(token)
    if contents is None or not end_request(token=token):
        raise LinkNotValid
    call = _call(contents)
    if call is None:
        raise CallNotOpen
    region = Region.objects.filter(pk=UUID(hex=contents["region"])).first() if contents["region"] else None
    said = contents["details"]
    code, agreed = contents["consent"]
    result = sign_up_on_arrival(
        call=call,
        person=None,
        details=Details(**{**said, "birth_date": date.fromisoformat(said["birth_date"])}),
        consent=ConsentText(code, agreed),
        region=region,
        adult_agreed=True,
    )
    if isinstance(result, Application):
        person = result.person
        named = name_guardian(person=person, by=person, **contents["adult"])
        counted = new_guardian_link(guardianship=named, by=person)
        answer_as_guardian(token=token_of(counted), agrees=True, version=version)
    return result


@action
def refuse_first(*, token: str) -> None:
    """The adult says no: nothing is kept. Raises LinkNotValid."""
    if not end_request(token=token):
        raise LinkNotValid


def _call(contents: dict[str, Any]) -> Call | None:
    found = Call.objects.select_related("programme", "edition", "track")
    return found.filter(pk=UUID(hex=contents["call"])).first()

"""What other people's tables keep about a person, field by field; ours are classified in their models."""

from collections.abc import Mapping
from typing import NamedTuple

from trenza.core.privacy import SENSITIVE, Privacy


class Kept(NamedTuple):
    """A field of somebody else's model: how it is classified, and why it is there."""

    privacy: Privacy
    sentence: str


THIRD_PARTY: Mapping[str, Kept] = {
    "sessions.Session.session_data": Kept(
        SENSITIVE, "Who is signed in and, while she signs in, her address and code; goes with `clearsessions`."
    ),
}

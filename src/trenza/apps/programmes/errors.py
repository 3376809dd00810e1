"""Why an action of programmes cannot act."""

from collections.abc import Sequence

from trenza.apps.programmes.models import DefinitionDraft, DefinitionVersion, Enrolment
from trenza.core.errors import DomainError


class AlreadyEnrolled(DomainError):
    """The person has this place already; `enrolment` is it."""

    def __init__(self, enrolment: Enrolment) -> None:
        super().__init__(f"enrolment {enrolment.pk} exists")
        self.enrolment = enrolment


class NotOffered(DomainError):
    """The edition does not run this track, or not in this region, or a definition retired one of them."""


class NotInTeam(DomainError):
    """Somebody has this address whom the viewer neither sees nor finds in her team: to enrol her would show her."""


class EditedMeanwhile(DomainError):
    """Somebody published a version after the one that was edited; `latest` is it. Nothing was changed."""

    def __init__(self, latest: DefinitionVersion) -> None:
        super().__init__(f"version {latest.number} came in between")
        self.latest = latest


class DraftMoved(DomainError):
    """The draft was saved elsewhere in the meantime (another tab); `draft` is what it is now, None if it is gone."""

    def __init__(self, draft: DefinitionDraft | None) -> None:
        super().__init__("the draft was saved elsewhere")
        self.draft = draft


class OtherProgramme(DomainError):
    """The definition is of another programme: its code differs; `code` is what it says."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotConfirmed(DomainError):
    """Things with people in them would be retired and nobody said so; `things` are (section, code)."""

    def __init__(self, things: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{section} {code}" for section, code in things))
        self.things = list(things)


class WrongState(DomainError):
    """The enrolment's state does not allow the change; `state` is what it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotOfThisTrack(DomainError):
    """The module belongs to another track than the enrolment."""


class NotConfirmable(DomainError):
    """The module is met by a course, not by a role's confirmation."""

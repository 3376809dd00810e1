"""Why an action of admissions cannot act."""

from collections.abc import Sequence

from trenza.apps.admissions.eligibility import Outcome
from trenza.apps.admissions.models import Application
from trenza.core.errors import DomainError


class CallNotOpen(DomainError):
    """The call is not published, has not begun or has ended, in its own time zone; or it admits in another way."""


class RegionNotOffered(DomainError):
    """The call does not run in this region."""


class AlreadyApplied(DomainError):
    """She has applied to this call; `.application` is it, and nothing was changed."""

    def __init__(self, application: Application) -> None:
        super().__init__(f"application {application.pk} exists")
        self.application = application


class Incomplete(DomainError):
    """A required answer is missing; `.questions` are their codes."""

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__(", ".join(questions))
        self.questions = list(questions)


class NotEligible(DomainError):
    """She does not meet what the call asks, or not yet; `.outcomes` say what, in plain words."""

    def __init__(self, outcomes: Sequence[Outcome] = ()) -> None:
        super().__init__(", ".join(outcome.rule for outcome in outcomes if not outcome.met))
        self.outcomes = list(outcomes)


class WaitsForGuardian(DomainError):
    """She is a minor, and nobody has consented for her yet."""


class NoSeatLeft(DomainError):
    """All seats of the call, of her region or of the tracks that she wishes for are taken."""


class WishesNotValid(DomainError):
    """She wishes for no track, for one twice, for too many, or for one that is none of the call's."""


class TooLateToChange(DomainError):
    """The last day on which she may change her track is over; or her call has none."""


class ChangeUsed(DomainError):
    """She may change her track once, and has."""


class MayNotRejoin(DomainError):
    """The call lets nobody stand on its waiting list again, or it is over."""


class NotReachedThen(DomainError):
    """Nobody was told on a day before the offer, or one that has not come."""


class NothingToChange(DomainError):
    """The seats are so already."""


class SeatsDoNotAddUp(DomainError):
    """Regions, tracks or the reserve would have more seats than there are in total; or one of the numbers is none."""


class ReasonMissing(DomainError):
    """It needs a reason: a line of at most 500 characters."""


class SeatsTaken(DomainError):
    """It would have fewer seats than are taken; `.pools` name them: a call's code, a region's or track's or ""."""

    def __init__(self, pools: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(f"{call} {region}".strip() for call, region in pools))
        self.pools = list(pools)


class DrawStands(DomainError):
    """A definition changes the rule of a draw whose call has opened; `.call` is its code."""

    def __init__(self, call: str) -> None:
        super().__init__(call)
        self.call = call


class TracksStand(DomainError):
    """A definition takes tracks away for which women wish, or in which they have a place; or makes one track of
    several, or several of one, where women have applied. `.call` is its code."""

    def __init__(self, call: str) -> None:
        super().__init__(call)
        self.call = call


class ByDrawOnly(DomainError):
    """The places of this call are given by its draw, and afterwards in its order: to nobody out of turn."""


class DrawNotReady(DomainError):
    """The step before has not been done, or its time has not come: close the list, type in the seed, draw."""


class DrawMovedOn(DomainError):
    """It was done already."""


class SeedNotValid(DomainError):
    """This is no seed, or does not say where it comes from."""


class WrongState(DomainError):
    """The application or award has moved on (or not so far yet); `.state` is what it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TooYoungAlone(DomainError):
    """Nothing of hers may be kept before an adult who looks after her agrees."""


class AppealNotOpen(DomainError):
    """There is nothing to look at again, the days for it are over, or one is open already."""


class NotFulfillable(DomainError):
    """The rule is not one of this application's, or counts as met already."""


class NotEnough(DomainError):
    """Something must be said: a reason, a text."""


class OfferExpired(WrongState):
    """Her days to answer are over."""

    def __init__(self) -> None:
        super().__init__(Application.State.EXPIRED)

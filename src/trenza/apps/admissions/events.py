"""What admissions records. All are decisions: seats are scarce."""

from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("admissions.call_published.v1")
class CallPublished(Decision, frozen=True):
    call: UUID


@kind("admissions.application_submitted.v1")
class ApplicationSubmitted(Decision, frozen=True):
    application: UUID
    call: UUID
    region: UUID | None
    state: Code


@kind("admissions.application_judged_again.v1")
class ApplicationJudgedAgain(Decision, frozen=True):
    """She corrected her answers, and the rules were applied anew."""

    application: UUID
    state: Code


@kind("admissions.call_rules_changed.v1")
class CallRulesChanged(Decision, frozen=True):
    """A definition changed the rules of a call, or the day on which age counts: its applications are judged again."""

    call: UUID


@kind("admissions.judging_continued.v1")
class JudgingContinued(Decision, frozen=True):
    """A portion of the applications of a call was judged again; the next ones come after this one."""

    call: UUID
    after: UUID


@kind("admissions.rules_applied_anew.v1")
class RulesAppliedAnew(Decision, frozen=True):
    """The rules of its call changed, and something came out otherwise for this application."""

    application: UUID
    state: Code


@kind("admissions.rule_fulfilled.v1")
class RuleFulfilled(Decision, frozen=True):
    """A rule counts as met: she did it (`how` is tasks or email), or a coordinator says so (team)."""

    fulfilment: UUID
    application: UUID
    how: Code
    state: Code


@kind("admissions.fulfilment_undone.v1")
class FulfilmentUndone(Decision, frozen=True):
    fulfilment: UUID
    application: UUID
    state: Code


@kind("admissions.appeal_made.v1")
class AppealMade(Decision, frozen=True):
    appeal: UUID
    application: UUID


@kind("admissions.appeal_answered.v1")
class AppealAnswered(Decision, frozen=True):
    appeal: UUID
    application: UUID
    upheld: bool
    state: Code


@kind("admissions.plan_written.v1")
class PlanWritten(Decision, frozen=True):
    """She wrote her plan for studying, or changed it."""

    plan: UUID


@kind("admissions.notice_given.v1")
class NoticeGiven(Decision, frozen=True):
    """Somebody of the team told her where her application stands."""

    notice: UUID
    application: UUID


@kind("admissions.application_put_on_waiting_list.v1")
class ApplicationPutOnWaitingList(Decision, frozen=True):
    application: UUID


@kind("admissions.application_withdrawn.v1")
class ApplicationWithdrawn(Decision, frozen=True):
    application: UUID


@kind("admissions.application_continued.v1")
class ApplicationContinued(Decision, frozen=True):
    """It waited for a guardian, and goes on."""

    application: UUID
    state: Code


@kind("admissions.application_stopped.v1")
class ApplicationStopped(Decision, frozen=True):
    """Her guardian no longer agrees: it waits again."""

    application: UUID


@kind("admissions.award_made.v1")
class AwardMade(Decision, frozen=True):
    award: UUID
    application: UUID
    call: UUID
    region: UUID | None


@kind("admissions.award_accepted.v1")
class AwardAccepted(Decision, frozen=True):
    award: UUID
    acceptance: UUID
    enrolment: UUID


@kind("admissions.award_declined.v1")
class AwardDeclined(Decision, frozen=True):
    award: UUID
    refusal: UUID


@kind("admissions.award_reached.v1")
class AwardReached(Decision, frozen=True):
    """The offer is known to have reached her: she saw it, or was told. Her days to answer begin."""

    award: UUID
    how: Code


@kind("admissions.award_ended.v1")
class AwardEnded(Decision, frozen=True):
    """Its seat is free: her days were over, the team took it back, or she left before it began. The reason stays in
    the row."""

    award: UUID
    end: UUID
    how: Code


@kind("admissions.award_resumed.v1")
class AwardResumed(Decision, frozen=True):
    """She returned to what she had left, and holds a seat again."""

    award: UUID
    enrolment: UUID


@kind("admissions.award_moved.v1")
class AwardMoved(Decision, frozen=True):
    """Her seat is in another track of the call, and one of the track before is free."""

    award: UUID
    call: UUID
    track_before: UUID
    track: UUID


@kind("admissions.waiting_list_rejoined.v1")
class WaitingListRejoined(Decision, frozen=True):
    """Her offer had expired, and she stands at the end of the waiting list."""

    application: UUID


@kind("admissions.seats_changed.v1")
class SeatsChanged(Decision, frozen=True):
    """A line of the ledger of seats: of the total, the reserve, a region or a track. Null where there is no limit."""

    line: UUID
    call: UUID
    of: Code
    region: UUID | None
    before: int | None
    after: int | None
    track: UUID | None = None


@kind("admissions.part_given.v1")
class PartGiven(Decision, frozen=True):
    """She has one of the things that her award contains."""

    part: UUID
    award: UUID


@kind("admissions.part_not_given.v1")
class PartNotGiven(Decision, frozen=True):
    """It was marked as given by mistake."""

    part: UUID
    award: UUID


@kind("admissions.draw_announced.v1")
class DrawAnnounced(Decision, frozen=True):
    """The rule of a draw was published; `rule` is its SHA-256."""

    draw: UUID
    call: UUID
    rule: Code


@kind("admissions.draw_list_frozen.v1")
class DrawListFrozen(Decision, frozen=True):
    """Nobody joins the list of a draw any more; `list` is its SHA-256."""

    draw: UUID
    call: UUID
    list: Code
    applications: int


@kind("admissions.draw_seed_given.v1")
class DrawSeedGiven(Decision, frozen=True):
    """The seed was typed in, or corrected before the draw; `seed` is its SHA-256."""

    draw: UUID
    call: UUID
    seed: Code


@kind("admissions.draw_held.v1")
class DrawHeld(Decision, frozen=True):
    """The places were drawn: so many reserved ones, and so many at large."""

    draw: UUID
    call: UUID
    reserved: int
    at_large: int


@kind("admissions.signed_up.v1")
class SignedUp(Decision, frozen=True):
    """She enrolled by an open call."""

    sign_up: UUID
    call: UUID
    enrolment: UUID


__all__ = [
    "AppealAnswered",
    "AppealMade",
    "ApplicationContinued",
    "ApplicationJudgedAgain",
    "ApplicationPutOnWaitingList",
    "ApplicationStopped",
    "ApplicationSubmitted",
    "ApplicationWithdrawn",
    "AwardAccepted",
    "AwardDeclined",
    "AwardEnded",
    "AwardMade",
    "AwardMoved",
    "AwardReached",
    "AwardResumed",
    "CallPublished",
    "CallRulesChanged",
    "DrawAnnounced",
    "DrawHeld",
    "DrawListFrozen",
    "DrawSeedGiven",
    "FulfilmentUndone",
    "JudgingContinued",
    "NoticeGiven",
    "PartGiven",
    "PartNotGiven",
    "PlanWritten",
    "RuleFulfilled",
    "RulesAppliedAnew",
    "SeatsChanged",
    "SignedUp",
    "WaitingListRejoined",
]

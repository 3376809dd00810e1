"""What others may ask admissions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from trenza.apps.admissions.draw.replay import RESULTS, Head, write_replay
from trenza.apps.admissions.draw.rule import Entry
from trenza.apps.admissions.models import (
    Application,
    Award,
    Brought,
    Call,
    Draw,
    DrawEntry,
    Judgement,
    Letter,
    Readiness,
    SeatPool,
    StudyPlan,
    Wish,
)
from trenza.apps.admissions.readying import PathStep
from trenza.apps.admissions.remembered import call_from_memory
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, Programme, Track
from trenza.core import clock

CAME: Final = Coalesce("rejoined_at", "submitted_at")
"""Since when somebody stands in the line."""


@dataclass(frozen=True)
class TakenDown:
    """That somebody took a woman down in person: who (None where nothing is left of her), and when it came in. On a
    sheet it has the day that stands there, on a phone without a signal the moment in which it was written."""

    by: Person | None
    at: datetime
    paper_on: date | None
    written_at: datetime | None


@dataclass(frozen=True)
class Seats:
    """What is left of a call: in total, by region and by track (its id); None and no key where there is no limit."""

    total: int | None
    by_region: Mapping[UUID, int]
    by_track: Mapping[UUID, int] = field(default_factory=dict)

    def left_in(self, region: UUID) -> int | None:
        """What is left for somebody of this region; None where there is no limit."""
        limits = [left for left in (self.total, self.by_region.get(region)) if left is not None]
        return min(limits) if limits else None

    @property
    def none_left(self) -> bool:
        """Whether the total is gone."""
        return self.total == 0

    def left_in_track(self, track: UUID) -> int | None:
        """What is left in this track, wherever; None where there is no limit."""
        limits = [left for left in (self.total, self.by_track.get(track)) if left is not None]
        return min(limits) if limits else None


def published_calls(programme: Programme) -> QuerySet[Call]:
    """The calls of a programme that anybody may see, open or not, with what a page shows of them."""
    return _shown(Call.objects.published().filter(programme=programme)).order_by("opens_at", "position")


def published_call(programme: str, code: str) -> Call | None:
    """The published call of these codes, with what it points at, from memory where it is as it was; without what is
    taken of its seats."""

    def read() -> Call | None:
        calls = Call.objects.published().filter(programme__code=programme, code=code)
        return _with_places(calls).order_by("id").first()

    return call_from_memory((programme, code), read)


def open_calls(programme: Programme | None = None) -> QuerySet[Call]:
    """The calls that are open now: of a programme, or of all."""
    calls = Call.objects.open_at(clock.now())
    return _shown(calls.filter(programme=programme) if programme else calls).order_by("closes_at", "position")


def seats_of(call: Call) -> Seats:
    """What is left of its seats. No query where the call came from `published_calls` or `open_calls`."""
    pools: list[SeatPool] = list(call.pools.all())
    return Seats(
        total=next((pool.left for pool in pools if pool.of is None), None),
        by_region={pool.region_id: pool.left for pool in pools if pool.region_id},
        by_track={pool.track_id: pool.left for pool in pools if pool.track_id},
    )


def applications_of(person: Person) -> QuerySet[Application]:
    """Her applications, the newest first, each with its call, award and outcomes."""
    return (
        Application.objects.filter(person=person)
        .select_related("call__programme", "call__edition", "call__track", "region", "award__track")
        .prefetch_related("outcomes")
        .order_by("-submitted_at", "-id")
    )


def awards_to_answer(person: Person) -> QuerySet[Award]:
    """Places that wait for her yes or no, the oldest first."""
    return (
        Award.objects.filter(person=person, application__state=Application.State.AWARDED)
        .select_related("call__programme", "call__edition", "track", "region")
        .order_by("awarded_at", "id")
    )


def waiting_place(application: Application) -> int | None:
    """Her place on the waiting list, from 1; None if she is not on it. Where her region has seats of its own, the
    place is among those of her region; of a call with several tracks, among those who wish for one that she wishes for
    too. Where places are drawn that order counts, and who came later stands
    behind; before the draw there is none."""
    if application.state != Application.State.WAITING_LIST:
        return None
    came = application.rejoined_at or application.submitted_at
    earlier = Q(came__lt=came) | Q(came=came, id__lt=application.pk)
    draw = Draw.objects.filter(call=application.call_id).first()
    if draw is not None and draw.drawn_at is None:
        return None
    if draw is not None:
        entry = entry_of(application) if application.rejoined_at is None else None
        drawn = Q(draw_entry__isnull=False, rejoined_at=None)
        earlier = Q(draw_entry__rank__lt=entry.rank, rejoined_at=None) if entry else drawn | (~drawn & earlier)
    waiting = Application.objects.filter(call=application.call_id, state=Application.State.WAITING_LIST)
    ahead = waiting.annotate(came=CAME).filter(earlier)
    if SeatPool.objects.filter(call=application.call_id, region=application.region_id, region__isnull=False).exists():
        ahead = ahead.filter(region=application.region_id)
    if hers := list(application.wishes.values_list("track", flat=True)):
        ahead = ahead.filter(Exists(Wish.objects.filter(application=OuterRef("pk"), track__in=hers)))
    return ahead.count() + 1


def _shown(calls: QuerySet[Call]) -> QuerySet[Call]:
    return _with_places(calls).prefetch_related("pools")


def _with_places(calls: QuerySet[Call]) -> QuerySet[Call]:
    related = calls.select_related("programme", "edition", "track", "form")
    return related.prefetch_related("regions", "tracks")


def shared_zone(calls: QuerySet[Call]) -> ZoneInfo:
    """The time zone in which all these calls were given, to tell days and months by; UTC where they differ or there
    are none. An edition has no zone of its own: its calls do."""
    zones = set(calls.filter(follow_on=None).order_by().values_list("time_zone", flat=True).distinct()[:2])
    return ZoneInfo(zones.pop()) if len(zones) == 1 else ZoneInfo("UTC")


def zones_of(editions: Iterable[UUID]) -> dict[UUID, ZoneInfo]:
    """The zone of each edition's calls, where they have one in common (`shared_zone`). One query."""
    found: dict[UUID, set[str]] = {}
    calls = Call.objects.filter(edition__in=set(editions), follow_on=None).order_by()
    for edition, zone in calls.values_list("edition", "time_zone").distinct():
        found.setdefault(edition, set()).add(zone)
    return {edition: ZoneInfo(zones.pop()) for edition, zones in found.items() if len(zones) == 1}


def draw_of(call: Call) -> Draw | None:
    """The draw of a call, once it is announced."""
    return Draw.objects.filter(call=call).first()


def entry_of(application: Application) -> DrawEntry | None:
    """Her line on the frozen list; None where she is not on it."""
    return DrawEntry.objects.filter(application=application).first()


def entries_of(draw: Draw) -> Iterator[Entry]:
    """The frozen list, in order of the numbers."""
    found = draw.entries.order_by("number").values_list("number", "region", "groups")
    return (Entry(number, region, tuple(groups)) for number, region, groups in found.iterator())


def replay_of(draw: Draw) -> Iterator[bytes]:
    """The replay file of a draw that was held, in pieces."""
    codes = {name: code for code, name in RESULTS.items()}
    call = Call.objects.select_related("programme").get(pk=draw.call_id)
    head = Head(
        call=f"{call.programme.code}/{call.code}",
        source=draw.source,
        rule=draw.drawn_by_rule,
        list_hash=draw.list_hash,
        applications=draw.applications,
        seed_source=draw.seed_source,
        seed=draw.seed,
    )
    found = draw.entries.order_by("number").values_list("number", "region", "groups", "rank", "result")
    rows = (
        (Entry(number, region, tuple(groups)), rank or 0, codes[result])
        for number, region, groups, rank, result in found.iterator()
    )
    return write_replay(head, rows, tuple(draw.filled))


def in_order_of_award(applications: QuerySet[Application], call: Call) -> QuerySet[Application]:
    """Who is awarded a place next: in order of arrival, or as they were drawn, and then who came later. Who let an
    offer expire and came back, came then."""
    if call.is_drawn:
        drawn = Case(When(rejoined_at=None, then=F("draw_entry__rank")))
        return applications.order_by(drawn.asc(nulls_last=True), CAME, "id")
    return applications.order_by(CAME, "id")


def judgements_of(application: Application) -> list[Judgement]:
    """Every time that its rules were applied, the newest first."""
    return list(application.judgements.select_related("judged_by").order_by("-judged_at", "-id"))


def path_of(application: Application) -> list[PathStep]:
    """What she can do herself to meet what she lacks, and what of it she has done, in the order of the definition."""
    outcomes = {each.rule: each.met for each in application.outcomes.all()}
    found = Readiness.objects.filter(programme=application.call.programme_id, rule__in=outcomes).order_by("position")
    done = set(application.fulfilments.filter(undone_at=None).exclude(how="team").values_list("rule", flat=True))
    return [
        PathStep(each.code, each.title, int(each.content.get("minutes", 5)), each.kind, outcomes[each.rule], each.rule)
        for each in found
        if not outcomes[each.rule] or each.rule in done
    ]


def wished_by(application: Application) -> list[Track]:
    """The tracks that she wishes for, the best first; none where her call has one track."""
    return [each.track for each in application.wishes.select_related("track").order_by("rank")]


def place_of(enrolment: Enrolment) -> Award | None:
    """The place in a call with several tracks by which she is in this enrolment, where she has it still."""
    found = Award.objects.filter(
        acceptance__enrolment=enrolment, application__state=Application.State.ACCEPTED, call__track=None
    )
    return found.select_related("call__programme", "call__edition", "track", "person").order_by("awarded_at").last()


def tracks_to_change_to(award: Award) -> list[tuple[Track, int | None]]:
    """The other tracks of her call, each with the seats that are free in it; None where it has no limit of its own.
    Hers in total and of her region she takes with her."""
    left = {pool.track_id: pool.left for pool in award.call.pools.filter(track__isnull=False)}
    return [(each, left.get(each.pk)) for each in award.call.tracks_offered if each.pk != award.track_id]


def taken_down(applications: Collection[Application]) -> dict[UUID, TakenDown]:
    """Those of these applications that somebody took down in person, by their ids. Two queries at most."""
    wanted = {(each.call_id, each.person_id): each.pk for each in applications}
    found = [
        each
        for each in Brought.objects.filter(person__in={person for _call, person in wanted})
        .select_related("by")
        .order_by("-brought_at", "-pk")
        if (each.call_id, each.person_id) in wanted
    ]
    letters = dict(Letter.objects.filter(pk__in=[each.pk for each in found]).values_list("pk", "written_at"))
    # Who was merged may have been taken down twice: the first is the one.
    return {
        wanted[each.call_id, each.person_id]: TakenDown(each.by, each.brought_at, each.paper_on, letters.get(each.pk))
        for each in found
    }


def was_taken_down() -> Exists:
    """The condition that somebody took an application down in person."""
    return Exists(Brought.objects.filter(call=OuterRef("call"), person=OuterRef("person")))


def plan_of(person: Person, edition: Edition) -> StudyPlan | None:
    """Her plan for studying in this edition; None where she wrote none, or nothing is left of it."""
    plan = StudyPlan.objects.filter(person=person, edition=edition).first()
    return plan if plan and (plan.moments or plan.place or plan.helper) else None


def plans_of(person: Person, editions: Collection[UUID]) -> list[StudyPlan]:
    """Her plans in these editions, for whoever may see her enrolments there. One query."""
    return list(StudyPlan.objects.filter(person=person, edition__in=editions).order_by("-written_at", "-id"))

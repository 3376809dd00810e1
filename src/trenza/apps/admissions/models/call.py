import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from trenza.apps.admissions.eligibility import EligibilityRule, Ruleset, read_rules
from trenza.apps.forms.api import Form
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, FollowOn, Programme, Region, Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy

APPEAL_DAYS: Final = 30


class CallQuerySet(models.QuerySet["Call"]):
    def published(self) -> "CallQuerySet":
        """Those that anybody may see. What follows from a completion invites nobody."""
        return self.filter(published_at__isnull=False, retired_at=None).exclude(admission="follows")

    def open_at(self, moment: datetime) -> "CallQuerySet":
        """Published, begun and not closed: the rule of `Call.is_open_at`, as a queryset."""
        return self.published().filter(opens_at__lte=moment, closes_at__gt=moment - timedelta(seconds=1))

    def taking_brought_at(self, moment: datetime) -> "CallQuerySet":
        """The rule of `Call.takes_brought_at`, as a queryset."""
        still = Q(closes_at__gt=moment - timedelta(seconds=1)) | Q(admission="draw")
        return self.published().filter(still, opens_at__lte=moment)


class Call(Model):
    """An invitation to a track of an edition, in some of its regions; or to one of several `tracks`, for which she
    wishes in her order: then `track` is empty.

    *Selected*: she applies, is awarded a place and accepts it; by a *draw*, the same, and the places are drawn.
    *Open*: she signs up and starts at once. What *follows* is no invitation: it is the scholarship of `follow_on` in
    this edition, and whoever earns it by completing a track stands in its line.

    Until the end of the day `change_until`, there, whoever has accepted may change to another of its tracks, once.

    `closes_at` is the last second in which it is open; both moments were given in `time_zone` (IANA) and are kept in
    UTC. `rules` are the eligibility rules as the definition has them. A call that a later definition leaves out is
    retired.
    """

    class Admission(models.TextChoices):
        SELECTED = "selected"
        DRAW = "draw"
        OPEN = "open"
        FOLLOWS = "follows"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(
            ("programme", "edition", "track", "tracks", "form", "regions", "code", "name", "summary"), PLAIN
        ),
        **dict.fromkeys(("admission", "time_zone", "opens_at", "closes_at", "seats", "rules", "position"), PLAIN),
        **dict.fromkeys(("draw_terms", "age_on", "appeal_days", "held_back", "answer_days", "may_rejoin"), PLAIN),
        "change_until": PLAIN,
        **dict.fromkeys(("contains", "follow_on"), PLAIN),
        **dict.fromkeys(("retired_at", "published_at", "published_by"), PLAIN),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="calls")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    # Several, of which she wishes; none where `track` is the only one.
    tracks = models.ManyToManyField(Track, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, related_name="calls")
    code = models.CharField(max_length=125)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    admission = models.CharField(max_length=8, choices=Admission)
    time_zone = models.CharField(max_length=60)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # In total; null is unlimited. What is taken is counted in SeatPool.
    seats = models.PositiveIntegerField(null=True, blank=True)
    # Of these seats, how many are kept for launches to come: nobody is awarded one until the team gives them free.
    held_back = models.PositiveIntegerField(default=0)
    # How long she has to answer an offer, from the day on which it reached her; null: it does not expire.
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether she may stand at the end of the waiting list again when it has.
    may_rejoin = models.BooleanField(default=False)
    # The last day, there, on which she may change her track; null: she may not.
    change_until = models.DateField(null=True, blank=True)
    # What a place contains, as [[call.contains]] has it.
    contains = models.JSONField(default=list)
    follow_on = models.ForeignKey(FollowOn, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.JSONField(default=list)
    # The day on which age counts; null: the day on which it closes.
    age_on = models.DateField(null=True, blank=True)
    # For so many days after she was told she may ask for a second look.
    appeal_days = models.PositiveSmallIntegerField(default=APPEAL_DAYS)
    # Of a draw: `source` of the seed, `hours` for what was offline, `groups` as [[call.reserve]] has them.
    draw_terms = models.JSONField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Null where the system published it.
    published_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ("programme", "position")
        constraints = (
            models.UniqueConstraint(fields=["programme", "code"], name="admissions_call_code"),
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("opens_at")), name="admissions_call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(admission__in=["selected", "draw", "open", "follows"]),
                name="admissions_call_admission_known",
            ),
            models.CheckConstraint(
                condition=Q(admission__in=["open", "follows"]) | Q(form__isnull=False),
                name="admissions_call_selected_has_form",
            ),
            models.CheckConstraint(
                condition=Q(track__isnull=False, change_until__isnull=True)
                | Q(track__isnull=True, admission="selected"),
                name="admissions_call_selects_for_several_tracks",
            ),
            models.CheckConstraint(
                condition=Q(admission="follows", follow_on__isnull=False)
                | (~Q(admission="follows") & Q(follow_on__isnull=True)),
                name="admissions_call_follows_something",
            ),
            models.UniqueConstraint(
                fields=["follow_on", "edition"],
                condition=Q(follow_on__isnull=False),
                name="admissions_call_follow_on_once",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True, held_back=0) | Q(seats__gte=F("held_back")),
                name="admissions_call_holds_back_what_it_has",
            ),
            models.CheckConstraint(
                condition=Q(admission="draw", draw_terms__isnull=False)
                | (~Q(admission="draw") & Q(draw_terms__isnull=True)),
                name="admissions_call_draw_has_terms",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(published_at__isnull=False),
                name="admissions_call_published_by_at",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_selected(self) -> bool:
        """Whether one applies and is chosen, rather than starting at once."""
        return self.admission != self.Admission.OPEN

    @property
    def is_drawn(self) -> bool:
        """Whether its places are given by a draw."""
        return self.admission == self.Admission.DRAW

    @property
    def is_follow_on(self) -> bool:
        """Whether one stands in its line by completing a track, and nobody applies."""
        return self.admission == self.Admission.FOLLOWS

    @property
    def has_several_tracks(self) -> bool:
        """Whether she wishes for one of several tracks, in her order."""
        return self.track_id is None

    @property
    def tracks_offered(self) -> list[Track]:
        """The tracks to which it leads, in the order of the definition. No query for one whose track was selected, or
        several that were prefetched."""
        return [self.track] if self.track else list(self.tracks.all())

    def lets_change_on(self, day: date) -> bool:
        """Whether, on this day there, whoever accepted may change her track."""
        return self.change_until is not None and day <= self.change_until

    def gives_places_on(self, day: date) -> bool:
        """Whether a seat that is free is given on: it is published, not retired, and its edition has not ended. What
        follows from a completion is given later too, for late work counts."""
        over = self.edition.ends_on < day and not self.is_follow_on
        return self.published_at is not None and self.retired_at is None and not over

    def answer_until(self, reached: datetime) -> datetime | None:
        """The first moment at which an offer that reached her then has expired: the midnight after her last day, where
        the call is. The day on which it reached her counts for nothing. None: it does not expire."""
        if self.answer_days is None:
            return None
        last = reached.astimezone(self.zone).date() + timedelta(days=self.answer_days)
        return datetime.combine(last + timedelta(days=1), time.min, self.zone).astimezone(UTC)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which it opens and closes."""
        return ZoneInfo(self.time_zone)

    @property
    def ruleset(self) -> Ruleset:
        """Its rules, read and ready to be applied."""
        return read_rules(json.dumps(self.rules))

    @property
    def eligibility(self) -> list[EligibilityRule]:
        """Its rules, as the definition has them."""
        return list(self.ruleset.rules)

    @property
    def age_day(self) -> date:
        """The day on which age counts, where the call runs."""
        return self.age_on or self.closes_at.astimezone(self.zone).date()

    @property
    def list_closes_at(self) -> datetime:
        """Of a draw: until when applications that were still offline join the list."""
        return self.closes_at + timedelta(seconds=1, hours=self.draw_terms["hours"] if self.draw_terms else 0)

    def takes_brought_at(self, moment: datetime) -> bool:
        """Whether the team may bring an application in: while it is open; into a draw, what was offline later too."""
        late = self.is_drawn and self.published_at is not None and self.retired_at is None and self.opens_at <= moment
        return late or self.is_open_at(moment)

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it is published and open at this moment."""
        return (
            self.published_at is not None
            and not self.is_follow_on
            and self.retired_at is None
            and self.opens_at <= moment < self.closes_at + timedelta(seconds=1)
        )

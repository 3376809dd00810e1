"""What needs somebody today, in the viewer's scope, the most urgent first: a whole sentence each, and where to do it.

Every function asks a fixed number of queries, and none reads rows one by one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trenza.apps.accompaniment.api import answerable_inquiries, with_answer
from trenza.apps.admissions.api import (
    Application,
    Call,
    publishable_calls,
    readable_appeals,
    readable_applications,
    readable_calls,
    seats_of,
)
from trenza.apps.credentials.api import (
    asked_endorsements,
    endorsing_organisations,
    key_programmes,
    waiting_for_keys,
)
from trenza.apps.learning.api import learned_since
from trenza.apps.people.api import (
    Guardianship,
    Permission,
    Person,
    Reach,
    guardianships_expiring,
    guardianships_waiting,
    reach_of,
)
from trenza.apps.places.api import keep_centre, late_loans
from trenza.apps.programmes.api import (
    Enrolment,
    Module,
    awaiting,
    enrolments_to_confirm,
    in_state_on,
    to_confirm,
    visible_enrolments,
)
from trenza.core import clock
from trenza.core.models import SetAside, Task
from trenza.portals.office.access import may

CLOSING = timedelta(days=7)
OPENING = timedelta(days=14)
UNANSWERED = timedelta(days=3)
LONG_UNANSWERED = timedelta(days=7)
SILENT = timedelta(days=14)
PAUSE_ENDS = timedelta(days=7)
MOST = 10
"""So many lines of a sort, the most urgent ones; the lists hold the others."""
CONFIRMING = ("trainer", "coordinator", "mentor")
State = Application.State


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody, and where to do it. Without `url` it is done at the command line."""

    sentence: str
    url: str = ""


def waiting_for(request: HttpRequest, viewer: Person, roles: Iterable[str]) -> list[Waiting]:
    """All that waits for her; `roles` are the codes of the roles that she holds."""
    sorts: list[tuple[Permission, Callable[[Person], Iterable[Waiting]]]] = [
        (Permission.OFFICE_ENTER, broken),
        (Permission.CREDENTIAL_REVOKE, keys),
        (Permission.CREDENTIAL_ENDORSE, endorsements),
        (Permission.CALL_READ, calls_closing),
        (Permission.CALL_PUBLISH, calls_to_publish),
        (Permission.APPLICATION_READ, applications),
        (Permission.GUARDIAN_CHECK, guardians),
        (Permission.REQUIREMENT_CONFIRM, lambda viewer: modules_to_confirm(viewer, roles)),
        (Permission.ENROLMENT_READ, enrolments),
        (Permission.PLACE_KEEP, loans),
        (Permission.INQUIRY_ANSWER, inquiries),
    ]
    return list(chain.from_iterable(find(viewer) for permission, find in sorts if may(request, permission)))


def broken(viewer: Person) -> Iterator[Waiting]:
    """What the journal could not do, for whoever looks after the whole installation. Two queries."""
    if not reach_of(viewer, Permission.COURSE_PUBLISH).everything:
        return
    if n := Task.objects.filter(dead_at__isnull=False).count():
        words = ngettext(
            "%(n)s task failed too often and was given up.", "%(n)s tasks failed too often and were given up.", n
        )
        yield Waiting(words % {"n": n})
    if n := SetAside.objects.filter(settled_at=None).count():
        words = ngettext("%(n)s entry from a device was set aside.", "%(n)s entries from devices were set aside.", n)
        yield Waiting(words % {"n": n})


def keys(viewer: Person) -> Iterator[Waiting]:
    """Certificates that wait for a key. Two queries for each programme, and a third where some wait."""
    waiting = waiting_for_keys()
    hers = set(key_programmes.which(viewer).values_list("pk", flat=True)) if waiting else set()
    for each in waiting:
        if each.programme.pk not in hers:
            continue
        words = ngettext(
            "%(n)s certificate of %(programme)s cannot be signed: no key of who organises it can be read here.",
            "%(n)s certificates of %(programme)s cannot be signed: no key of who organises it can be read here.",
            each.count,
        )
        yield Waiting(words % {"n": each.count, "programme": each.programme.name}, reverse("office_keys"))


def endorsements(viewer: Person) -> Iterator[Waiting]:
    """What her organisation is asked to endorse. Six queries where she speaks for one, and two elsewhere."""
    theirs = list(endorsing_organisations.which(viewer))
    if n := sum(each.state == "waiting" for each in asked_endorsements(theirs)) if theirs else 0:
        words = ngettext(
            "%(n)s certificate waits for your organisation to endorse it.",
            "%(n)s certificates wait for your organisation to endorse them.",
            n,
        )
        yield Waiting(words % {"n": n}, reverse("office_endorsing"))


def calls_closing(viewer: Person) -> Iterator[Waiting]:
    """Open calls that close within a week and have free seats where she sees them. Three queries."""
    now = clock.now()
    calls = readable_calls.which(viewer).filter(
        published_at__isnull=False,
        retired_at=None,
        follow_on=None,
        opens_at__lte=now,
        closes_at__gt=now,
        closes_at__lte=now + CLOSING,
    )
    reach = reach_of(viewer, Permission.CALL_READ)
    for call in (
        calls.select_related("programme").prefetch_related("regions", "pools").order_by("closes_at", "pk")[:MOST]
    ):
        left = free_seats(call, reach)
        said: dict[str, Any] = {"call": call.name, "programme": call.programme.name, "when": there(call, "closes_at")}
        if left is None:
            sentence = _("“%(call)s” (%(programme)s) closes on %(when)s.") % said
        elif left > 0:
            sentence = ngettext(
                "“%(call)s” (%(programme)s) closes on %(when)s, and %(n)s seat is free.",
                "“%(call)s” (%(programme)s) closes on %(when)s, and %(n)s seats are free.",
                left,
            ) % (said | {"n": left})
        else:
            continue
        yield Waiting(sentence, reverse("office_call", args=[call.pk]))


def free_seats(call: Call, reach: Reach) -> int | None:
    """What is left where she sees it: in the whole call, or in her regions; None where there is no limit."""
    seats = seats_of(call)
    whole = reach.everything or reach.covers_any(programme=call.programme_id, edition=call.edition_id)
    regions = [region.pk for region in call.regions.all() if whole or region.pk in reach.ids("region")]
    if whole and seats.total is not None:
        return seats.total
    left = [seats.left_in(region) for region in regions]
    known = [each for each in left if each is not None]
    if len(known) < len(left) or not left:
        return None
    return sum(known) if seats.total is None else min(sum(known), seats.total)


def calls_to_publish(viewer: Person) -> Iterator[Waiting]:
    """Calls that open soon, or should have opened, and that nobody has published. One query."""
    now = clock.now()
    calls = publishable_calls.which(viewer).filter(
        published_at=None, retired_at=None, opens_at__lte=now + OPENING, closes_at__gt=now
    )
    for call in calls.select_related("programme").order_by("opens_at", "pk")[:MOST]:
        said = {"call": call.name, "programme": call.programme.name, "when": there(call, "opens_at")}
        if call.opens_at <= now:
            sentence = _("“%(call)s” (%(programme)s) should be open since %(when)s and is not published.") % said
        else:
            sentence = _("“%(call)s” (%(programme)s) opens on %(when)s and is not published yet.") % said
        yield Waiting(sentence, reverse("office_call", args=[call.pk]))


def applications(viewer: Person) -> Iterator[Waiting]:
    """Awards without an answer, or of which she does not know; minors, who needs help, and calls where somebody waits
    for a place; second looks. Three queries."""
    hers = readable_applications.which(viewer).filter(call__retired_at=None).order_by()
    now = clock.now()
    again = Q(award__offered_at__lte=now - UNANSWERED)
    offered = again | Q(award__offered_at=None, award__awarded_at__lte=now - UNANSWERED)
    late = Q(state=State.AWARDED, award__awarded_at__lte=now - UNANSWERED, award__reached_at__isnull=False)
    count = hers.filter(state__in=[State.AWARDED, State.WAITING_GUARDIAN, State.NEEDS_HELP]).aggregate(
        very_late=Count("pk", filter=late & Q(award__awarded_at__lte=now - LONG_UNANSWERED)),
        late=Count("pk", filter=late & Q(award__awarded_at__gt=now - LONG_UNANSWERED)),
        unreached=Count("pk", filter=Q(state=State.AWARDED, award__reached_at=None) & offered),
        minors=Count("pk", filter=Q(state=State.WAITING_GUARDIAN)),
        help=Count("pk", filter=Q(state=State.NEEDS_HELP)),
    )
    if n := count["very_late"]:
        words = ngettext(
            "%(n)s person has had a place for more than 7 days and has not answered.",
            "%(n)s people have had a place for more than 7 days and have not answered.",
            n,
        )
        yield Waiting(words % {"n": n}, in_state(State.AWARDED))
    if n := count["unreached"]:
        words = ngettext(
            "%(n)s offer has not reached her for more than 3 days. Call her.",
            "%(n)s offers have not reached them for more than 3 days. Call them.",
            n,
        )
        yield Waiting(words % {"n": n}, f"{reverse('office_awards')}?{urlencode({'unreached': 'true'})}")
    if n := count["minors"]:
        words = ngettext("%(n)s minor waits for her guardian.", "%(n)s minors wait for their guardians.", n)
        yield Waiting(words % {"n": n}, in_state(State.WAITING_GUARDIAN))
    if n := readable_appeals.which(viewer).filter(answered_at=None).order_by().count():
        words = ngettext(
            "%(n)s person asks for a second look at her application.",
            "%(n)s people ask for a second look at their applications.",
            n,
        )
        yield Waiting(words % {"n": n}, f"{reverse('office_appeals')}?state=open")
    if n := count["help"]:
        words = ngettext(
            "%(n)s person needs help before she can be awarded a place.",
            "%(n)s people need help before they can be awarded a place.",
            n,
        )
        yield Waiting(words % {"n": n}, in_state(State.NEEDS_HELP))
    calls = (
        hers.filter(state=State.SUBMITTED)
        .values_list("call", "call__name", "call__programme__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "call__name")[:MOST]
    )
    for call, name, programme, n in calls:
        words = ngettext(
            "%(n)s application to “%(call)s” (%(programme)s) waits for a place.",
            "%(n)s applications to “%(call)s” (%(programme)s) wait for a place.",
            n,
        )
        yield Waiting(words % {"n": n, "call": name, "programme": programme}, reverse("office_call", args=[call]))
    if n := count["late"]:
        words = ngettext(
            "%(n)s person has had a place for more than 3 days and has not answered.",
            "%(n)s people have had a place for more than 3 days and have not answered.",
            n,
        )
        yield Waiting(words % {"n": n}, in_state(State.AWARDED))


def guardians(viewer: Person) -> Iterator[Waiting]:
    """Guardians who agreed and wait to be checked, and those who soon count no more. Two queries."""
    address = reverse("office_guardians")
    if n := guardianships_waiting(viewer).filter(state=Guardianship.State.AGREED).count():
        words = ngettext(
            "%(n)s guardian agreed and waits for you to check it.",
            "%(n)s guardians agreed and wait for you to check it.",
            n,
        )
        yield Waiting(words % {"n": n}, f"{address}?{urlencode({'state': 'agreed'})}")
    if n := guardianships_expiring(viewer).count():
        words = ngettext(
            "%(n)s guardian counts no more, or for less than 30 days.",
            "%(n)s guardians count no more, or for less than 30 days.",
            n,
        )
        yield Waiting(words % {"n": n}, f"{address}?{urlencode({'state': 'checked', 'ordering': 'expires_on'})}")


def modules_to_confirm(viewer: Person, roles: Iterable[str]) -> Iterator[Waiting]:
    """Modules that wait for a role of hers to confirm them. Four queries for each such role."""
    found: list[tuple[int, Module]] = []
    for role in sorted(set(roles) & set(CONFIRMING)):
        modules = to_confirm(role)
        if not modules:
            continue
        hers = enrolments_to_confirm(role).which(viewer).filter(in_state_on(Enrolment.State.ACTIVE, clock.today("UTC")))
        conditions = awaiting(modules)
        counts = hers.aggregate(**{f"m{n}": Count("pk", filter=conditions[each]) for n, each in enumerate(modules)})
        found += [(counts[f"m{n}"], each) for n, each in enumerate(modules) if counts[f"m{n}"]]
    for n, module in sorted(found, key=lambda each: (-each[0], each[1].name))[:MOST]:
        words = ngettext(
            "%(n)s person waits for you to confirm “%(module)s” (%(programme)s).",
            "%(n)s people wait for you to confirm “%(module)s” (%(programme)s).",
            n,
        ) % {"n": n, "module": module.name, "programme": module.track.programme.name}
        yield Waiting(words, reverse("office_to_confirm", args=[module.pk]))


def enrolments(viewer: Person) -> Iterator[Waiting]:
    """Pauses that end this week, and who has not learned for two weeks. Two queries."""
    now, today = clock.now(), clock.today("UTC")
    hers = visible_enrolments.which(viewer).order_by()
    pausing = hers.filter(in_state_on(Enrolment.State.PAUSED, today), paused_until__lte=today + PAUSE_ENDS)
    if n := pausing.count():
        words = ngettext("%(n)s pause ends within a week.", "%(n)s pauses end within a week.", n)
        yield Waiting(words % {"n": n}, f"{reverse('office_enrolments')}?{urlencode({'state': 'paused'})}")
    silent = hers.filter(
        ~learned_since(OuterRef("person"), today - SILENT),
        # Who rests is left in peace, and for two weeks after it.
        in_state_on(Enrolment.State.ACTIVE, today),
        Q(paused_until=None) | Q(paused_until__lt=today - SILENT),
        enrolled_at__lte=now - SILENT,
        edition__starts_on__lte=today - SILENT,
        edition__ends_on__gte=today,
    )
    if n := silent.count():
        words = ngettext(
            "%(n)s person who is enrolled has not learned for 14 days.",
            "%(n)s people who are enrolled have not learned for 14 days.",
            n,
        )
        yield Waiting(words % {"n": n}, f"{reverse('office_enrolments')}?{urlencode({'state': 'active'})}")


def in_state(state: str) -> str:
    """The list of applications in one state."""
    return f"{reverse('office_applications')}?{urlencode({'state': state})}"


def there(call: Call, field: str) -> str:
    """When it opens or closes, where it does."""
    moment: datetime = getattr(call, field)
    return date_format(localtime(moment, call.zone), "SHORT_DATETIME_FORMAT")


def module_of(role_codes: Iterable[str], pk: UUID) -> Module | None:
    """The module, if one of these roles confirms it."""
    return next((each for role in sorted(set(role_codes)) for each in to_confirm(role) if each.pk == pk), None)


def loans(viewer: Person) -> Iterator[Waiting]:
    """What was lent at her centres and is late. One query."""
    if n := late_loans(keep_centre.which(viewer)):
        words = ngettext("%(n)s thing that was lent is late.", "%(n)s things that were lent are late.", n)
        yield Waiting(words % {"n": n}, reverse("office_centres"))


def inquiries(viewer: Person) -> Iterator[Waiting]:
    """What trainers asked and nobody has answered. One query."""
    if n := answerable_inquiries.which(viewer).exclude(with_answer).count():
        words = ngettext(
            "%(n)s question of a trainer waits for an answer.", "%(n)s questions of trainers wait for an answer.", n
        )
        yield Waiting(words % {"n": n}, f"{reverse('office_inquiries')}?{urlencode({'state': 'waiting'})}")

"""Applications: the list, one application with its answers and how it was judged, and its award."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import (
    Appeal,
    Application,
    EligibilityOutcome,
    Notice,
    WishesNotValid,
    award_application,
    award_applications,
    awardable_applications,
    continue_application,
    judgements_of,
    move_to_waiting_list,
    note_all_told,
    readable_applications,
    readable_calls,
    seats_of,
    waiting_place,
    waits_for_guardian,
    was_taken_down,
    wished_by,
)
from trenza.apps.forms.api import Answer, Question
from trenza.apps.people.api import Permission, Person, guardianships_of, read_person
from trenza.apps.programmes.api import Region
from trenza.core import clock
from trenza.portals.office import messages_prepared, taken_down
from trenza.portals.office.access import viewer_of
from trenza.portals.office.appeals import in_state, state_of
from trenza.portals.office.bulk import Bulk
from trenza.portals.office.choices import (
    MOST_CHOICES,
    CallFilter,
    days_filter,
    edition_filter,
    region_filter,
    track_filter,
    words_filter,
)
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.overrides import OverrideForm
from trenza.portals.office.timeline import history_of
from trenza.portals.office.tracks import WishForm, add_wishes, place, wished
from trenza.portals.office.words import (
    APPEAL_STATES,
    APPLICATION_STATES,
    CAUSES,
    FULFILLED_BY,
    GUARDIAN_STATES,
    TAKEN_DOWN,
    TOLD,
)

RELATED = ("person", "call__programme", "call__edition", "region")
IN_LIST = (*RELATED, "award__track")
DECIDED = frozenset({"submitted", "waiting_guardian", "needs_help", "not_eligible", "waiting_list"})
"""States in which a condition may be decided otherwise: before a place."""
AWARDABLE = {Application.State.SUBMITTED, Application.State.WAITING_LIST}


def about(row: Any) -> str:
    """Whom a row of a list is about, and for what."""
    return f"{row.person.name} · {row.call.name}"


def seats_left(applications: Sequence[Application], viewer: Person) -> list[str]:
    """For each call how many ask at once and how many seats are left. Two queries."""
    asked = Counter(application.call_id for application in applications)
    calls = readable_calls.which(viewer).filter(pk__in=asked).prefetch_related("pools").order_by("name", "pk")
    sentences = []
    for call in calls:
        left = seats_of(call).total
        facts = {"call": call.name, "n": asked[call.pk], "left": left}
        if left is None:
            sentences.append(_("“%(call)s”: %(n)s asked for, and no limit in total.") % facts)
        else:
            sentences.append(_("“%(call)s”: %(n)s asked for, %(left)s left.") % facts)
    return sentences


def _rules_of(viewer: Person) -> list[tuple[str, str]]:
    """The rules of the calls that she may read, by code, with the words of the newest. One query."""
    calls = readable_calls.which(viewer).order_by("opens_at", "pk").values_list("rules", flat=True)[:MOST_CHOICES]
    found = {rule["code"]: rule["sentence"] for rules in calls for rule in rules}
    return sorted(found.items(), key=lambda each: each[1])


class ApplicationFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), APPLICATION_STATES)
    call = CallFilter(label=gettext_lazy("Call"))
    edition = edition_filter("call__edition")
    region = region_filter()
    wish = track_filter("wishes__track", gettext_lazy("Wishes for the track"))
    place = track_filter("award__track", gettext_lazy("Place in the track"))
    unmet = django_filters.ChoiceFilter(
        label=gettext_lazy("Condition that is not met"), method="lacks", empty_label=gettext_lazy("All")
    )
    appeal = words_filter(gettext_lazy("Second look"), APPEAL_STATES, method="looked_at")
    told = words_filter(gettext_lazy("Told where it stands"), TOLD, method="was_told")
    taken_down = words_filter(gettext_lazy("Taken down in person"), TAKEN_DOWN, method="was_brought")
    submitted_at = days_filter(gettext_lazy("Submitted"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unmet"].extra["choices"] = _rules_of(viewer_of(self.request)) if self.request else []

    def lacks(self, applications: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Those for which the rule of this code was judged not met."""
        unmet = EligibilityOutcome.objects.filter(rule=value, met=False)
        return applications.filter(pk__in=unmet.order_by().values("application"))

    def looked_at(self, applications: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Those with a second look in this state."""
        return applications.filter(pk__in=in_state(Appeal.objects.order_by(), value).values("application"))

    def was_told(self, applications: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Whether she was told of the state that it is in now."""
        told = Exists(Notice.objects.filter(application=OuterRef("pk"), state=OuterRef("state")))
        return applications.filter(told if value == "yes" else ~told)

    def was_brought(self, applications: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Whether somebody took her down in person."""
        return applications.filter(was_taken_down() if value == "yes" else ~was_taken_down())

    class Meta:
        model = Application
        fields: list[str] = []


class Applications(Listing):
    """Who asks for a place."""

    code = "applications"
    rule = readable_applications
    related = IN_LIST
    shared = ("call__programme", "call__edition", "region")
    nothing = gettext_lazy("Nobody in your scope has applied yet. Applications come when a call is open.")
    filterset_class = ApplicationFilters
    index_url_name = "office_applications"
    index_results_url_name = "office_applications_results"
    header_icon = "form"
    default_ordering = "submitted_at"
    export_filename = "solicitudes"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="person.name", url_name="office_application",
            sort_key="person__search_text",
        ),
        Column("programme", label=gettext_lazy("Programme"), accessor="call.programme.name"),
        Column("call", label=gettext_lazy("Call"), accessor="call.name", sort_key="call__name"),
        Column("region", label=gettext_lazy("Region"), accessor="region.name", sort_key="region__name"),
        Column("wishes", label=gettext_lazy("Wishes"), accessor=wished),
        Column("place", label=gettext_lazy("Place in"), accessor=place),
        WordsColumn("state", label=gettext_lazy("State"), words=APPLICATION_STATES, sort_key="state"),
        DayColumn(
            "submitted_at", label=gettext_lazy("Submitted"), zone=lambda row: row.call.zone, time=True,
            sort_key="submitted_at",
        ),
    ]  # fmt: skip
    export_only = taken_down.EXPORTED
    bulks = (
        Bulk(
            code="award",
            label=gettext_lazy("Award a place"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy("Award a place to these while there are seats? Who came first is served first."),
            done=gettext_lazy("She has a place. She may accept or decline it."),
            act=lambda rows, by, given: award_applications(applications=rows, by=by),
            name=about,
            state=lambda row: APPLICATION_STATES[row.state],
            foretold=seats_left,
        ),
        Bulk(
            code="waiting_list",
            label=gettext_lazy("Move to the waiting list"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy("Put these on the waiting list? They keep their order of arrival."),
            done=gettext_lazy("She is on the waiting list."),
            act=lambda rows, by, given: move_to_waiting_list(applications=rows, by=by),
            name=about,
            state=lambda row: APPLICATION_STATES[row.state],
        ),
        Bulk(
            code="messages",
            label=gettext_lazy("Prepare messages"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy(
                "Prepare a message for each, by how her application stands? Nothing is sent by itself."
            ),
            done=gettext_lazy("Prepared."),
            act=lambda rows, by, given: {},
            answer=messages_prepared.for_rows,
            name=about,
            state=lambda row: APPLICATION_STATES[row.state],
        ),
        Bulk(
            code="told",
            label=gettext_lazy("Note that they were told"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy("Were these told how their application stands?"),
            done=gettext_lazy("Noted."),
            act=lambda rows, by, given: note_all_told(applications=rows, by=by),
            name=about,
            state=lambda row: APPLICATION_STATES[row.state],
        ),
    )

    def get_page_title(self) -> str:
        return _("Applications")

    def prepare(self, rows: Sequence[Any]) -> None:
        """What they wish for: one query, where a call among them has several tracks. In a file, who took them down."""
        add_wishes(rows)
        if "export" in self.request.GET:
            taken_down.know(rows)


class ApplicationPage(Detail):
    """One application. Her answers are for whoever may read her as a person, too."""

    rule = readable_applications
    related = (*RELATED, "response__form", "award__track")
    template_name = "office/application.html"
    header_icon = "form"

    def get_page_title(self) -> str:
        return _("%(name)s: %(call)s") % {"name": self.object.person.name, "call": self.object.call.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_applications"), "label": _("Applications")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application: Application = self.object
        award = getattr(application, "award", None)
        reads_her = read_person.allows(self.viewer, application.person)
        return super().get_context_data(
            state=APPLICATION_STATES[application.state],
            place=waiting_place(application),
            submitted=moment(application, application.submitted_at),
            award=award,
            awarded=moment(application, award.awarded_at) if award else "",
            wishes=wished_by(application) if application.call.has_several_tracks else [],
            wish_form=WishForm(None, application) if application.call.has_several_tracks else None,
            may_award=application.state in AWARDABLE
            and not application.call.is_drawn
            and awardable_applications.allows(self.viewer, application),
            relative=self.relative(application),
            taken_down=taken_down.of(application),
            **self.guardians(application),
            outcomes=(outcomes := list(application.outcomes.order_by("position"))),
            **self.eligibility(application, outcomes),
            reads_her=reads_her,
            timeline=history_of(
                {application.pk, *([award.pk] if award else [])}, person=application.person, viewer=self.viewer
            ),
            answers=list(answers(application)) if reads_her else [],
            **kwargs,
        )

    def relative(self, application: Application) -> Application | None:
        """The application on which hers hangs, where the viewer may read it; no query for any other."""
        if application.relative_of_id is None:
            return None
        found = readable_applications.which(self.viewer).filter(pk=application.relative_of_id)
        return found.select_related("person").first()

    def eligibility(self, application: Application, outcomes: Sequence[EligibilityOutcome]) -> dict[str, Any]:
        """What was judged and decided about her, and what the viewer may decide. Three queries, four where she may."""
        may_look = awardable_applications.allows(self.viewer, application)
        decides = may_look and application.state in DECIDED
        sentences = {each.rule: each.sentence for each in outcomes}
        unmet = [each for each in outcomes if not each.met]
        fulfilments = application.fulfilments.select_related("made_by", "undone_by")
        return {
            "judgements": [
                (
                    moment(application, each.judged_at),
                    CAUSES[each.cause],
                    APPLICATION_STATES[each.state],
                    [outcome["sentence"] for outcome in each.outcomes if not outcome["met"]],
                )
                for each in judgements_of(application)
            ],
            "fulfilments": [
                (each, FULFILLED_BY[each.how], sentences.get(each.rule, each.rule), moment(application, each.made_at))
                for each in fulfilments
            ],
            "appeals": [
                (each, APPEAL_STATES[state_of(each)], moment(application, each.made_at))
                for each in application.appeals.order_by("-made_at")
            ],
            "decides": decides,
            "may_look": may_look,
            "override": OverrideForm(unmet=unmet) if decides and unmet else None,
        }

    def guardians(self, application: Application) -> dict[str, Any]:
        """Her guardians, where the application or its place waits for one; no query for anybody of age."""
        states = (Application.State.WAITING_GUARDIAN, Application.State.AWARDED)
        held = application.state == Application.State.WAITING_GUARDIAN
        waits = application.state in states and waits_for_guardian(
            application.call, application.person, application.region, clock.now()
        )
        return {
            "minor_waits": held or waits,
            "may_go_on": held and not waits and awardable_applications.allows(self.viewer, application),
            "guardians": [
                (GUARDIAN_STATES[each.state], each) for each in guardianships_of(application.person, self.viewer)
            ]
            if held or waits
            else [],
        }


def moment(application: Application, at: datetime) -> str:
    """When something was, where the call is."""
    return date_format(localtime(at, application.call.zone), "SHORT_DATETIME_FORMAT")


def answers(application: Application) -> Iterator[tuple[str, str]]:
    """What was asked and what she answered, in the order of the questionnaire as it is now."""
    if application.response is None:
        return
    given = application.response.answers
    regions: dict[str, str] = {}
    for question in application.response.form.questionnaire.questions:
        if question.code in given:
            if question.type == "region" and not regions:
                regions = dict(Region.objects.filter(programme=application.call.programme).values_list("code", "name"))
            yield question.label, in_words(question, given[question.code], regions)


def in_words(question: Question, answer: Answer, regions: dict[str, str]) -> str:
    """An answer as she saw it."""
    labels = {choice.code: choice.label for choice in question.choices} | regions
    match answer:
        case bool():
            return _("Yes") if answer else _("No")
        case list():
            return ", ".join(labels.get(code, code) for code in answer)
        case str() if question.type == "date":
            with suppress(ValueError):  # it asked for something else when she answered
                return date_format(date.fromisoformat(answer), "SHORT_DATE_FORMAT")
            return answer
        case _:
            return labels.get(str(answer), str(answer))


@require_POST
def award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Award a place to one applicant."""
    viewer = viewer_of(request)
    application = found(readable_applications, viewer, pk, "person", "call")
    form = WishForm(request.POST, application)

    def act() -> str:
        if not form.is_valid():
            raise WishesNotValid
        award_application(application=application, by=viewer, track=form.chosen)
        return _("%(name)s has a place. She may accept or decline it.") % {"name": application.person.name}

    return carry_out(request, act, back=reverse("office_application", args=[pk]))


@require_POST
def go_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An application that waited for a guardian needs none any more."""
    viewer = viewer_of(request)
    application = found(readable_applications, viewer, pk, "person", "call")

    def act() -> str:
        continue_application(application=application, by=viewer)
        return _("The application goes on, with its place in the line.")

    return carry_out(request, act, back=reverse("office_application", args=[pk]))

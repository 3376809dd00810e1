"""Two records that may be one woman's: the list of pairs, both beside each other, and what somebody decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import readable_applications
from trenza.apps.people.api import (
    DuplicatePair,
    Merge,
    Person,
    decidable_pairs,
    merge_persons,
    mergeable_persons,
    note_pair,
    phones_of,
    tell_apart,
    undo_merge,
    undoable_merges,
    why_not,
)
from trenza.core.words import folded
from trenza.portals.field.countries import country_name
from trenza.portals.office.access import viewer_of
from trenza.portals.office.choices import words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.person import progress
from trenza.portals.office.searching import by_person
from trenza.portals.office.words import APPLICATION_STATES, SEXES, Words

State = DuplicatePair.State
MOST_FOUND: Final = 10
STATES: Final[dict[str, Words]] = {
    "possible": pgettext_lazy("pair", "Somebody must look"),
    "different": pgettext_lazy("pair", "Two persons"),
    "same": pgettext_lazy("pair", "One person"),
}
FOUND: Final[dict[str, Words]] = dict(DuplicatePair.Found.choices)
AGAINST: Final[dict[str, Words]] = {
    "same_record": gettext_lazy("This is one record, or one of the two is no longer there."),
    "merged_before": gettext_lazy("One of them was made one with another record already."),
    "demonstration": gettext_lazy("One of them is made up for the demonstration, and the other is not."),
    "team": gettext_lazy(
        "One of them has a role in the team. Withdraw the role first: it must not pass to another phone."
    ),
    "keep_other_guardian": gettext_lazy("The other record has a guardian who was checked. Keep that record."),
    "two_places": gettext_lazy(
        "Both have a place in the same call, and one woman has one place. Let her decline one of them first."
    ),
    "keep_other_application": gettext_lazy(
        "Both applied to the same call, and the other record stands better there. Keep that record."
    ),
    "keep_other_enrolment": gettext_lazy(
        "Both are enrolled in the same track, and the other record is further. Keep that record."
    ),
    "something_new": gettext_lazy("Something changed in the meantime. Look at both again."),
}
"""Why two records cannot become one as they stand, by the codes of `CannotMerge`."""


def how_sure(score: float | None) -> str:
    """How sure the search is, in words: a number would be taken for a proof."""
    if score is None:
        return _("Same day of birth or number, and a name alike")
    if score >= 0.99:
        return _("Very much alike")
    return _("Much alike") if score >= 0.9 else _("Somewhat alike")


class LikenessColumn(Column):
    """How alike they are."""

    def get_value(self, instance: Any) -> str:
        return how_sure(instance.score)


class PairFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), STATES)
    found = words_filter(gettext_lazy("How it was found"), FOUND)

    class Meta:
        model = DuplicatePair
        fields: list[str] = []


class Pairs(Listing):
    """Who may have been entered twice, both of whom are the viewer's to merge. Those decided are behind a filter."""

    code = "duplicates"
    rule = decidable_pairs
    related = ("first", "second")
    synthetic = "first__synthetic"
    person = "first"
    nothing = gettext_lazy("Nobody in your scope seems to be here twice.")
    filterset_class = PairFilters
    index_url_name = "office_duplicates"
    index_results_url_name = "office_duplicates_results"
    header_icon = "group"
    default_ordering = "-score"
    export_filename = "posibles-duplicados"
    columns = [
        LinkColumn("first", label=gettext_lazy("Name"), accessor="first.name", url_name="office_duplicate"),
        Column("second", label=gettext_lazy("Perhaps the same"), accessor="second.name"),
        LikenessColumn("score", label=gettext_lazy("How alike"), sort_key="score"),
        WordsColumn("found", label=gettext_lazy("How it was found"), words=FOUND),
        WordsColumn("state", label=gettext_lazy("State"), words=STATES),
        DayColumn("found_at", label=gettext_lazy("Since"), sort_key="found_at"),
    ]

    def get_page_title(self) -> str:
        return _("Here twice?")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = super().filter_queryset(queryset)
        return chosen if self.chosen.get("state") else chosen.filter(state=State.POSSIBLE)

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Either of them is called so."""
        if not self.is_searching:
            return queryset
        either = (by_person(self.viewer, self.search_query, to=to, reads_contacts=True) for to in ("first", "second"))
        return queryset.filter(next(either) | next(either))


@dataclass(frozen=True)
class Fact:
    """One thing that is known of both. `agrees` says in a word whether it does; blank where that says nothing."""

    label: Words
    first: str
    second: str
    agrees: Literal["yes", "no", "unknown", ""]


@dataclass(frozen=True)
class Side:
    """One of the two, with her history in short."""

    person: Person
    applications: list[tuple[Words, Any]]
    progress: list[Any]


def facts(first: Person, second: Person) -> list[Fact]:
    """What agrees and what differs. One query."""
    phones = phones_of([first.pk, second.pk])
    email, other_email = (
        ", ".join(each.email for each in person.accounts.all() if each.email) for person in (first, second)
    )
    shown: list[tuple[Words, str, str]] = [
        (gettext_lazy("Given name"), first.given_name, second.given_name),
        (gettext_lazy("Family names"), first.family_name, second.family_name),
        (gettext_lazy("Born"), _day(first.birth_date), _day(second.birth_date)),
        (gettext_lazy("Phone"), ", ".join(phones.get(first.pk, ())), ", ".join(phones.get(second.pk, ()))),
        (gettext_lazy("E-mail"), email, other_email),
        (gettext_lazy("Sex"), str(SEXES.get(first.sex, "")), str(SEXES.get(second.sex, ""))),
        (gettext_lazy("Country"), country_name(first.country), country_name(second.country)),
    ]  # fmt: skip
    return [
        *(Fact(label, one, other, _agree(one, other)) for label, one, other in shown),
        Fact(gettext_lazy("Registered"), _day(first.registered_at), _day(second.registered_at), ""),
    ]


def _day(value: Any) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def _agree(one: str, other: str) -> Literal["yes", "no", "unknown"]:
    """Names that differ in accents or in the order of surnames agree."""
    if not one or not other:
        return "unknown"
    return "yes" if sorted(folded(one).split()) == sorted(folded(other).split()) else "no"


class PairPage(Detail):
    """Both beside each other. Which record is kept is asked on a page of its own."""

    rule = decidable_pairs
    related = ("first", "second", "decided_by")
    template_name = "office/duplicate.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("%(one)s and %(other)s") % {"one": self.object.first.name, "other": self.object.second.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_duplicates"), "label": _("Here twice?")}

    def is_synthetic(self) -> bool:
        return bool(self.object.first.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self.object
        return super().get_context_data(
            facts=facts(pair.first, pair.second),
            sides=[self._side(each) for each in (pair.first, pair.second)],
            how_sure=how_sure(pair.score),
            state=STATES[pair.state],
            **kwargs,
        )

    def _side(self, person: Person) -> Side:
        applications = readable_applications.which(self.viewer).filter(person=person)
        rows = applications.select_related("call__programme").order_by("-submitted_at", "-pk")[:MOST_FOUND]
        return Side(person, [(APPLICATION_STATES[each.state], each) for each in rows], progress(person, self.viewer))


class ReasonForm(forms.Form):
    """How somebody knows that it is one person."""

    reason = forms.ChoiceField(
        label=gettext_lazy("How do you know that it is the same person?"),
        choices=list(Merge.Reason.choices),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you know it.")},
    )


class MergePage(Detail):
    """What happens when these become one record, and do it."""

    rule = decidable_pairs
    related = ("first", "second")
    template_name = "office/merge.html"
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        both = {self.object.first_id: self.object.first, self.object.second_id: self.object.second}
        if kwargs["kept"] not in both or self.object.state != State.POSSIBLE:
            raise Http404
        self.kept: Person = both.pop(kwargs["kept"])
        [self.absorbed] = both.values()

    def get_page_title(self) -> str:
        return _("Make one record of two")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_duplicate", args=[self.object.pk]), "label": _("Both records")}

    def is_synthetic(self) -> bool:
        return bool(self.kept.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        against = _against(why_not(absorbed=self.absorbed, kept=self.kept))
        return super().get_context_data(
            **{"form": ReasonForm(), **kwargs, "kept": self.kept, "absorbed": self.absorbed, "against": list(against)}
        )

    def post(self, request: HttpRequest, pk: UUID, kept: UUID) -> HttpResponse:
        """Merge, or ask again how she knows it."""
        form = ReasonForm(request.POST)
        if not form.is_valid() or why_not(absorbed=self.absorbed, kept=self.kept):
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            merge_persons(absorbed=self.absorbed, kept=self.kept, reason=form.cleaned_data["reason"], by=self.viewer)
            return _("It is one record now, with both histories. You can undo it from here.")

        return carry_out(request, act, back=reverse("office_person", args=[self.kept.pk]))


def _against(codes: Sequence[str]) -> Iterator[Words]:
    for code in codes:
        yield AGAINST.get(code, AGAINST["something_new"])


@require_POST
def apart(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They are two persons."""
    viewer = viewer_of(request)
    pair = found(decidable_pairs, viewer, pk)

    def act() -> str:
        tell_apart(pair=pair, by=viewer)
        return _("Written down: they are two persons. They will not be asked about again.")

    return carry_out(request, act, back=reverse("office_duplicates"))


class UndoPage(Detail):
    """What undoing does, and do it."""

    rule = undoable_merges
    related = ("kept", "absorbed")
    template_name = "office/merge_undo.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("Make two records again")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_person", args=[self.object.kept_id]), "label": self.object.kept.name}

    def is_synthetic(self) -> bool:
        return bool(self.object.kept.synthetic)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Undo it."""

        def act() -> str:
            undo_merge(merge=self.object, by=self.viewer)
            return _("They are two records again. What was done since stays with this one.")

        return carry_out(request, act, back=reverse("office_person", args=[self.object.kept_id]))


class OtherRecordPage(Detail):
    """Look for another record of hers that no search found."""

    rule = mergeable_persons
    template_name = "office/other_record.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("Another record of hers")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_person", args=[self.object.pk]), "label": self.object.name}

    def is_synthetic(self) -> bool:
        return bool(self.object.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").replace("\0", "")[:100].strip()
        rows: list[Person] = []
        if words:
            others = mergeable_persons.which(self.viewer).exclude(pk=self.object.pk)
            hers = by_person(self.viewer, words, to="pk", reads_contacts=True)
            rows = list(others.filter(hers).order_by("search_text", "pk")[: MOST_FOUND + 1])
        return super().get_context_data(
            q=words, found=rows[:MOST_FOUND], more=len(rows) > MOST_FOUND, most=MOST_FOUND, **kwargs
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Put the pair on the list, and show both."""
        try:
            other = found(mergeable_persons, self.viewer, UUID(request.POST.get("other", "")[:36]))
        except ValueError as error:
            raise Http404 from error
        if other.pk == self.object.pk:
            raise Http404
        pair = note_pair(one=self.object, other=other, found=DuplicatePair.Found.BY_HAND)
        return carry_out(
            request,
            lambda: _("Look at both, and say whether they are one person."),
            back=reverse("office_duplicate", args=[pair.pk]),
        )

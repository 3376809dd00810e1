"""Names for the ids that stand in entries of the journal and in grants: one query for each sort of thing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.accompaniment.api import Inquiry
from trenza.apps.admissions.api import Application, Award, AwardPart, Call
from trenza.apps.credentials.api import Credential, Wording
from trenza.apps.learning.api import CourseVersion, Lesson
from trenza.apps.people.api import Person, Scope, read_person, readable_grants
from trenza.apps.places.api import Centre, Equipment
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    EnrolmentChange,
    FollowOn,
    Module,
    Organisation,
    Programme,
    Region,
    Track,
)
from trenza.apps.sessions.api import Session
from trenza.core.journal import Line

Rows = Mapping[UUID, tuple[Any, ...]]
Find = Callable[[Collection[UUID]], Iterable[tuple[Any, ...]]]

GONE: Promise = gettext_lazy("something that is no longer here")

# The name of a field of an event says what its id is of. Each finds rows whose first value is the id.
FINDERS: Mapping[str, Find] = {
    "application": lambda ids: Application.objects.filter(pk__in=ids).values_list(
        "pk", "call__name", "call__programme__name"
    ),
    "award": lambda ids: Award.objects.filter(pk__in=ids).values_list("pk", "call__name", "call__programme__name"),
    "call": lambda ids: Call.objects.filter(pk__in=ids).values_list("pk", "name", "programme__name"),
    "centre": lambda ids: Centre.objects.filter(pk__in=ids).values_list("pk", "name"),
    "change": lambda ids: EnrolmentChange.objects.filter(pk__in=ids).values_list("pk", "until"),
    "credential": lambda ids: Credential.objects.filter(pk__in=ids).values_list("pk", "wording__title"),
    "edition": lambda ids: Edition.objects.filter(pk__in=ids).values_list("pk", "name", "programme__name", "ends_on"),
    "enrolment": lambda ids: Enrolment.objects.filter(pk__in=ids).values_list(
        "pk", "track__name", "edition__programme__name"
    ),
    "equipment": lambda ids: Equipment.objects.filter(pk__in=ids).values_list("pk", "code"),
    "follow_on": lambda ids: FollowOn.objects.filter(pk__in=ids).values_list("pk", "name"),
    "inquiry": lambda ids: Inquiry.objects.filter(pk__in=ids).values_list("pk", "category"),
    "lesson": lambda ids: Lesson.objects.filter(pk__in=ids).values_list("pk", "title", "version__title"),
    "module": lambda ids: Module.objects.filter(pk__in=ids).values_list("pk", "name"),
    "organisation": lambda ids: Organisation.objects.filter(pk__in=ids).values_list("pk", "name"),
    "part": lambda ids: AwardPart.objects.filter(pk__in=ids).values_list("pk", "name"),
    "programme": lambda ids: Programme.objects.filter(pk__in=ids).values_list("pk", "name"),
    "region": lambda ids: Region.objects.filter(pk__in=ids).values_list("pk", "name"),
    "session": lambda ids: (
        (row.pk, row.title or row.get_kind_display()) for row in Session.objects.filter(pk__in=ids)
    ),
    "track_before": lambda ids: Track.objects.filter(pk__in=ids).values_list("pk", "name"),
    "track": lambda ids: Track.objects.filter(pk__in=ids).values_list("pk", "name"),
    "version": lambda ids: CourseVersion.objects.filter(pk__in=ids).values_list("pk", "title", "number"),
    "wording": lambda ids: Wording.objects.filter(pk__in=ids).values_list("pk", "title"),
}


class Names:
    """The names of what some entries speak of, for one viewer: she reads only names of people whom she may read."""

    def __init__(self, lines: Collection[Line], viewer: Person) -> None:
        wanted: dict[str, set[UUID]] = {}
        scopes: set[Scope] = set()
        for line in lines:
            for field in line.event.__struct_fields__:
                value = getattr(line.event, field)
                if isinstance(value, UUID) and field in FINDERS:
                    wanted.setdefault(field, set()).add(value)
            if hasattr(line.event, "scope_kind"):
                scopes.add(scope_of(line.event))
            if line.edition:
                wanted.setdefault("edition", set()).add(line.edition)
        self._rows: dict[str, Rows] = {
            field: {row[0]: tuple(row[1:]) for row in FINDERS[field](ids)} for field, ids in sorted(wanted.items())
        }
        self.places = places(scopes)
        self._viewer = viewer
        self._people = people_named({line.by for line in lines if line.by} - {viewer.pk}, viewer)

    def of(self, field: str, key: UUID | None, position: int = 0) -> Any:
        """A value of what `key` names; words for what is gone where nothing is found."""
        row = self._rows.get(field, {}).get(key) if key else None
        return row[position] if row else str(GONE)

    def found(self, field: str, key: UUID | None) -> bool:
        """Whether it is there."""
        return key is not None and key in self._rows.get(field, {})

    def place(self, event: Any) -> str:
        """Where a role holds, in words: "in Santa Cruz (Mujeres Online)"."""
        return self.places.get(scope_of(event), str(GONE))

    def who(self, line: Line) -> str:
        """Who did it, as the viewer may know it."""
        if line.by is None:
            return _("the system")
        if line.by == self._viewer.pk:
            return _("you")
        if line.by == line.person:
            return _("she herself")
        return self._people.get(line.by) or _("somebody of the team")


def city_of(zone: str) -> str:
    """A time zone by its city, as people say it: La Paz for America/La_Paz."""
    return zone.rpartition("/")[2].replace("_", " ")


def scope_of(event: Any) -> Scope:
    """The scope that an entry about a role names."""
    return Scope(event.scope_kind, event.scope)


def people_named(ids: Collection[UUID], viewer: Person) -> dict[UUID, str]:
    """The names of those of these people whom the viewer may read, or sees in her team. One query."""
    if not ids:
        return {}
    team = readable_grants.which(viewer).values("person")
    hers = Person.objects.filter(pk__in=ids).filter(Q(pk__in=read_person.which(viewer).values("pk")) | Q(pk__in=team))
    return {person.pk: person.name for person in hers}


def places(scopes: Iterable[Scope]) -> dict[Scope, str]:
    """Where each of these scopes is, in words that may follow a verb. One query for each kind of scope."""
    by_kind: dict[str, set[UUID]] = {}
    found: dict[Scope, str] = {}
    for scope in scopes:
        if scope.id is None:
            found[scope] = _("in all of Trenza")
        else:
            by_kind.setdefault(scope.kind, set()).add(scope.id)
    for kind, ids in sorted(by_kind.items()):
        if kind == "programme":
            for row in Programme.objects.filter(pk__in=ids):
                found[Scope(kind, row.pk)] = _("in the programme %(name)s") % {"name": row.name}
        elif kind == "centre":
            for centre in Centre.objects.filter(pk__in=ids):
                found[Scope(kind, centre.pk)] = _("in the centre %(name)s") % {"name": centre.name}
        elif kind in PARTS:
            model, words = PARTS[kind]
            for part in model.objects.filter(pk__in=ids).select_related("programme"):
                found[Scope(kind, part.pk)] = words % {"name": part.name, "programme": part.programme.name}
    return found


PARTS: Mapping[str, tuple[Any, Any]] = {
    "edition": (Edition, gettext_lazy("in the edition %(name)s of %(programme)s")),
    # Translators: a region and its programme: "in Santa Cruz, of Mujeres Online".
    "region": (Region, gettext_lazy("in %(name)s, of %(programme)s")),
    "organisation": (Organisation, gettext_lazy("in what %(name)s does in %(programme)s")),
}

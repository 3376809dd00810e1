"""The catalogue: everything that one can join or read here, and how it is found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from trenza.apps.admissions.api import open_calls
from trenza.apps.learning.api import CourseFacts, course_facts
from trenza.apps.programmes.api import TRAINERS, Branch, Module, Programme, Track, programmes
from trenza.core.words import folded, matches, searchable, words_of
from trenza.portals.field.shell import course_kilobytes


@dataclass(frozen=True)
class CourseEntry:
    """A course in the catalogue. `of` are the tracks that it belongs to, none where it stands by itself."""

    facts: CourseFacts
    of: tuple[Track, ...]

    @property
    def levels(self) -> frozenset[str]:
        return frozenset(track.level for track in self.of if track.level)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset([self.facts.version.language])

    @property
    def kilobytes(self) -> int:
        bytes_ = self.facts.body_bytes + self.facts.version.image_bytes
        return course_kilobytes(bytes_, self.facts.lessons, self.facts.version.language)

    def searchable(self) -> str:
        """All words by which it is found."""
        version = self.facts.version
        of = [text for track in self.of for text in (track.name, track.programme.name)]
        return searchable(version.title, version.summary, *version.authors, *self.facts.titles, *of)


@dataclass(frozen=True)
class TrackEntry:
    """A track of a programme, and what it takes: `minutes` and `kilobytes` of those of its courses that are here."""

    track: Track
    modules: tuple[Module, ...]
    courses: tuple[CourseEntry, ...]
    is_open: bool

    @property
    def shows_level(self) -> bool:
        """Whether its level needs saying: not where its own name says "nivel"."""
        return bool(self.track.level) and "nivel" not in folded(self.track.name)

    @property
    def minutes(self) -> int:
        return sum(course.facts.minutes for course in self.courses)

    @property
    def kilobytes(self) -> int:
        return sum(course.kilobytes for course in self.courses)


@dataclass(frozen=True)
class ProgrammeEntry:
    """A programme, or a branch of one: what goes by one name in the catalogue."""

    programme: Programme
    branch: Branch | None
    tracks: tuple[TrackEntry, ...]

    @property
    def name(self) -> str:
        return self.branch.name if self.branch else self.programme.name

    @property
    def summary(self) -> str:
        return self.branch.summary if self.branch else self.programme.summary

    @property
    def participants(self) -> str:
        return self.branch.participants if self.branch else self.programme.participants

    @property
    def place(self) -> str:
        """The place where it is found with others; empty where it stands by itself."""
        return self.programme.place

    @property
    def is_open(self) -> bool:
        return any(each.is_open for each in self.tracks)

    @property
    def levels(self) -> frozenset[str]:
        return frozenset(each.track.level for each in self.tracks if each.track.level)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self.programme.languages)

    def searchable(self) -> str:
        """All words by which it is found."""
        own = (self.name, self.summary, self.programme.name, self.place)
        tracks = [text for each in self.tracks for text in (each.track.name, each.track.summary)]
        modules = [text for each in self.tracks for module in each.modules for text in (module.name, module.summary)]
        courses = [each.facts.version.title for track in self.tracks for each in track.courses]
        return searchable(*own, *tracks, *modules, *courses)


Entry = ProgrammeEntry | CourseEntry


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; an empty value asks nothing."""

    words: str = ""
    level: str = ""
    language: str = ""
    what: str = ""

    def fits(self, entry: Entry) -> bool:
        """Whether the entry is among what she looks for."""
        return (
            (not self.what or (self.what == "courses") == isinstance(entry, CourseEntry))
            and (not self.level or self.level in entry.levels)
            and (not self.language or self.language in entry.languages)
            and matches(words_of(self.words), entry.searchable())
        )


def catalogue() -> list[Entry]:
    """Everything for the public, and so no trainers' track.

    Programmes by their place, those that one can join now in front, then courses. Eleven queries, and one
    more where trainers are trained."""
    open_tracks = {track.pk for call in open_calls() for track in call.tracks_offered}
    training = set(Track.objects.of_trainers().values_list("pk", flat=True))
    tracks = Track.objects.current().select_related("programme").order_by("programme", "position")
    by_id: dict[UUID, Track] = {track.pk: track for track in tracks if track.pk not in training}
    modules: dict[UUID, list[Module]] = {}
    for module in Module.objects.current().filter(track__in=by_id).order_by("track", "position"):
        modules.setdefault(module.track_id, []).append(module)
    in_training = set(Module.objects.current().filter(track__in=training).values_list("course", flat=True))
    courses = _courses(modules, by_id, in_training)
    entries = {pk: _track_entry(track, modules.get(pk, []), courses, open_tracks) for pk, track in by_id.items()}
    found: list[Entry] = [*_programmes(entries.values())]
    return [*found, *courses.values()]


def _programmes(tracks: Iterable[TrackEntry]) -> list[ProgrammeEntry]:
    left: dict[UUID, dict[UUID, TrackEntry]] = {}
    for entry in tracks:
        left.setdefault(entry.track.programme_id, {})[entry.track.pk] = entry
    branches: dict[UUID, list[Branch]] = {}
    for branch in Branch.objects.current().prefetch_related("tracks"):
        branches.setdefault(branch.programme_id, []).append(branch)
    found: list[ProgrammeEntry] = []
    for programme in programmes():
        own = left.get(programme.pk, {})
        for branch in branches.get(programme.pk, []):
            if branch.participants == TRAINERS:
                continue
            taken = [own.pop(track.pk) for track in branch.tracks.all() if track.pk in own]
            found.append(ProgrammeEntry(programme, branch, tuple(taken)))
        if own or programme.pk not in branches:
            found.append(ProgrammeEntry(programme, None, tuple(own.values())))
    open_programmes = {entry.programme.pk for entry in found if entry.is_open}
    return sorted(found, key=lambda entry: (entry.programme.pk not in open_programmes, entry.programme.code))


def _courses(
    modules: Mapping[UUID, Sequence[Module]], tracks: Mapping[UUID, Track], in_training: Collection[str]
) -> dict[str, CourseEntry]:
    """All but those that trainers alone need. Whoever has the address reads these too."""
    of: dict[str, list[Track]] = {}
    for pk, each in modules.items():
        for course in {module.course for module in each if module.course}:
            of.setdefault(course, []).append(tracks[pk])
    return {
        facts.version.course.code: CourseEntry(facts, tuple(of.get(facts.version.course.code, [])))
        for facts in course_facts()
        if facts.version.course.code in of or facts.version.course.code not in in_training
    }


def _track_entry(
    track: Track, modules: Sequence[Module], courses: Mapping[str, CourseEntry], open_tracks: Collection[UUID]
) -> TrackEntry:
    asked = dict.fromkeys(module.course for module in modules if module.course in courses)
    return TrackEntry(track, tuple(modules), tuple(courses[code] for code in asked), track.pk in open_tracks)

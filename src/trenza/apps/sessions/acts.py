"""The acts `s`, `w` and `a`: a session that begins without a signal, somebody who walked in, and who came, as a
trainer's phone sends them (docs/phone.md). She may record about the people of her sessions alone, judged as of receipt.

Marks may name a walk-in, and both a session, of the same batch: hence the turns.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Annotated, Final, Literal, TypeVar
from uuid import UUID
from zoneinfo import available_timezones

import msgspec

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import AGE_BANDS, Edition
from trenza.apps.sessions import beside, rules
from trenza.apps.sessions.events import AttendanceMarked, SessionOpened, WalkInCaptured
from trenza.apps.sessions.heads import MARKS, REASONS, as_mark
from trenza.apps.sessions.models import Session, WalkIn
from trenza.apps.sync.api import Act, Entry, Expanded, NotYet, Refused, entry, register_act

NOT_HERS: Final = "not_hers"
ID_TAKEN: Final = "id_taken"
KINDS: Final[tuple[Literal["class", "workshop"], ...]] = ("class", "workshop")
LAST_SECOND: Final = 4_102_444_800  # of the year 2099
MOST_MINUTES: Final = 1_440

Identity = tuple[UUID, Annotated[int, msgspec.Meta(gt=0, lt=2**53)]]
# On one line: no signs that a database or a page cannot take.
Name = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
Words = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
Number = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{8})?\Z")]
Code = Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9][a-z0-9_-]{0,59})?\Z")]


class SessionAct(msgspec.Struct, array_like=True, frozen=True):
    """`kind` is 0 for a class, 1 for a workshop; `starts_at` is in seconds since 1970. `workshop` is that of the
    definition, where it is one; phones of an older version do not send it."""

    session: UUID
    edition: UUID
    track: UUID | None
    centre: UUID | None
    kind: Annotated[int, msgspec.Meta(ge=0, le=1)]
    starts_at: Annotated[int, msgspec.Meta(gt=0, lt=LAST_SECOND)]
    minutes: Annotated[int, msgspec.Meta(gt=0, le=MOST_MINUTES)]
    title: Words
    place: Words
    time_zone: Annotated[str, msgspec.Meta(max_length=60)]
    workshop: UUID | None = None


class WalkInAct(msgspec.Struct, array_like=True, frozen=True):
    """`walk_in` is an id of the phone's making. What was not said is empty. `card` is the number of the printed card
    that she was handed; phones of an older version do not send it."""

    session: UUID
    walk_in: UUID
    given_name: Name
    family_name: Name
    region: Code
    age_band: Code
    card: Number = ""


class MarkOf(msgspec.Struct, array_like=True, frozen=True):
    """`mark` is a number of MARKS, `reason` of REASONS; `corrects` names an earlier mark of the same person."""

    person: UUID
    mark: Annotated[int, msgspec.Meta(ge=0, le=3)]
    reason: Annotated[int, msgspec.Meta(ge=0, le=7)]
    corrects: Identity | None


class MarksAct(msgspec.Struct, array_like=True, frozen=True):
    """Who came to a session."""

    session: UUID
    marks: Annotated[list[MarkOf], msgspec.Meta(min_length=1)]


S = TypeVar("S", SessionAct, WalkInAct, MarksAct)

_session_decoder = msgspec.msgpack.Decoder(SessionAct)
_walk_in_decoder = msgspec.msgpack.Decoder(WalkInAct)
_marks_decoder = msgspec.msgpack.Decoder(MarksAct)


def register() -> None:
    """Register the acts, each after those that it may rest on."""
    register_act("s", expand_sessions)
    register_act("w", expand_walk_ins, turn=1)
    register_act("a", expand_marks, turn=2)


def expand_sessions(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each. Whose id is another's session, or who may not teach there, is refused."""
    sent = _read_all(acts, _session_decoder)
    asked = {each.edition for each in _good(sent)}
    editions = Edition.objects.filter(pk__in=asked, retired_at=None).prefetch_related("tracks").in_bulk()
    openers = dict(Session.objects.filter(pk__in={each.session for each in _good(sent)}).values_list("pk", "opened_by"))
    viewers = _viewers(acts)
    may: dict[tuple[UUID, UUID, UUID | None], bool] = {}

    def entries(act: Act, each: SessionAct) -> Expanded:
        edition = editions.get(each.edition)
        if edition is None:
            return NotYet("unknown_edition")
        if each.track is not None and each.track not in _offered(edition):
            return Refused("not_offered")
        if each.time_zone not in _zones():
            return Refused("malformed")
        key = (act.person, each.edition, each.centre)
        if key not in may:
            may[key] = rules.may_open(viewers.get(act.person), edition=edition, centre=each.centre)
        event = SessionOpened(
            session=each.session,
            edition=each.edition,
            track=each.track,
            centre=each.centre,
            kind=KINDS[each.kind],
            starts_at=each.starts_at,
            minutes=each.minutes,
        )
        refusal = NOT_HERS
        if may[key]:
            refusal = ID_TAKEN if openers.get(each.session, act.person) != act.person else ""
        said = beside.Words(each.title.strip(), each.place.strip(), each.time_zone, each.workshop)
        return [entry(event, each.edition, beside=beside.write(said), refusal=refusal)]

    return _expanded(acts, sent, entries)


def expand_walk_ins(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each, about whom she will be. An id that is somebody's already is refused."""
    sent = _read_all(acts, _walk_in_decoder)
    sessions = _sessions({each.session for each in _good(sent)})
    ids = {each.walk_in for each in _good(sent)}
    known = dict(WalkIn.objects.filter(pk__in=ids).values_list("pk", "session"))
    taken = set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))
    kept = _kept(acts, sessions)

    def entries(act: Act, each: WalkInAct) -> Expanded:
        session = sessions.get(each.session)
        if session is None:
            return NotYet("unknown_session")
        if not each.given_name.strip() or (each.age_band and each.age_band not in AGE_BANDS):
            return Refused("malformed")
        refusal = "" if each.session in kept.get(act.person, set()) else NOT_HERS
        if each.walk_in in taken or each.walk_in in known:
            refusal = refusal or ("" if known.get(each.walk_in) == each.session else ID_TAKEN)
        event = WalkInCaptured(
            session=each.session,
            walk_in=each.walk_in,
            region=each.region or None,
            age_band=each.age_band or None,
        )
        said = beside.Names(each.given_name.strip(), each.family_name.strip(), each.card)
        about = each.walk_in
        return [entry(event, session.edition_id, person=about, beside=beside.write(said), refusal=refusal)]

    return _expanded(acts, sent, entries)


def expand_marks(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each person who was marked, about her. One who is not hers refuses the act."""
    sent = _read_all(acts, _marks_decoder)
    sessions = _sessions({each.session for each in _good(sent)})
    kept = _kept(acts, sessions)
    viewers = _viewers(acts)
    pairs: dict[UUID, set[rules.Pair]] = {}
    for act, each in zip(acts, sent, strict=True):
        if not isinstance(each, Refused) and each.session in kept.get(act.person, set()):
            pairs.setdefault(act.person, set()).update((each.session, mark.person) for mark in each.marks)
    hers = {person: rules.recordable(viewers[person], asked) for person, asked in pairs.items()}

    def entries(act: Act, each: MarksAct) -> Expanded:
        session = sessions.get(each.session)
        if session is None:
            return NotYet("unknown_session")
        if any(mark.reason and MARKS[mark.mark] != "excused" for mark in each.marks):
            return Refused("malformed")
        all_hers = {(each.session, mark.person) for mark in each.marks} <= hers.get(act.person, set())
        return [_mark(session, mark, refusal="" if all_hers else NOT_HERS) for mark in each.marks]

    return _expanded(acts, sent, entries)


def _mark(session: Session, sent: MarkOf, *, refusal: str) -> Entry:
    return entry(
        AttendanceMarked(session=session.pk, mark=as_mark(MARKS[sent.mark])),
        session.edition_id,
        person=sent.person,
        corrects=sent.corrects,
        beside=REASONS[sent.reason].encode(),
        refusal=refusal,
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _offered(edition: Edition) -> set[UUID]:
    return {track.pk for track in edition.tracks.all() if track.retired_at is None}


def _read_all(acts: Sequence[Act], decoder: "msgspec.msgpack.Decoder[S]") -> "list[S | Refused]":
    return [_read(act, decoder) for act in acts]


def _read(act: Act, decoder: "msgspec.msgpack.Decoder[S]") -> "S | Refused":
    try:
        return decoder.decode(act.payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Refused("malformed")


def _good(sent: "Sequence[S | Refused]") -> "list[S]":
    return [each for each in sent if not isinstance(each, Refused)]


def _expanded(
    acts: Sequence[Act], sent: "Sequence[S | Refused]", entries: "Callable[[Act, S], Expanded]"
) -> list[Expanded]:
    return [each if isinstance(each, Refused) else entries(act, each) for act, each in zip(acts, sent, strict=True)]


def _sessions(ids: Collection[UUID]) -> dict[UUID, Session]:
    return Session.objects.in_bulk(list(ids))


def _viewers(acts: Sequence[Act]) -> dict[UUID, Person]:
    return Person.objects.in_bulk(list({act.person for act in acts}))


def _kept(acts: Sequence[Act], sessions: Mapping[UUID, Session]) -> dict[UUID, set[UUID]]:
    """Those of these sessions that each of the acts' persons keeps."""
    return {
        person: set(rules.kept_sessions.which(viewer).filter(pk__in=sessions).values_list("pk", flat=True))
        for person, viewer in _viewers(acts).items()
    }

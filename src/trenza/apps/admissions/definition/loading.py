"""From sections to rows. Repeatable; a call that is named no more is retired, never deleted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trenza.apps.admissions.actions.announcing import announce_again
from trenza.apps.admissions.actions.judging_anew import announce_rules
from trenza.apps.admissions.actions.parts import update_parts
from trenza.apps.admissions.actions.seats import SeatPlan, seat_plan_of, set_seats
from trenza.apps.admissions.definition.checks import check_calls, check_forms
from trenza.apps.admissions.definition.readiness import ReadinessSection, check_readiness, load_readiness
from trenza.apps.admissions.definition.sections import CallSection
from trenza.apps.admissions.eligibility import EligibilityRule
from trenza.apps.admissions.errors import TracksStand
from trenza.apps.admissions.models import Call, Wish
from trenza.apps.admissions.queries import shared_zone
from trenza.apps.forms.api import Form
from trenza.apps.programmes.api import Edition, EditionSection, FollowsSection, Programme
from trenza.core import clock
from trenza.core.definition import Definition, Section, register_section
from trenza.core.ids import named_id


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("rule", EligibilityRule, 200, check=check_forms))
    register_section(Section("readiness", ReadinessSection, 205, check=check_readiness, load=load_readiness))
    register_section(Section("call", CallSection, 210, check=check_calls, load=load_calls))


def load_calls(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[call]]` with its rules and seats; relative days count from `today`. Publishing is not the definition's.

    Raises:
        SeatsTaken: it gives a call or region fewer seats than are taken.
        TracksStand: it takes away what women wish for or hold, or makes one track of several where they have applied.
        DrawStands: it changes the rule of a draw that was announced, and the call has opened.
    """
    existing = {call.code: call for call in programme.calls.all()}
    for position, section in enumerate(definition.of(CallSection)):
        existing.pop(section.code, None)
        _load(section, position, definition, programme, today)
    for follows in definition.of(FollowsSection):
        for edition in _editions_of(follows, definition, programme):
            existing.pop(_code_of(follows, edition), None)
            _load_follow_on(follows, edition, programme)
    notes = []
    for call in existing.values():
        if call.retired_at is None:
            call.retired_at = clock.now()
            call.save(update_fields=["retired_at"])
            if call.is_follow_on:
                continue  # that its section went was told already
            notes.append(f'The call "{call.code}" is no longer in the definition: it was retired, nothing was deleted.')
    return notes


def opens(section: CallSection, today: date) -> datetime:
    """The first second of the call, in UTC. A local time that the clocks repeat counts the first time."""
    local = section.opens_at or datetime.combine(today + timedelta(days=section.opens_day or 0), time.min)
    return local.replace(tzinfo=ZoneInfo(section.time_zone), fold=0).astimezone(UTC)


def closes(section: CallSection, today: date) -> datetime:
    """The last second of the call, in UTC. Of a local time that the clocks repeat it is the second: in her favour."""
    local = section.closes_at or datetime.combine(today + timedelta(days=section.closes_day or 0), time(23, 59, 59))
    return local.replace(tzinfo=ZoneInfo(section.time_zone), fold=1).astimezone(UTC)


def _load(section: CallSection, position: int, definition: Definition, programme: Programme, today: date) -> None:
    edition = programme.editions.get(code=section.edition)
    rules: list[EligibilityRule] = [definition.find("rule", code) for code in section.rules]
    values: dict[str, Any] = {
        "programme": programme,
        "edition": edition,
        "track": programme.tracks.get(code=section.track) if section.track else None,
        "change_until": _day(section.change_until, section.change_until_day, today),
        "form": Form.objects.get(programme=programme.code, code=section.form) if section.form else None,
        "code": section.code,
        "name": section.name,
        "summary": section.summary,
        "admission": section.admission,
        "time_zone": section.time_zone,
        "opens_at": opens(section, today),
        "closes_at": closes(section, today),
        "seats": section.seats,
        "draw_terms": _draw_terms(section),
        "age_on": _day(section.age_on, section.age_day, today),
        "appeal_days": section.appeal_days,
        "rules": [rule.model_dump(mode="json", exclude_defaults=True) for rule in rules],
        "position": position,
        "retired_at": None,
    }
    values |= _offer_values(section)
    call, was, before = _save(programme, section.code, values)
    announce_rules(was, call)
    regions = programme.regions.filter(code__in=section.regions) if section.regions else edition.regions.all()
    call.regions.set(regions)
    call.tracks.set(programme.tracks.filter(code__in=section.tracks))
    _ensure_wished_tracks_stay(call, was)
    quotas = {quota.region: quota.seats for quota in section.quota}
    by_region = {region.pk: quotas[region.code] for region in call.regions.all() if region.code in quotas}
    of_tracks = {each.track: each.seats for each in section.track_seats}
    by_track = {track.pk: of_tracks[track.code] for track in call.tracks.all() if track.code in of_tracks}
    set_seats(call, SeatPlan(section.seats, call.held_back, by_region, by_track), before=before)
    announce_again(call)
    update_parts(call)


def _ensure_wished_tracks_stay(call: Call, was: Call | None) -> None:
    """What women wish for, or hold, is still there."""
    if was is None or not call.applications.exists():
        return
    offered = call.tracks.order_by().values("pk")
    gone = (
        Wish.objects.filter(application__call=call).exclude(track__in=offered).exists()
        or call.awards.exclude(track__in=offered).exists()
    )
    if was.has_several_tracks != call.has_several_tracks or (call.has_several_tracks and gone):
        raise TracksStand(call.code)


def _offer_values(section: CallSection | FollowsSection) -> dict[str, Any]:
    return {
        "answer_days": section.answer_days,
        "may_rejoin": section.may_rejoin,
        "contains": [each.model_dump(mode="json", exclude_defaults=True) for each in section.contains],
        "held_back": (section.held_back or 0) if isinstance(section, CallSection) else 0,
    }


def _save(programme: Programme, code: str, values: dict[str, Any]) -> tuple[Call, Call | None, SeatPlan | None]:
    """The call, as it was before, and which seats it had; None and None where it is new."""
    pk = named_id(programme.code, "call", code)
    found = Call.objects.filter(pk=pk).first()
    if found and found.published_at:
        values.pop("published_at", None)
    before = seat_plan_of(found) if found else None
    call, _ = Call.objects.update_or_create(pk=pk, defaults=values)
    return call, found, before


def _editions_of(section: FollowsSection, definition: Definition, programme: Programme) -> list[Edition]:
    """Those in which the track is run from which a scholarship follows."""
    if section.gives != "scholarship":
        return []
    codes = [each.code for each in definition.of(EditionSection) if section.after in each.tracks]
    return list(programme.editions.filter(code__in=codes))


def _code_of(section: FollowsSection, edition: Edition) -> str:
    # No code of a section has two hyphens in a row.
    return f"{section.code}--{edition.code}"


def _load_follow_on(section: FollowsSection, edition: Edition, programme: Programme) -> None:
    """The line of a scholarship in one edition: a call to which nobody is invited."""
    calls = Call.objects.filter(follow_on=None)
    here = calls.filter(edition=edition)
    zone = shared_zone(here if here.exists() else calls.filter(programme=programme))
    values: dict[str, Any] = {
        "programme": programme,
        "edition": edition,
        "track": programme.tracks.get(code=section.after),
        "follow_on": programme.follow_ons.get(code=section.code),
        "code": _code_of(section, edition),
        "name": section.name,
        "summary": section.summary or "",
        "admission": Call.Admission.FOLLOWS,
        "time_zone": zone.key,
        "opens_at": datetime.combine(edition.starts_on, time.min, zone).astimezone(UTC),
        "closes_at": datetime.combine(edition.ends_on, time(23, 59, 59), zone).astimezone(UTC),
        "seats": section.seats,
        "published_at": clock.now(),
        "retired_at": None,
    }
    values |= _offer_values(section)
    call, _was, before = _save(programme, values["code"], values)
    call.regions.set(edition.regions.all())
    set_seats(call, SeatPlan(section.seats, 0, {}), before=before)
    update_parts(call)


def _day(dated: date | None, counted: int | None, today: date) -> date | None:
    return today + timedelta(days=counted) if counted is not None else dated


def _draw_terms(section: CallSection) -> dict[str, Any] | None:
    if section.admission != "draw":
        return None
    groups = [each.model_dump(mode="json") for each in section.reserve]
    return {"source": section.seed_source, "hours": section.offline_hours or 0, "groups": groups}

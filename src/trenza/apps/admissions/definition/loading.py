"""From sections to rows. Repeatable; a call that is named no more is retired, never deleted."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trenza.apps.admissions.actions.announcing import announce_again
from trenza.apps.admissions.actions.judging_anew import announce_rules
from trenza.apps.admissions.actions.seats import set_seats
from trenza.apps.admissions.definition.checks import check_calls, check_forms
from trenza.apps.admissions.definition.readiness import ReadinessSection, check_readiness, load_readiness
from trenza.apps.admissions.definition.sections import CallSection
from trenza.apps.admissions.eligibility import EligibilityRule
from trenza.apps.admissions.models import Call
from trenza.apps.forms.api import Form
from trenza.apps.programmes.api import Programme
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
        DrawStands: it changes the rule of a draw that was announced, and the call has opened.
    """
    existing = {call.code: call for call in programme.calls.all()}
    for position, section in enumerate(definition.of(CallSection)):
        existing.pop(section.code, None)
        _load(section, position, definition, programme, today)
    notes = []
    for call in existing.values():
        if call.retired_at is None:
            call.retired_at = clock.now()
            call.save(update_fields=["retired_at"])
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
        "track": programme.tracks.get(code=section.track),
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
        "age_on": _age_on(section, today),
        "appeal_days": section.appeal_days,
        "rules": [rule.model_dump(mode="json", exclude_defaults=True) for rule in rules],
        "position": position,
        "retired_at": None,
    }
    key = named_id(programme.code, "call", section.code)
    before = Call.objects.filter(pk=key).first()
    call, _ = Call.objects.update_or_create(pk=key, defaults=values)
    announce_rules(before, call)
    regions = programme.regions.filter(code__in=section.regions) if section.regions else edition.regions.all()
    call.regions.set(regions)
    quotas = {quota.region: quota.seats for quota in section.quota}
    by_region = {region.pk: quotas[region.code] for region in call.regions.all() if region.code in quotas}
    set_seats(call, section.seats, by_region)
    announce_again(call)


def _age_on(section: CallSection, today: date) -> date | None:
    return today + timedelta(days=section.age_day) if section.age_day is not None else section.age_on


def _draw_terms(section: CallSection) -> dict[str, Any] | None:
    if section.admission != "draw":
        return None
    groups = [each.model_dump(mode="json") for each in section.reserve]
    return {"source": section.seed_source, "hours": section.offline_hours or 0, "groups": groups}

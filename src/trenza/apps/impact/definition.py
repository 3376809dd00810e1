"""`[[indicator]]`, `[[target]]` and `[[reported]]` of programme.toml."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from trenza.apps.impact.models import Indicator, Reported, Target
from trenza.core import clock
from trenza.core.definition import (
    Code,
    Definition,
    Item,
    Key,
    Line,
    Refers,
    Report,
    Section,
    is_plausible,
    register_section,
)
from trenza.core.definition import say as _
from trenza.core.ids import named_id

Measure = Literal["applications", "awards", "enrolments", "completions", "certificates", "trainers"]


class IndicatorSection(Item):
    """`[[indicator]]`. Without a `measure` Trenza does not count it, and shows only what was reported."""

    code: Code = Field(
        title=_("Code"),
        description=_(
            "Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing."
        ),
    )
    measure: Measure | None = Field(
        default=None,
        title=_("What is counted"),
        description=_("What Trenza counts for it. If left out, only what was reported is shown."),
    )
    name: Line = Field(title=_("Name"), description=_("What people see it called."))


class TargetSection(Item):
    """`[[target]]`, both days included. One of an edition has the days of the edition where it gives none."""

    identity = ("indicator", "edition", "from", "to")
    indicator: Annotated[Code, Refers("indicator")] = Field(
        title=_("Indicator"), description=_("Which figure it is about.")
    )
    edition: Annotated[Code | None, Refers("edition")] = Field(
        default=None, title=_("Edition"), description=_("Only where the target is of one edition.")
    )
    value: int = Field(gt=0, le=2_000_000_000, title=_("Figure to reach"), description=_("How many, a whole number."))
    from_: date | None = Field(
        default=None,
        alias="from",
        title=_("From"),
        description=_("The first day that counts; the edition's if left out."),
    )
    to: date | None = Field(
        default=None, title=_("To"), description=_("The last day that counts; the edition's if left out.")
    )
    source: Line = Field(title=_("Source"), description=_("Where the target was set."))


class ReportedSection(Item):
    """`[[reported]]`: what was published about the past, both days included."""

    identity = ("indicator", "from", "to")
    indicator: Annotated[Code, Refers("indicator")] = Field(
        title=_("Indicator"), description=_("Which figure it is about.")
    )
    value: int = Field(
        ge=0, le=2_000_000_000, title=_("Published figure"), description=_("The number as it was published.")
    )
    from_: date = Field(alias="from", title=_("From"), description=_("The first day that it is about."))
    to: date = Field(title=_("To"), description=_("The last day that it is about."))
    source: Line = Field(title=_("Source"), description=_("Who published it, and where it can be read."))


def check_targets(definition: Definition, report: Report) -> None:
    """Indicators and editions stand, days are in order, and no target is given twice."""
    seen = set()
    for target in definition.of(TargetSection):
        report.refer(target, "indicator", to="indicator")
        report.refer(target, "edition", to="edition")
        indicator = definition.find("indicator", target.indicator)
        if indicator is not None and indicator.measure is None:
            report.problem(
                target,
                _('the indicator "%(code)s" has no measure, so nothing can reach its target', code=target.indicator),
                field="indicator",
                hint=_("give it a measure, or take the target out"),
            )
        if target.edition is None:
            for key, day in (("from", target.from_), ("to", target.to)):
                if day is None:
                    missing = _('"%(key)s" is missing', key=Key(key))
                    report.problem(target, missing, field=key, hint=_("write it, or name an edition"))
        _check_days(target, report)
        given = (target.indicator, target.edition, target.from_, target.to)
        if given in seen:
            report.problem(target, _("this target stands twice"), hint=_("take one out"))
        seen.add(given)


def check_reported(definition: Definition, report: Report) -> None:
    """Indicators stand and days are in order."""
    for reported in definition.of(ReportedSection):
        report.refer(reported, "indicator", to="indicator")
        _check_days(reported, report)


def load_indicators(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make, change and retire indicators."""
    existing = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    for position, section in enumerate(definition.of(IndicatorSection)):
        existing.pop(section.code, None)
        Indicator.objects.update_or_create(
            pk=named_id(programme.code, "indicator", section.code),
            defaults={
                "programme": programme,
                "code": section.code,
                "name": section.name,
                "measure": section.measure or "",
                "position": position,
                "retired_at": None,
            },
        )
    gone = [row for row in existing.values() if row.retired_at is None]
    Indicator.objects.filter(pk__in=[row.pk for row in gone]).update(retired_at=clock.now())
    return [f'The indicator "{row.code}" is no longer in the definition: it was retired.' for row in gone]


def load_targets(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make the rows what the definition says; those that it names no more are deleted, since nothing hangs on them."""
    indicators = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    editions = {row.code: row for row in programme.editions.all()}
    rows = []
    for position, section in enumerate(definition.of(TargetSection)):
        edition = editions[section.edition] if section.edition else None
        rows.append(
            Target(
                pk=named_id(programme.code, "target", *_name(section)),
                indicator=indicators[section.indicator],
                edition=edition,
                value=section.value,
                starts_on=section.from_ or (edition.starts_on if edition else today),
                ends_on=section.to or (edition.ends_on if edition else today),
                source=section.source,
                position=position,
            )
        )
    Target.objects.filter(indicator__programme=programme).delete()
    Target.objects.bulk_create(rows)
    return []


def load_reported(definition: Definition, programme: Any, today: date) -> list[str]:
    """The same for what was reported."""
    indicators = {row.code: row for row in Indicator.objects.filter(programme=programme)}
    rows = [
        Reported(
            pk=named_id(programme.code, "reported", str(position)),
            indicator=indicators[section.indicator],
            value=section.value,
            starts_on=section.from_,
            ends_on=section.to,
            source=section.source,
            position=position,
        )
        for position, section in enumerate(definition.of(ReportedSection))
    ]
    Reported.objects.filter(indicator__programme=programme).delete()
    Reported.objects.bulk_create(rows)
    return []


def register() -> None:
    """Called once, when Django is ready."""
    for section in (
        Section("indicator", IndicatorSection, 400, load=load_indicators),
        Section("target", TargetSection, 410, check=check_targets, load=load_targets),
        Section("reported", ReportedSection, 420, check=check_reported, load=load_reported),
    ):
        register_section(section)


def _check_days(item: TargetSection | ReportedSection, report: Report) -> None:
    if item.from_ and item.to and item.to < item.from_:
        report.problem(item, _("it ends before it starts"), field="to", hint=_('correct "from" or "to"'))
    for key, day in (("from", item.from_), ("to", item.to)):
        if day and not is_plausible(day):
            report.problem(
                item, _('"%(key)s" is no plausible day', key=Key(key)), field=key, hint=_("correct the year")
            )


def _name(section: TargetSection) -> list[str]:
    return [section.indicator, section.edition or "", *(str(day or "") for day in (section.from_, section.to))]

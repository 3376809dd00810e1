"""`[[credential]]` of programme.toml: what completing a track, a module, a level or a role's training gives."""

import hashlib
import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from trenza.apps.credentials.certificate import missing_letters
from trenza.apps.credentials.certificate.labels import WRITTEN_IN
from trenza.apps.credentials.earning import PARTICIPANTS
from trenza.apps.credentials.models import CredentialTemplate, Wording
from trenza.apps.programmes.api import BranchSection, Module, TrackSection
from trenza.apps.sessions.api import Workshop
from trenza.core import clock
from trenza.core.definition import Code, Definition, Item, Line, Refers, Report, Section, Text, register_section
from trenza.core.definition import say as _
from trenza.core.ids import named_id


class AlignmentSection(Item):
    """`[[credential.alignment]]`: a skill in a framework that others use, such as DigComp 2.2 or ESCO."""

    identity = ("url",)
    framework: Line = Field(title=_("Framework"), description=_("What the framework is called: DigComp 2.2, ESCO."))
    code: Line = Field(title=_("Code in the framework"), description=_("The skill's code in the framework."))
    name: Line = Field(title=_("Name"), description=_("The skill's name in the framework."))
    url: Annotated[str, Field(pattern=r"^https://[^\s<>\"{}|\\^`]+$", max_length=400)] = Field(
        title=_("Address"), description=_("Where the framework describes the skill. It begins with https://.")
    )


class CredentialSection(Item):
    """`[[credential]]`. The words are printed as they stand; `hours` only where the programme states them."""

    code: Code = Field(
        title=_("Code"),
        description=_(
            "Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing."
        ),
    )
    track: Annotated[Code, Refers("track")] | None = Field(
        default=None, title=_("Track"), description=_("Who completes it gets this.")
    )
    module: Code | None = Field(
        default=None, title=_("Module"), description=_("Of the track: who meets it gets this, before the whole track.")
    )
    workshop: Annotated[Code, Refers("workshop")] | None = Field(
        default=None,
        title=_("Workshop"),
        description=_("Who attends it gets this, in the place of a track."),
    )
    level: Literal["basic", "intermediate", "advanced"] | None = Field(
        default=None,
        title=_("Level"),
        description=_("Who completes a track of this level gets this, once, in the place of a track."),
    )
    role: Literal["trainer", "mentor"] | None = Field(
        default=None,
        title=_("Role"),
        description=_("Who completes what trainers or mentors learn gets this, once, in the place of a track."),
    )
    title: Line = Field(title=_("Title"), description=_("What she completed, as it is printed on the certificate."))
    text: Text = Field(title=_("Text"), description=_("The sentence below the title on the certificate."))
    criteria: Text | None = Field(
        default=None,
        title=_("Criteria"),
        description=_("What one does to get it, for whoever checks the certificate. Without it the text says it."),
    )
    valid_months: int | None = Field(
        default=None,
        ge=1,
        le=600,
        title=_("Months that it holds"),
        description=_("Without it, it holds for good."),
    )
    hours: int | None = Field(
        default=None,
        ge=1,
        le=10_000,
        title=_("Academic hours"),
        description=_("Only where the programme states them."),
    )
    next: Text | None = Field(
        default=None, title=_("What follows"), description=_("What it opens to her, in a sentence or two for her.")
    )
    calls: Annotated[tuple[Code, ...], Refers("call")] = Field(
        default=(), max_length=10, title=_("Calls for her"), description=_("Calls that she is shown beside it.")
    )
    endorsers: Annotated[tuple[Code, ...], Refers("organisation")] = Field(
        default=(), title=_("Endorsed by"), description=_("Organisations that endorse, whose names it carries.")
    )
    skills: tuple[Line, ...] = Field(
        default=(), title=_("Skills"), description=_("What she can do now, one on each line.")
    )
    alignment: tuple[AlignmentSection, ...] = Field(
        default=(),
        max_length=20,
        title=_("Skills in frameworks"),
        description=_("The same skills, as frameworks that employers know name them."),
    )


def check_credentials(definition: Definition, report: Report) -> None:
    """The track stands, endorsers endorse, and every letter can be printed."""
    languages = next((programme.languages for programme in definition.section("programme")), None)
    for credential in definition.of(CredentialSection):
        _check_what_for(credential, definition, report)
        report.refer(credential, "calls", to="call")
        if report.refer(credential, "endorsers", to="organisation"):
            _check_endorsers(credential, definition, report)
        for field in ("title", "text", "skills"):
            value = getattr(credential, field)
            words = value if isinstance(value, str) else "".join(value)
            if letters := missing_letters(words.replace("\n", "")):
                report.problem(
                    credential,
                    _("the letters %(letters)s are in no font of the certificate", letters=" ".join(letters)),
                    field=field,
                    hint=_("write it without them"),
                )
        if isinstance(languages, tuple) and not any(_primary(each) in WRITTEN_IN for each in languages):
            report.problem(
                credential,
                _(
                    "certificates are written in %(languages)s, and the programme speaks none of these",
                    languages=", ".join(sorted(WRITTEN_IN)),
                ),
                hint=_("add the words of its language to credentials/certificate/labels.py"),
            )


def load_credentials(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make, change and retire templates; whoever completed before a template came is seen to by a reaction."""
    existing = {row.code: row for row in CredentialTemplate.objects.filter(programme=programme)}
    tracks = {track.code: track for track in programme.tracks.all()}
    modules = {(each.track_id, each.code): each for each in Module.objects.filter(track__programme=programme)}
    workshops = {each.code: each for each in Workshop.objects.filter(programme=programme).select_related("track")}
    for position, section in enumerate(definition.of(CredentialSection)):
        workshop = workshops[section.workshop] if section.workshop else None
        track = tracks[section.track] if section.track else workshop.track if workshop else None
        wanted = {
            "track": track,
            "module": modules[track.pk, section.module] if track and section.module else None,
            "workshop": workshop,
            "level": section.level or "",
            "role": section.role or "",
            "next": section.next or "",
            "calls": list(section.calls),
            "wording": _wording(section, programme),
            "valid_months": section.valid_months,
            "position": position,
            "retired_at": None,
        }
        row = existing.pop(section.code, None)
        if row is None:
            pk = named_id(programme.code, "credential", section.code)
            CredentialTemplate.objects.create(pk=pk, programme=programme, code=section.code, **wanted)
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save(update_fields=list(wanted))
    gone = [row for row in existing.values() if row.retired_at is None]
    CredentialTemplate.objects.filter(pk__in=[row.pk for row in gone]).update(retired_at=clock.now())
    return [
        f'The credential "{row.code}" is no longer in the definition: it was retired, those that were issued hold.'
        for row in gone
    ]


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("credential", CredentialSection, 300, check=check_credentials, load=load_credentials))


def _check_what_for(credential: CredentialSection, definition: Definition, report: Report) -> None:
    """One thing gives it; and a module is the track's, a workshop meets one."""
    named = [name for name in ("track", "workshop", "level", "role") if getattr(credential, name) is not None]
    if len(named) != 1:
        report.problem(
            credential,
            _("it is given for a track, a workshop, a level or a role, and names %(n)s of these", n=len(named)),
            field=named[1] if named else (),
            hint=_("name one"),
        )
        return
    report.refer(credential, "track", to="track")
    if credential.module is not None:
        _check_module(credential, definition, report)
    report.refer(credential, "workshop", to="workshop")
    for field, what in (("level", credential.level), ("role", credential.role)):
        if what is not None and not _tracks_there(field, what, definition):
            report.problem(
                credential,
                _("no track leads there"),
                field=field,
                hint=_('for a level, give a track this level; for a role, make a branch for "trainers" or "mentors"'),
            )


def _check_module(credential: CredentialSection, definition: Definition, report: Report) -> None:
    track = definition.find("track", credential.track) if credential.track else None
    if credential.track is None:
        report.problem(
            credential,
            _("it names a module and no track"),
            field="module",
            hint=_("name the track that has the module"),
        )
    elif isinstance(track, TrackSection):
        where = _('the track "%(code)s"', code=track.code)
        report.one_of(credential, "module", [each.code for each in track.module], what="module", where=where)


def _tracks_there(field: str, what: str, definition: Definition) -> bool:
    if field == "level":
        return any(each.level == what for each in definition.of(TrackSection))
    return any(each.participants == PARTICIPANTS[what] for each in definition.of(BranchSection))


def _check_endorsers(credential: CredentialSection, definition: Definition, report: Report) -> None:
    for number, code in enumerate(credential.endorsers):
        organisation = definition.find("organisation", code)
        if organisation is not None and "endorser" not in organisation.roles:
            report.problem(
                credential,
                _('the organisation "%(code)s" does not endorse', code=code),
                field=("endorsers", number),
                hint=_('add "endorser" to the roles of "%(code)s"', code=code),
            )
        if code in credential.endorsers[:number]:
            twice = _('"%(code)s" endorses twice', code=code)
            report.problem(credential, twice, field=("endorsers", number), hint=_("name it once"))


def _wording(section: CredentialSection, programme: Any) -> Wording:
    """The row of these very words, made if they are new."""
    values: dict[str, Any] = {
        "programme_name": programme.name,
        "title": section.title,
        "text": section.text,
        "hours": section.hours,
        "skills": list(section.skills),
        "organisations": _organisations(section, programme),
        "language": next(each for each in programme.languages if _primary(each) in WRITTEN_IN),
    }
    if section.criteria:
        values["criteria"] = section.criteria
    if section.alignment:
        values["alignments"] = [
            {"name": each.name, "url": each.url, "code": each.code, "framework": each.framework}
            for each in section.alignment
        ]
    digest = hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    wording = Wording(pk=named_id(programme.code, "credential wording", section.code, digest), **values)
    Wording.objects.bulk_create([wording], ignore_conflicts=True)
    return wording


def _organisations(section: CredentialSection, programme: Any) -> list[dict[str, Any]]:
    """Who organises, then who endorses this credential; who does both stands once."""
    found: dict[str, dict[str, Any]] = {}
    current = {each.code: each for each in programme.organisations.filter(retired_at=None)}
    for code, organisation in current.items():
        if "organiser" in organisation.roles:
            found[code] = {"name": organisation.name, "roles": ["organiser"]}
    for code in section.endorsers:
        found.setdefault(code, {"name": current[code].name, "roles": []})["roles"].append("endorser")
    return list(found.values())


def _primary(language: object) -> str:
    return str(language).split("-")[0]

"""From `[[credential]]` to rows: templates, their wordings, and logos."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from trenza.apps.credentials.certificate.labels import WRITTEN_IN, primary_of
from trenza.apps.credentials.definition import CredentialSection, TranslationSection, check_credentials
from trenza.apps.credentials.logos import NoLogo, keep_logo, logo_called, read_logo
from trenza.apps.credentials.models import CredentialTemplate, Logo, Wording
from trenza.apps.programmes.api import Module
from trenza.apps.sessions.api import Workshop
from trenza.core import clock
from trenza.core.definition import Definition, Section, register_section
from trenza.core.ids import named_id


def load_credentials(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make, change and retire templates; whoever completed before a template came is seen to by a reaction."""
    existing = {row.code: row for row in CredentialTemplate.objects.filter(programme=programme)}
    tracks = {track.code: track for track in programme.tracks.all()}
    modules = {(each.track_id, each.code): each for each in Module.objects.filter(track__programme=programme)}
    workshops = {each.code: each for each in Workshop.objects.filter(programme=programme).select_related("track")}
    logos, notes = _logos(definition, programme)
    for position, section in enumerate(definition.of(CredentialSection)):
        words = _words(section, programme, logos)
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
            "wording": _wording(section.code, programme, words),
            "valid_months": section.valid_months,
            "position": position,
            "retired_at": None,
        }
        row = existing.pop(section.code, None)
        if row is None:
            pk = named_id(programme.code, "credential", section.code)
            row = CredentialTemplate.objects.create(pk=pk, programme=programme, code=section.code, **wanted)
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save(update_fields=list(wanted))
        translated = [_wording(section.code, programme, _translated(words, each)) for each in section.translation]
        row.translations.set(translated)
    gone = [row for row in existing.values() if row.retired_at is None]
    CredentialTemplate.objects.filter(pk__in=[row.pk for row in gone]).update(retired_at=clock.now())
    return notes + [
        f'The credential "{row.code}" is no longer in the definition: it was retired, those that were issued hold.'
        for row in gone
    ]


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("credential", CredentialSection, 300, check=check_credentials, load=load_credentials))


def _logos(definition: Definition, programme: Any) -> tuple[dict[str, Logo], list[str]]:
    """By the codes of organisations; and what is to be said of those that are not at hand."""
    found: dict[str, Logo] = {}
    notes = []
    now = clock.now()
    for organisation in definition.section("organisation"):
        if organisation.logo is None:
            continue
        try:
            if definition.folder is None:
                logo = logo_called(programme, organisation.logo)
            else:
                logo = keep_logo(programme, organisation.logo, read_logo(definition.folder, organisation.logo), now)
        except NoLogo:  # taken away since it was checked
            logo = None
        if logo is None:
            notes.append(
                f'The picture "{organisation.logo}" is not known here: certificates show initials. '
                "Load the programme from its folder once."
            )
        else:
            found[organisation.code] = logo
    return found, notes


def _words(section: CredentialSection, programme: Any, logos: Mapping[str, Logo]) -> dict[str, Any]:
    """What its certificates say, in the programme's first language that certificates are written in. What is not given
    is not there, so that words of before keep their name."""
    values: dict[str, Any] = {
        "programme_name": programme.name,
        "title": section.title,
        "text": section.text,
        "hours": section.hours,
        "skills": list(section.skills),
        "organisations": _organisations(section, programme, logos),
        "language": next(each for each in programme.languages if primary_of(each) in WRITTEN_IN),
    }
    if section.criteria:
        values["criteria"] = section.criteria
    if section.alignment:
        values["alignments"] = [
            {"name": each.name, "url": each.url, "code": each.code, "framework": each.framework}
            for each in section.alignment
        ]
    if section.signer:
        names = dict(programme.organisations.values_list("code", "name"))
        values["signers"] = [
            {"position": each.position, "name": each.name or "", "organisation": names[each.organisation]}
            for each in section.signer
        ]
    return values


def _translated(words: dict[str, Any], translation: TranslationSection) -> dict[str, Any]:
    changed = {**words, "language": translation.language, "title": translation.title, "text": translation.text}
    changed["skills"] = list(translation.skills)
    changed.pop("criteria", None)
    if translation.criteria:
        changed["criteria"] = translation.criteria
    if translation.positions:
        changed["signers"] = [
            {**signer, "position": position}
            for signer, position in zip(words["signers"], translation.positions, strict=True)
        ]
    return changed


def _wording(code: str, programme: Any, words: dict[str, Any]) -> Wording:
    """The row of these very words, made if they are new."""
    digest = hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
    wording = Wording(pk=named_id(programme.code, "credential wording", code, digest), **words)
    Wording.objects.bulk_create([wording], ignore_conflicts=True)
    return wording


def _organisations(section: CredentialSection, programme: Any, logos: Mapping[str, Logo]) -> list[dict[str, Any]]:
    """Who organises, then who endorses this credential; who does both stands once."""
    found: dict[str, dict[str, Any]] = {}
    current = {each.code: each for each in programme.organisations.filter(retired_at=None)}
    for code, organisation in current.items():
        if "organiser" in organisation.roles:
            found[code] = {"name": organisation.name, "roles": ["organiser"]}
    for code in section.endorsers:
        found.setdefault(code, {"name": current[code].name, "roles": []})["roles"].append("endorser")
    return [{**each, "logo": str(logos[code].pk)} if code in logos else each for code, each in found.items()]

"""`[[credential]]` of programme.toml: what completing a track, a module, a level or a role's training gives."""

from typing import Annotated, Any, Literal

from pydantic import Field

from trenza.apps.credentials.certificate import missing_letters
from trenza.apps.credentials.certificate.labels import WRITTEN_IN, primary_of
from trenza.apps.credentials.earning import PARTICIPANTS
from trenza.apps.credentials.logos import NoLogo, read_logo
from trenza.apps.programmes.api import BranchSection, TrackSection
from trenza.core.definition import Code, Definition, Item, Language, Line, Refers, Report, Text
from trenza.core.definition import say as _


class AlignmentSection(Item):
    """`[[credential.alignment]]`: a skill in a framework that others use, such as DigComp 2.2 or ESCO."""

    identity = ("url",)
    framework: Line = Field(title=_("Framework"), description=_("What the framework is called: DigComp 2.2, ESCO."))
    code: Line = Field(title=_("Code in the framework"), description=_("The skill's code in the framework."))
    name: Line = Field(title=_("Name"), description=_("The skill's name in the framework."))
    url: Annotated[str, Field(pattern=r"^https://[^\s<>\"{}|\\^`]+$", max_length=400)] = Field(
        title=_("Address"), description=_("Where the framework describes the skill. It begins with https://.")
    )


class SignerSection(Item):
    """`[[credential.signer]]`: who signs the paper by hand. A position is enough; whoever holds it then signs."""

    identity = ("organisation", "position")
    position: Line = Field(title=_("Position"), description=_("What she is there, as it is printed below the line."))
    organisation: Annotated[Code, Refers("organisation")] = Field(
        title=_("Organisation"), description=_("For which she signs.")
    )
    name: Line | None = Field(
        default=None, title=_("Name"), description=_("As it is printed. Without it the position stands alone.")
    )


class TranslationSection(Item):
    """`[[credential.translation]]`: the same credential in another language, for women who chose that one."""

    identity = ("language",)
    language: Language = Field(title=_("Language"), description=_("The language tag, such as en."))
    title: Line = Field(title=_("Title"), description=_("What she completed, as it is printed on the certificate."))
    text: Text = Field(title=_("Text"), description=_("The sentence below the title on the certificate."))
    criteria: Text | None = Field(
        default=None,
        title=_("Criteria"),
        description=_("What one does to get it, for whoever checks the certificate. Without it the text says it."),
    )
    skills: tuple[Line, ...] = Field(
        default=(), title=_("Skills"), description=_("What she can do now, one on each line.")
    )
    positions: tuple[Line, ...] = Field(
        default=(),
        title=_("Positions"),
        description=_("Of those who sign, in their order, one on each line. Without them they stand as they are."),
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
    signer: tuple[SignerSection, ...] = Field(
        default=(),
        max_length=3,
        title=_("Who signs"),
        description=_(
            "At most three. Without any, the certificate has no line to sign on: its codes say that it is true."
        ),
    )
    translation: tuple[TranslationSection, ...] = Field(
        default=(),
        max_length=10,
        title=_("In other languages"),
        description=_("Who uses the programme in that language gets this one."),
    )


def check_credentials(definition: Definition, report: Report) -> None:
    """The track stands, endorsers endorse, logos are there, and every letter can be printed."""
    languages = next((programme.languages for programme in definition.section("programme")), None)
    given = any(True for _each in definition.of(CredentialSection))
    for organisation in definition.section("organisation"):
        if given:  # else its name is printed nowhere
            _check_letters(organisation, ("name",), report)
        _check_logo(organisation, definition, report)
    for credential in definition.of(CredentialSection):
        _check_what_for(credential, definition, report)
        report.refer(credential, "calls", to="call")
        if report.refer(credential, "endorsers", to="organisation"):
            _check_endorsers(credential, definition, report)
        _check_letters(credential, ("title", "text", "skills"), report)
        for signer in credential.signer:
            report.refer(signer, "organisation", to="organisation")
            _check_letters(signer, ("position", "name"), report)
        if isinstance(languages, tuple):
            _check_languages(credential, languages, report)


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


def _check_letters(item: Item, fields: tuple[str, ...], report: Report) -> None:
    for field in fields:
        value = getattr(item, field) or ""
        words = value if isinstance(value, str) else "".join(value)
        if letters := missing_letters(words.replace("\n", "")):
            report.problem(
                item,
                _("the letters %(letters)s are in no font of the certificate", letters=" ".join(letters)),
                field=field,
                hint=_("write it without them"),
            )


def _check_logo(organisation: Any, definition: Definition, report: Report) -> None:
    """A definition that comes without its folder is one of the office: its pictures were looked at before."""
    if organisation.logo is None or definition.folder is None:
        return
    try:
        read_logo(definition.folder, organisation.logo)
    except NoLogo as error:
        report.problem(organisation, error.problem, field="logo", hint=error.remedy)


def _check_languages(credential: CredentialSection, languages: tuple[str, ...], report: Report) -> None:
    written = ", ".join(sorted(WRITTEN_IN))
    first = next((primary_of(each) for each in languages if primary_of(each) in WRITTEN_IN), None)
    add = _("add the words of its language to credentials/certificate/labels.py")
    if first is None:
        report.problem(
            credential,
            _("certificates are written in %(languages)s, and the programme speaks none of these", languages=written),
            hint=add,
        )
    for translation in credential.translation:
        _check_letters(translation, ("title", "text", "skills", "positions"), report)
        if primary_of(translation.language) not in WRITTEN_IN:
            none = _("certificates are written in %(languages)s, and not in this language", languages=written)
            report.problem(translation, none, field="language", hint=add)
        elif primary_of(translation.language) == first:
            again = _("the credential itself is in this language")
            report.problem(translation, again, field="language", hint=_("leave the translation out"))
        if translation.positions and len(translation.positions) != len(credential.signer):
            other = _("there are %(signers)s who sign", signers=str(len(credential.signer)))
            report.problem(translation, other, field="positions", hint=_("give as many positions, or none"))

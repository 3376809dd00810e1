"""What sections, keys and values of a definition are called in the office."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from trenza.core.definition import all_sections, in_words, keys_of, lists_of
from trenza.portals.office.words import Words

# By section, and by list within an item: one, and several.
THINGS: Final[Mapping[str, tuple[Words, Words]]] = {
    "programme": (_("Programme"), _("Programme")),
    "words": (_("Words of its own"), _("Words of its own")),
    "organisation": (_("Organisation"), _("Organisations")),
    "region": (_("Region"), _("Regions")),
    "track": (_("Track"), _("Tracks")),
    "branch": (_("Branch"), _("Branches")),
    "edition": (_("Edition"), _("Editions")),
    "follows": (_("What follows"), _("What follows")),
    "activity": (_("Activity"), _("Activities")),
    "context": (_("Figure of the context"), _("Figures of the context")),
    "form": (_("Form"), _("Forms")),
    "level_check": (_("Finding her level"), _("Finding her level")),
    "workshop": (_("Workshop"), _("Workshops")),
    "part": (_("Part of the workshop"), _("Parts of the workshop")),
    "rule": (_("Condition"), _("Conditions")),
    "readiness": (_("Help to be ready"), _("Help to be ready")),
    "task": (_("Task"), _("Tasks")),
    "step": (_("Step"), _("Steps")),
    "when": (_("Of whom it is asked"), _("Of whom it is asked")),
    "call": (_("Call"), _("Calls")),
    "accompaniment": (_("Whom to call"), _("Whom to call")),
    "credential": (_("Certificate"), _("Certificates")),
    "indicator": (_("Indicator"), _("Indicators")),
    "target": (_("Target"), _("Targets")),
    "reported": (_("Reported figure"), _("Reported figures")),
    "module": (_("Module"), _("Modules")),
    "external": (_("Course elsewhere"), _("Courses elsewhere")),
    "page": (_("Page"), _("Pages")),
    "question": (_("Question"), _("Questions")),
    "choices": (_("Answer"), _("Answers to choose from")),
    "quota": (_("Seats of a region"), _("Seats of regions")),
    "track_seats": (_("Seats of a track"), _("Seats of tracks")),
    "reserve": (_("Reserved seats of a group"), _("Reserved seats")),
    "contains": (_("Part of the scholarship"), _("Parts of the scholarship")),
    "alignment": (_("Skill in a framework"), _("Skills in frameworks")),
    "signer": (_("Who signs"), _("Who signs")),
    "translation": (_("In another language"), _("In other languages")),
}
# What a section is for, in a sentence.
PURPOSES: Final[Mapping[str, Words]] = {
    "programme": _("What the programme is called and for whom it is."),
    "words": _("What its lessons call money, the country, the phone and the bus, from when they are published again."),
    "organisation": _("Who organises, endorses, accompanies or funds it."),
    "region": _("Where it works: its own regions."),
    "track": _("What one studies: tracks and their modules."),
    "branch": _("Tracks that go by a name of their own."),
    "edition": _("When and where it runs."),
    "follows": _("What she gets for completing a track."),
    "activity": _("What surrounds the tracks for everybody."),
    "context": _("Published figures about the world around it."),
    "form": _("What an application asks."),
    "level_check": _("Some questions, without an account, that say with which level a woman might begin."),
    "workshop": _("What is held in person on a day, and the module that it meets."),
    "rule": _("What a call asks of whoever applies."),
    "readiness": _("What gives her what a condition asks: small tasks, or help to open an account of mail."),
    "call": _("Invitations to a track: when, where, how many seats."),
    "accompaniment": _("From when on a trainer calls a woman."),
    "credential": _("What is printed on a certificate, and for what it is given."),
    "indicator": _("What is counted."),
    "target": _("What the programme wants to reach."),
    "reported": _("What was published about the past."),
}
# By key and value; a value that means the same everywhere stands under "".
VALUES: Final[Mapping[tuple[str, str], Words]] = {
    ("roles", "organiser"): pgettext_lazy("organisation", "Organises"),
    ("roles", "endorser"): pgettext_lazy("organisation", "Endorses certificates"),
    ("roles", "partner"): pgettext_lazy("organisation", "Accompanies as a partner"),
    ("roles", "funder"): pgettext_lazy("organisation", "Funds"),
    ("participants", "women"): _("For women."),
    ("participants", "women_and_family"): _("For women and members of their families."),
    ("participants", "teachers"): _("For teachers."),
    ("participants", "trainers"): _("For trainers. The team enrols them; no call leads there."),
    ("participants", "mentors"): _("For mentors."),
    ("kind", "course"): _("A course"),
    ("kind", "data_voucher"): pgettext_lazy("part of a scholarship", "Data voucher"),
    ("kind", "certificate"): pgettext_lazy("part of a scholarship", "Certificate"),
    ("kind", "stipend"): pgettext_lazy("part of a scholarship", "Stipend"),
    ("kind", "other"): pgettext_lazy("part of a scholarship", "Something else"),
    ("kind", "tasks"): _("Small tasks"),
    ("kind", "email"): _("Help to open an account of mail"),
    ("fills", "plan_when"): _("Her plan: when she studies"),
    ("fills", "plan_where"): _("Her plan: where she studies"),
    ("fills", "plan_help"): _("Her plan: who helps her"),
    ("kind", "confirmed"): _("Somebody confirms it"),
    ("kind", "mentoring"): _("Mentoring"),
    ("kind", "support"): _("Support"),
    ("kind", "life_skills"): _("Skills for life"),
    ("kind", "vocational_guidance"): _("Vocational guidance"),
    ("kind", "job_readiness"): _("Getting ready for a job"),
    ("kind", "round_table"): _("Round table"),
    ("kind", "campaign"): _("Campaign"),
    ("kind", "workshop"): _("Workshop"),
    ("kind", "wifi"): _("Internet"),
    ("kind", "materials"): _("Materials"),
    ("by", "trainer"): _("A trainer"),
    ("by", "coordinator"): _("A coordinator"),
    ("by", "mentor"): _("A mentor"),
    ("role", "trainer"): _("A trainer"),
    ("role", "mentor"): _("A mentor"),
    ("level", "basic"): pgettext_lazy("level", "Basic"),
    ("level", "intermediate"): pgettext_lazy("level", "Intermediate"),
    ("level", "advanced"): pgettext_lazy("level", "Advanced"),
    ("unlock", "in_order"): _("One after the other"),
    ("unlock", "free"): _("All at once"),
    ("gives", "scholarship"): _("A scholarship"),
    ("gives", "track"): _("A track"),
    ("gives", "recommendation"): _("A recommendation"),
    ("unit", "percent"): _("Per cent"),
    ("unit", "number"): pgettext_lazy("unit", "A number"),
    ("type", "text"): _("A line of text"),
    ("type", "long_text"): _("A long text"),
    ("type", "email"): _("An e-mail address"),
    ("type", "phone"): _("A phone number"),
    ("type", "date"): _("A date"),
    ("type", "whole_number"): _("A whole number"),
    ("type", "yes_no"): _("Yes or no"),
    ("type", "choice"): _("One of several answers"),
    ("type", "choices"): _("Several of several answers"),
    ("type", "region"): _("A region of the programme"),
    ("fills", "given_name"): _("Her given name"),
    ("fills", "family_name"): _("Her family name"),
    ("fills", "birth_date"): _("Her date of birth"),
    ("fills", "sex"): _("Her sex"),
    ("fills", "country"): _("Her country"),
    ("fills", "region"): _("Her region"),
    ("fills", "email"): _("Her e-mail address"),
    ("fills", "phone"): _("Her phone number"),
    ("unmet", "refuse"): _("She is told no"),
    ("unmet", "help"): _("She is helped"),
    ("admission", "selected"): _("One applies and is awarded a place"),
    ("admission", "draw"): _("One applies, and places are drawn"),
    ("admission", "open"): _("One signs up and starts at once"),
    ("measure", "applications"): _("Applications"),
    ("measure", "awards"): _("Awards"),
    ("measure", "enrolments"): _("Enrolments"),
    ("measure", "completions"): _("Completed tracks"),
    ("measure", "certificates"): _("Certificates"),
    ("measure", "trainers"): _("Trainers who completed their training"),
}


def one(key: str) -> str:
    """What an item of this section or list is called."""
    return str(THINGS[key][0]) if key in THINGS else key


def several(key: str) -> str:
    """What a section or list is called."""
    return str(THINGS[key][1]) if key in THINGS else key


def value_in_words(key: str, value: str) -> str:
    """One of the values that a key may have."""
    return str(VALUES.get((key, value), value))


def label_of_field(field: FieldInfo, key: str) -> str:
    """What a key is called on a form."""
    return in_words(field.title or key)


def names_for(model: type[BaseModel]) -> Callable[[str], str]:
    """What keys are called where messages are about an item of this model."""
    labels = _labels(model)

    def name(key: str) -> str:
        if key.startswith("[[") and key.endswith("]]"):
            return several(key[2:-2].rpartition(".")[2])
        return labels.get(key) or one(key)

    return name


def names_everywhere() -> Callable[[str], str]:
    """The same for messages about the whole file."""
    labels: dict[str, str] = {}
    for section in all_sections():
        labels = _labels(section.model) | labels

    def name(key: str) -> str:
        return several(key[2:-2]) if key.startswith("[[") else labels.get(key) or one(key)

    return name


def _labels(model: type[BaseModel]) -> dict[str, str]:
    labels = {key: in_words(field.title or key) for key, field in keys_of(model).items()}
    for inner in lists_of(model).values():
        labels = _labels(inner) | labels
    return labels

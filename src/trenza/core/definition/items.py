"""What models of sections are made of: a base, and types whose errors say what to do."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, get_args
from zoneinfo import available_timezones

import pycountry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from trenza.core.definition.problems import closest, did_you_mean
from trenza.core.definition.words import say as _

CODE_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
_LANGUAGE_TAG = re.compile(r"^([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")


class Item(BaseModel):
    """Base of a section's model: unknown keys are errors, nothing is converted, nothing changes afterwards.

    Give arrays as tuples. Each field has a title and a description, in English and marked for translation with `_`:
    forms and the JSON Schema show them. `identity` are the keys that tell one item of a list from the others.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    identity: ClassVar[tuple[str, ...]] = ("code",)


@dataclass(frozen=True)
class Refers:
    """Beside a field's type: what it holds are codes of this section, or of this list within the same item.

    `Annotated[Code, Refers("edition")]`; `Annotated[tuple[Code, ...], Refers("module", sibling=True)]`.
    """

    to: str
    sibling: bool = False


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a model as they stand in the file: an alias where a field cannot have the name (`from`)."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def reference_of(field: FieldInfo) -> Refers | None:
    """Which codes a field holds, if it holds codes of another item."""
    return next((each for each in field.metadata if isinstance(each, Refers)), None)


def refuse(message: str, *, hint: str = "") -> PydanticCustomError:
    """The error to raise in a validator: what is wrong, as a clause, and what to do."""
    # Braces would be read as a template.
    return PydanticCustomError("refused", "{message}", {"message": message, "hint": hint})


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a field's annotation names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in models_in(argument)]


def _known_country(code: str) -> str:
    if code not in _countries():
        raise refuse(
            _('"%(code)s" is no country of ISO 3166-1', code=code),
            hint=did_you_mean(code.upper(), _countries()) or _('give its two capital letters, such as "BO"'),
        )
    return code


def _known_region(code: str) -> str:
    if code in _countries() or code in _subdivisions():
        return code
    country = code[:2].upper()
    among = [each for each in _subdivisions() if each.startswith(f"{country}-")]
    close = closest(code.upper(), among)
    hint = (
        _('did you mean "%(code)s" (%(name)s)?', code=close, name=_subdivisions()[close])
        if close
        else _('give a code such as "BO-L" (La Paz) or a country such as "GT"')
    )
    raise refuse(_('"%(code)s" is no subdivision of ISO 3166-2 and no country', code=code), hint=hint)


def _known_language(tag: str) -> str:
    matched = _LANGUAGE_TAG.match(tag)
    primary = matched[1] if matched else ""
    language = pycountry.languages.get(alpha_2=primary) or pycountry.languages.get(alpha_3=primary)
    if language is None:
        raise refuse(_('"%(tag)s" is no language of BCP 47', tag=tag), hint=_('give a tag such as "es", "qu" or "quc"'))
    short = getattr(language, "alpha_2", None)
    if short and short != primary:
        said = _('"%(tag)s" is not how BCP 47 names this language', tag=tag)
        raise refuse(said, hint=_('write "%(word)s"', word=short))
    if matched and matched[4] and matched[4].isalpha() and matched[4] not in _countries():
        raise refuse(_('"%(tag)s" names no known country', tag=tag), hint=_('write "%(word)s"', word=primary))
    return tag


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise refuse(
            _('"%(name)s" is no time zone of the IANA database', name=name),
            hint=did_you_mean(name, _zones()) or _('give one such as "America/La_Paz"'),
        )
    return name


def _has_words(text: str) -> str:
    if not text.strip():
        raise refuse(_("is empty"), hint=_("write it, or leave the key out where it is optional"))
    return text


def _on_one_line(text: str) -> str:
    if "\n" in text:
        raise refuse(_("must stand on one line"), hint=_("remove the line break"))
    return text


@cache
def _countries() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _subdivisions() -> dict[str, str]:
    return {each.code: each.name for each in pycountry.subdivisions}


@cache
def _zones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


# The name of a thing for machines: lower-case letters, digits, hyphens or underscores between them.
Code = Annotated[str, Field(pattern=CODE_PATTERN, max_length=60)]
# Words on one line: a name, a title.
Line = Annotated[str, Field(max_length=200), AfterValidator(_has_words), AfterValidator(_on_one_line)]
# Words of any length.
Text = Annotated[str, Field(max_length=4_000), AfterValidator(_has_words)]
# ISO 3166-1 alpha-2.
Country = Annotated[str, AfterValidator(_known_country), Field(json_schema_extra={"pattern": "^[A-Z]{2}$"})]
# ISO 3166-2, or ISO 3166-1 alpha-2 for a whole country. Mind that BO-L is La Paz and MX-CMX Mexico City.
RegionCode = Annotated[
    str, AfterValidator(_known_region), Field(json_schema_extra={"pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"})
]
# BCP 47: a language, where needed with its script and country.
Language = Annotated[str, AfterValidator(_known_language), Field(json_schema_extra={"pattern": _LANGUAGE_TAG.pattern})]
# IANA.
Zone = Annotated[str, AfterValidator(_known_zone)]
# Days counted from the day of loading, for demonstrations.
Days = Annotated[int, Field(ge=-3_660, le=3_660)]
# Days outside of these are a slip of the hand, and some cannot be reckoned with.
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


def is_plausible(day: date) -> bool:
    """Whether a programme can mean this day (or moment)."""
    return EARLIEST <= date(day.year, day.month, day.day) <= LATEST

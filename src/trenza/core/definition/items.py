"""What models of sections are made of: a base, and types whose errors say what to do."""

import re
from functools import cache
from typing import Annotated, Any, get_args
from zoneinfo import available_timezones

import pycountry
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from trenza.core.definition.problems import did_you_mean

CODE_PATTERN = r"^[a-z0-9]+([_-][a-z0-9]+)*$"
_LANGUAGE_TAG = re.compile(r"^([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")


class Item(BaseModel):
    """Base of a section's model: unknown keys are errors, nothing is converted, nothing changes afterwards.

    Give arrays as tuples.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def keys_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a model as they stand in the file: an alias where a field cannot have the name (`from`)."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


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
            f'"{code}" is no country of ISO 3166-1',
            hint=did_you_mean(code.upper(), _countries()) or 'give its two capital letters, such as "BO"',
        )
    return code


def _known_region(code: str) -> str:
    if code in _countries() or code in _subdivisions():
        return code
    country = code[:2].upper()
    among = [each for each in _subdivisions() if each.startswith(f"{country}-")]
    close = did_you_mean(code.upper(), among)
    if close:
        name = _subdivisions()[close.split('"')[1]]
        close = close.removesuffix("?") + f" ({name})?"
    raise refuse(
        f'"{code}" is no subdivision of ISO 3166-2 and no country',
        hint=close or 'give a code such as "BO-L" (La Paz) or a country such as "GT"',
    )


def _known_language(tag: str) -> str:
    matched = _LANGUAGE_TAG.match(tag)
    primary = matched[1] if matched else ""
    language = pycountry.languages.get(alpha_2=primary) or pycountry.languages.get(alpha_3=primary)
    if language is None:
        raise refuse(f'"{tag}" is no language of BCP 47', hint='give a tag such as "es", "qu" or "quc"')
    short = getattr(language, "alpha_2", None)
    if short and short != primary:
        raise refuse(f'"{tag}" is not how BCP 47 names this language', hint=f'write "{short}"')
    if matched and matched[4] and matched[4].isalpha() and matched[4] not in _countries():
        raise refuse(f'"{tag}" names no known country', hint=f'write "{primary}"')
    return tag


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise refuse(
            f'"{name}" is no time zone of the IANA database',
            hint=did_you_mean(name, _zones()) or 'give one such as "America/La_Paz"',
        )
    return name


def _has_words(text: str) -> str:
    if not text.strip():
        raise refuse("is empty", hint="write it, or leave the key out where it is optional")
    return text


def _on_one_line(text: str) -> str:
    if "\n" in text:
        raise refuse("must stand on one line", hint="remove the line break")
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
Country = Annotated[str, AfterValidator(_known_country)]
# ISO 3166-2, or ISO 3166-1 alpha-2 for a whole country. Mind that BO-L is La Paz and MX-CMX Mexico City.
RegionCode = Annotated[str, AfterValidator(_known_region)]
# BCP 47: a language, where needed with its script and country.
Language = Annotated[str, AfterValidator(_known_language)]
# IANA.
Zone = Annotated[str, AfterValidator(_known_zone)]
# Days counted from the day of loading, for demonstrations.
Days = Annotated[int, Field(ge=-3_660, le=3_660)]

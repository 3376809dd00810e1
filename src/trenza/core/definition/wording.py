"""pydantic's errors in plain English, at their place in the file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trenza.core.definition.items import CODE_PATTERN, keys_of, models_in
from trenza.core.definition.problems import did_you_mean, listed
from trenza.core.definition.toml import Place
from trenza.core.definition.words import Key, Said
from trenza.core.definition.words import say as _

# By the type of pydantic's error: what is wrong. Parts beside the name are of the error's context.
_WORDS = {
    "string_type": gettext_noop('"%(name)s" must be text in quotes'),
    "int_type": gettext_noop('"%(name)s" must be a whole number, without quotes'),
    "int_from_float": gettext_noop('"%(name)s" must be a whole number'),
    "float_type": gettext_noop('"%(name)s" must be a number, without quotes'),
    "bool_type": gettext_noop('"%(name)s" must be true or false, without quotes'),
    "date_type": gettext_noop('"%(name)s" must be a date such as 2026-05-31, without quotes'),
    "datetime_type": gettext_noop('"%(name)s" must be a date and a time such as 2026-05-31T23:59:59, without quotes'),
    "timezone_naive": gettext_noop('"%(name)s" must be a local time, without an offset'),
    "timezone_aware": gettext_noop('"%(name)s" must have an offset'),
    "tuple_type": gettext_noop('"%(name)s" must be a list in square brackets'),
    "list_type": gettext_noop('"%(name)s" must be a list in square brackets'),
    "model_type": gettext_noop('"%(name)s" must be a table: a heading with keys below it, or keys in braces'),
    "model_attributes_type": gettext_noop(
        '"%(name)s" must be a table: a heading with keys below it, or keys in braces'
    ),
    "dict_type": gettext_noop('"%(name)s" must be a table: a heading with keys below it, or keys in braces'),
    "string_too_short": gettext_noop('"%(name)s" is too short'),
    "string_too_long": gettext_noop('"%(name)s" is longer than %(max_length)s characters'),
    "greater_than": gettext_noop('"%(name)s" must be more than %(gt)s'),
    "greater_than_equal": gettext_noop('"%(name)s" must be %(ge)s or more'),
    "less_than": gettext_noop('"%(name)s" must be less than %(lt)s'),
    "less_than_equal": gettext_noop('"%(name)s" must be %(le)s at most'),
    "too_short": gettext_noop('"%(name)s" needs %(min_length)s or more'),
    "too_long": gettext_noop('"%(name)s" has more than %(max_length)s'),
    "string_pattern_mismatch": gettext_noop('"%(name)s" is not written as it must be (%(pattern)s)'),
}


def faults(error: ValidationError, model: type[BaseModel], value: Any) -> Iterator[tuple[Place, str, str]]:
    """The place within `value`, the message and the hint of each error."""
    details = error.errors(include_url=False)
    located = [_located(value, detail["loc"]) for detail in details]
    places = {place for place, _ in located}
    for detail, (place, rest) in zip(details, located, strict=True):
        # pydantic counts only the good items of a list: one bad item is one error, not also a list too short.
        if detail["type"] == "too_short" and any(other != place and other[: len(place)] == place for other in places):
            continue
        said = _said(detail, place, rest, _keys_at(model, place))
        missing = detail["type"] in ("missing", "union_tag_not_found") and rest  # it stands where it should stand
        yield (*place, rest[-1]) if missing else place, *said


def _located(value: Any, loc: Sequence[str | int]) -> tuple[Place, list[str]]:
    """The part of `loc` that exists in the value, and what does not: a missing key, or the tag of a union."""
    place: Place = ()
    rest: list[str] = []
    for part in loc:
        in_list = isinstance(value, tuple) and isinstance(part, int) and part < len(value)
        if in_list or (isinstance(value, Mapping) and part in value):
            place, value, rest = (*place, part), value[part], []
        else:
            rest.append(str(part))
    return place, rest


def _said(detail: ErrorDetails, place: Place, rest: list[str], keys: Sequence[str]) -> tuple[str, str]:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    name = Key(next((part for part in reversed(place) if isinstance(part, str)), "this"))
    match kind:
        case "missing":
            return _('"%(key)s" is missing', key=Key(rest[-1] if rest else "?")), _("write it")
        case "extra_forbidden":
            key = str(place[-1]) if place else "?"
            hint = did_you_mean(key, keys) or _("use %(codes)s", codes=listed(sorted(keys)))
            return _('the key "%(key)s" is not known here', key=key), hint
        case "literal_error" | "union_tag_invalid":
            wanted = str(context.get("expected") or context["expected_tags"])
            expected = [word.strip("' ") for word in wanted.replace(" or ", ",").split(",")]
            if kind == "union_tag_invalid":
                given, name = context["tag"], Key(_unquoted(context["discriminator"]))
            hint = did_you_mean(str(given), expected) or _("use %(codes)s", codes=listed(expected))
            return _('"%(name)s" cannot be %(value)s', name=name, value=_shown(given)), hint
        case "union_tag_not_found":
            return _('"%(key)s" is missing', key=Key(_unquoted(context["discriminator"]))), _("write it")
        case "string_pattern_mismatch" if context.get("pattern") == CODE_PATTERN:
            return (
                _('"%(name)s" cannot be %(value)s', name=name, value=_shown(given)),
                _('a code has lower-case letters and digits, and hyphens between them, such as "el-alto"'),
            )
        case "refused":
            message: str = context["message"]
            named = message if message.startswith('"') else _('"%(key)s" %(fault)s', key=name, fault=message)
            return named, context["hint"]
        case "value_error":
            return str(context.get("error", detail["msg"])), ""
    words = _WORDS.get(kind)
    if words is None:
        return _('"%(name)s": %(fault)s', name=name, fault=detail["msg"][:1].lower() + detail["msg"][1:]), ""
    said = Said(words, {**context, "name": name})
    return said, "" if isinstance(given, Mapping | tuple) else _("it is %(value)s", value=_shown(given))


def _unquoted(words: object) -> str:
    return str(words).strip("'")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return _("a table")
    if isinstance(value, tuple):
        return _("a list")
    return f'"{value[:60]}"' if isinstance(value, str) else str(value)


def _keys_at(model: type[BaseModel], place: Place) -> list[str]:
    """The keys known where the last of `place` stands."""
    models = [model]
    for part in place[:-1]:
        if isinstance(part, str):
            fields = [keys_of(each)[part].annotation for each in models if part in keys_of(each)]
            models = [found for annotation in fields for found in models_in(annotation)]
    return list(dict.fromkeys(name for each in models for name in keys_of(each)))

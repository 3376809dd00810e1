"""The JSON Schema of programme.toml, for editors: sections composed, with what a schema can say of them.

It says less than the checker: that a code stands in another section, that days are in order, no schema can say.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from trenza.core.definition import sections
from trenza.core.definition.items import keys_of, models_in, reference_of
from trenza.core.definition.reading import FORMAT
from trenza.core.definition.toml import MAX_ITEMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def definition_schema() -> dict[str, Any]:
    """The schema of a whole definition, in English."""
    every = sections.all_sections()
    models = list(dict.fromkeys(found for section in every for found in _with_inner(section.model)))
    _, definitions = models_json_schema([(model, "validation") for model in models], by_alias=True)
    found: dict[str, Any] = _as_in_toml(definitions["$defs"])
    for model in models:
        _describe(model, found[model.__name__]["properties"])
    properties: dict[str, Any] = {
        "format": {"const": FORMAT, "title": "Format", "description": "The version of this format."}
    }
    for section in every:
        one = {"$ref": f"#/$defs/{section.model.__name__}"}
        properties[section.key] = {"type": "array", "items": one, "maxItems": MAX_ITEMS} if section.many else one
        if section.many and section.required:
            properties[section.key]["minItems"] = 1
    return {
        "$schema": DIALECT,
        "title": "programme.toml",
        "description": "A programme of digital skills, from the call to the job, as Trenza runs it.",
        "type": "object",
        "properties": properties,
        "required": ["format", *(section.key for section in every if section.required)],
        "additionalProperties": False,
        "$defs": found,
    }


def _with_inner(model: type[BaseModel]) -> list[type[BaseModel]]:
    inner = [each for field in model.model_fields.values() for each in models_in(field.annotation)]
    return [model, *(found for each in inner for found in _with_inner(each))]


def _as_in_toml(schema: Any) -> Any:
    """TOML has no null: a key is left out. Its local moments have no offset, as "date-time" would ask."""
    if isinstance(schema, list):
        return [_as_in_toml(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _as_in_toml(each) for key, each in schema.items() if not (key == "default" and each is None)}
    if kept.get("format") == "date-time":
        del kept["format"]
        kept["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?$"
    possible = [each for each in kept.get("anyOf", ()) if each != {"type": "null"}]
    if "anyOf" in kept and len(possible) == 1:
        del kept["anyOf"]
        kept = {**possible[0], **kept}
    elif "anyOf" in kept:
        kept["anyOf"] = possible
    return kept


def _describe(model: type[BaseModel], properties: dict[str, Any]) -> None:
    """Say of codes where they must stand."""
    for key, field in keys_of(model).items():
        reference = reference_of(field)
        if reference:
            where = f"a {reference.to} of the same list" if reference.sibling else f"a code of [[{reference.to}]]"
            several = properties[key].get("type") == "array"
            properties[key]["description"] += f" Each is {where}." if several else f" It is {where}."

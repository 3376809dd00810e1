"""JSON Schemas (draft 2020-12) of what authors write in TOML, for editors that check and complete while one types.

They say what a file may hold on its own; whether a lesson is there, or a link leads somewhere, says
`trenza course check`.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from trenza.apps.learning.content import citations, limits, manifest, words
from trenza.apps.learning.content.body import LICENCES
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.content.importers import KEYS as IMPORT_KEYS
from trenza.apps.learning.content.importers.options import CHOICES, DEFAULTS

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_WORDS: Final = r"\S"
"""Not only spaces."""
_NO_SIGNS: Final = r"^[^`*_\[\]<>{}\\|#~&]+$"
"""Nothing that Markdown would take for a sign."""

_TYPES: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}

Schema = Mapping[str, Any]


def schema_files() -> dict[str, str]:
    """The text of each schema by the name of its file."""
    schemas = {
        "course": course_schema(),
        "glossary": glossary_schema(),
        "import": import_schema(),
        "lesson": lesson_schema(),
    }
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def course_schema() -> Schema:
    """What course.toml may hold."""
    properties = {
        "format": {"const": manifest.FORMAT, "description": "The version of this format."},
        **_told_by_both(),
        "pass_score": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "default": 0,
            "description": "The share of right answers from which a lesson with questions is done.",
        },
        "lessons": {
            "type": "array",
            "items": {"type": "string", "pattern": rf"^(.*/)?{manifest.CODE.pattern}\.md$"},
            "minItems": 1,
            "maxItems": limits.LESSONS,
            "uniqueItems": True,
            "description": "The files of the lessons, in order.",
        },
        "level": {
            "enum": list(manifest.LEVELS),
            "description": "For whom it is written: how easily it must read, and that the check insists on it.",
        },
        "tests": {
            "type": "string",
            "pattern": rf"^{manifest.CODE.pattern}\.md$",
            "description": "The file of the test before and after the course.",
        },
    }
    properties["words"] = {
        "type": "object",
        "propertyNames": {"pattern": f"^{words.KEY.pattern}$"},
        "additionalProperties": {**_text(limits.WORD_LENGTH, "What stands there."), "pattern": _NO_SIGNS},
        "maxProperties": limits.WORDS,
        "description": "What {{word}} in a lesson becomes, where no programme says its own.",
    }
    return _table("A course of Trenza: course.toml", {key: properties[key] for key in manifest.KEYS}, manifest.REQUIRED)


def lesson_schema() -> Schema:
    """What may stand between the `+++` at the top of a lesson."""
    properties = {
        "title": _text(limits.TITLE_LENGTH, "What the lesson is called."),
        "minutes": {
            "type": "integer",
            "minimum": 1,
            "maximum": limits.MINUTES,
            "description": "How long it takes, for somebody who reads slowly.",
        },
        "summary": _text(limits.SUMMARY_LENGTH, "What she reads before she opens it.", empty=True),
        "exam": {
            "type": "boolean",
            "default": False,
            "description": "Its questions certify: the server alone grades them, and the page holds no answers.",
        },
        "digcomp": {
            "type": "array",
            "items": {"enum": list(COMPETENCES)},
            "uniqueItems": True,
            "description": "The competences of DigComp 2.2 that it is about, as they are numbered there.",
        },
        "offline": _text(limits.SUMMARY_LENGTH, "What she does without what the lesson sends her to.", empty=True),
        "source": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "title": _text(limits.SOURCE_LENGTH, "Who publishes it, and what."),
                    "url": {**_text(limits.SOURCE_LENGTH, "Its whole address."), "pattern": "^https?://[^ ]+$"},
                    "date": {
                        "type": "string",
                        "pattern": f"^{citations.DATE.pattern}$",
                        "description": "When it was published or looked at: YYYY, YYYY-MM or YYYY-MM-DD.",
                    },
                },
                "required": list(citations.KEYS),
                "additionalProperties": False,
            },
            "maxItems": limits.SOURCES,
            "description": "Where its figures, laws and numbers come from.",
        },
    }
    return _table(
        "The front matter of a lesson of Trenza",
        {key: properties[key] for key in manifest.LESSON_KEYS},
        ("title", "minutes"),
    )


def glossary_schema() -> Schema:
    """What glossary.toml may hold: any words, each with its meaning."""
    return {
        "$schema": DRAFT,
        "title": "The glossary of a course of Trenza: glossary.toml",
        "type": "object",
        "propertyNames": {"maxLength": limits.GLOSSARY_WORD_LENGTH},
        "maxProperties": limits.GLOSSARY_WORDS,
        "additionalProperties": _text(limits.GLOSSARY_LENGTH, "What the word means, in one plain sentence."),
    }


def import_schema() -> Schema:
    """What import.toml may hold. docs/importing.md says what each key does."""
    told = _told_by_both()
    properties: dict[str, Schema] = {}
    for key in IMPORT_KEYS:
        if key in CHOICES:
            properties[key] = {"enum": list(CHOICES[key]), "default": CHOICES[key][0]}
        elif key in told:
            properties[key] = told[key]
        else:
            default = getattr(DEFAULTS, key)
            properties[key] = {"type": _TYPES[type(default)], "default": default}
    return _table("What an import to Trenza is told: import.toml", properties, ())


def _told_by_both() -> dict[str, Schema]:
    """What course.toml says of a course, and import.toml where the source does not."""
    return {
        "code": {
            **_text(manifest.CODE_LENGTH, "The name of the course in addresses: small letters, digits, hyphens."),
            "pattern": f"^{manifest.CODE.pattern}$",
        },
        "title": _text(limits.TITLE_LENGTH, "What the course is called."),
        "summary": _text(limits.SUMMARY_LENGTH, "What a learner reads before she begins."),
        "language": {
            "type": "string",
            "pattern": f"^{manifest.LANGUAGE.pattern}$",
            "description": "BCP 47, for example es or es-419.",
            "examples": ["es", "es-419", "en"],
        },
        "licence": {
            "type": "string",
            "pattern": f"^{manifest.LICENCE.pattern}$",
            "description": "An SPDX identifier.",
            "examples": list(LICENCES),
        },
        "authors": {
            "type": "array",
            "items": _text(limits.TITLE_LENGTH, "A person or an organisation."),
            "minItems": 1,
            "description": "Who wrote it.",
        },
        "source": _text(limits.SOURCE_LENGTH, "Where the course comes from.", empty=True),
    }


def _text(longest: int, description: str, *, empty: bool = False) -> dict[str, Any]:
    pattern = {} if empty else {"pattern": _WORDS}
    return {"type": "string", "maxLength": longest, **pattern, "description": description}


def _table(title: str, properties: Mapping[str, Schema], required: tuple[str, ...]) -> Schema:
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }

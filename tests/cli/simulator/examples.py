"""Programmes to simulate, and what they leave."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from trenza.apps.learning import api as learning
from trenza.apps.programmes.api import Programme, load_definition
from trenza.core.definition import read_definition
from trenza.core.journal import everything

PROGRAMMES = Path(__file__).parents[3] / "programmes"
TODAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def load(code: str) -> Programme:
    for path in sorted((PROGRAMMES / code / "courses").glob("*/course.toml")):
        learning.publish_course(course=learning.build_course(path.parent)[0], by=None)
    return load_definition(definition=read_definition(PROGRAMMES / code), by=None, today=TODAY.date())


def digest(*, after: int = 0) -> str:
    """Of every line of the journal after a position: what, about whom, by whom, when on both clocks."""
    lines = [
        [
            line.kind,
            *map(str, (line.person, line.by, line.edition, line.happened_at, line.recorded_at)),
            json.loads(line.data),
        ]
        for line in everything(start=after)
    ]
    return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()

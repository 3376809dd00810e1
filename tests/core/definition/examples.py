"""A small definition that is well."""

from trenza.core.definition import Definition, DefinitionErrors, parse_definition

GOOD = """\
format = 1

[programme]
code = "prueba"
name = "Prueba"
summary = "Una prueba."
languages = ["es"]
participants = "women"

[[organisation]]
code = "casa"
name = "La Casa"
roles = ["organiser"]

[[region]]
code = "el-alto"
name = "El Alto"
iso = "BO-L"

[[track]]
code = "basico"
name = "Básico"
summary = "Lo primero."

[[track.module]]
code = "uno"
name = "Uno"
requirement = { kind = "course", course = "uno" }

[[track.module]]
code = "dos"
name = "Dos"
requirement = { kind = "confirmed", by = "trainer" }

[[edition]]
code = "2026"
name = "2026"
tracks = ["basico"]
regions = ["el-alto"]
countries = ["BO"]
starts_on = 2026-01-01
ends_on = 2026-12-31
"""


def changed(*replacements: tuple[str, str], source: str = GOOD) -> str:
    """The good definition with words replaced; each must be there."""
    for old, new in replacements:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


def read(source: str | bytes) -> Definition:
    """Read a text without a folder."""
    return parse_definition(source if isinstance(source, bytes) else source.encode(), file="p.toml")


def problems(source: str | bytes) -> list[str]:
    """The problems of a text as they are printed, without the file's name."""
    try:
        read(source)
    except DefinitionErrors as errors:
        return [str(problem).removeprefix("p.toml:") for problem in errors.problems]
    return []


def line_of(source: str, words: str) -> int:
    """The number of the first line that holds these words."""
    return next(number for number, line in enumerate(source.splitlines(), 1) if words in line)

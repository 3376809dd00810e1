"""A small definition with a form, rules and two calls."""

from tests.core.definition.examples import GOOD
from trenza.core.definition import Definition, parse_definition

WITH_CALLS = (
    GOOD.replace(
        '[[track]]\ncode = "basico"',
        '[[region]]\ncode = "oruro"\nname = "Oruro"\niso = "BO-O"\n\n[[track]]\ncode = "basico"',
    ).replace('regions = ["el-alto"]', 'regions = ["el-alto", "oruro"]')
    + """
[[edition]]
code = "demo"
name = "Demostración"
demonstration = true
tracks = ["basico"]
regions = ["el-alto"]
countries = ["BO"]
starts_day = -30
ends_day = 150

[[form]]
code = "beca"
title = "Beca"

[[form.page]]
code = "tu"
title = "Sobre ti"

[[form.page.question]]
code = "has_email"
type = "yes_no"
label = "¿Tienes correo electrónico?"

[[form.page.question]]
code = "device"
type = "choice"
label = "¿Con qué estudias?"
choices = [{ code = "phone", label = "Celular" }, { code = "computer", label = "Computadora" }]

[[rule]]
code = "edad"
question = "age"
at_least = 16
at_most = 29
sentence = "Tener entre 16 y 29 años."

[[rule]]
code = "correo"
question = "has_email"
equals = true
sentence = "Tener una cuenta de correo."
unmet = "help"
help = "Te ayudamos a crear una."

[[call]]
code = "becas"
name = "Becas"
edition = "2026"
track = "basico"
form = "beca"
admission = "selected"
time_zone = "America/La_Paz"
opens_at = 2026-07-01T00:00:00
closes_at = 2026-07-31T23:59:59
rules = ["edad", "correo"]
seats = 100

[[call.quota]]
region = "el-alto"
seats = 60

[[call.quota]]
region = "oruro"
seats = 40

[[call]]
code = "abierta"
name = "Abierta"
edition = "demo"
track = "basico"
admission = "open"
time_zone = "America/La_Paz"
opens_day = -20
closes_day = 60
"""
)


def read(source: str = WITH_CALLS) -> Definition:
    return parse_definition(source.encode(), file="p.toml")


WITH_A_DRAW = WITH_CALLS.replace(
    'form = "beca"\nadmission = "selected"\n',
    'form = "beca"\nadmission = "draw"\nseed_source = "Lotería Nacional del 5 de agosto"\noffline_hours = 48\n',
).replace(
    '[[call]]\ncode = "abierta"',
    """[[call.reserve]]
code = "celular"
name = "Solo con celular"
question = "device"
one_of = ["phone"]
seats = 30

[[call]]
code = "abierta\"""",
)


WITH_TRACKS = (
    WITH_CALLS.replace(
        '[[edition]]\ncode = "2026"',
        """[[track]]
code = "avanzado"
name = "Avanzado"
summary = "Sigue."
unlock = "free"
completion = "all"

[[track.module]]
code = "taller"
name = "Taller"
requirement = { kind = "confirmed", by = "trainer" }

[[edition]]
code = "2026\"""",
        1,
    )
    .replace('tracks = ["basico"]', 'tracks = ["basico", "avanzado"]', 1)
    .replace('track = "basico"\nform = "beca"', 'tracks = ["basico", "avanzado"]\nform = "beca"')
    .replace(
        '[[call]]\ncode = "abierta"',
        """[[call.track_seats]]
track = "basico"
seats = 50

[[call.track_seats]]
track = "avanzado"
seats = 30

[[call]]
code = "abierta\"""",
    )
    .replace("seats = 100\n", "seats = 100\nchange_until = 2026-08-31\n")
)

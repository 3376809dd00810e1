"""A course in which the check finds nothing, for tests that make one thing in it worse."""

import datetime
from collections.abc import Mapping

from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.quality.check import check_quality
from trenza.apps.learning.content.quality.findings import Finding

TODAY = datetime.date(2026, 11, 29)

COURSE = """\
format = 1
code = "enlaces"
title = "Enlaces"
summary = "Mirar antes de tocar."
language = "es"
licence = "CC-BY-SA-4.0"
authors = ["Trenza"]
level = "basic"
lessons = ["01-enlaces.md"]
"""

LESSON = """\
+++
title = "Mirar antes de tocar"
minutes = 3
digcomp = ["1.2"]
+++

::: story
Rosa vende pan en Oruro. Un día le llega un mensaje: ganó un premio. Para cobrarlo, debe tocar unas letras azules.
:::

Esas letras azules son un **enlace**. Cuando lo tocas, el teléfono abre otra página. Esa página puede ser buena o mala.
Antes de tocar, mira quién te escribe y qué te pide. Si te apura, no toques nada.

## Lo que hizo Rosa

- Leyó el mensaje dos veces.
- Buscó el nombre de la tienda en su navegador.
- Llamó a su hermana y le preguntó.

::: try
Abre tu último mensaje de alguien que no conoces. Mira si tiene letras azules. No las toques: solo mira.
:::

::: question que-es one
¿Qué pasa cuando tocas las letras azules?

- [ ] Se borra el mensaje que te mandaron
  > El mensaje sigue allí. Lo que cambia es la página que ves.
- [x] Se abre otra página en tu teléfono
  > Así es: un enlace te lleva a otra página.
:::

::: question apuro true-false
Un mensaje que te apura es de fiar.

- [ ] Verdadero
  > El apuro es para que no pienses. Para, y mira bien.
- [x] Falso
  > Quien te engaña te apura. Tómate tu tiempo.
:::
"""

GLOSSARY = '"navegador" = "El programa del teléfono con el que ves páginas."\n'


def findings(
    lesson: str = LESSON, *, glossary: str = GLOSSARY, course: str = COURSE, others: Mapping[str, bytes] | None = None
) -> list[Finding]:
    """What the check finds in a course of this lesson."""
    files = {
        "course.toml": course.encode(),
        "glossary.toml": glossary.encode(),
        "01-enlaces.md": lesson.encode(),
        **(others or {}),
    }
    return check_quality(compile_files(files).course, today=TODAY)

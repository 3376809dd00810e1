"""A lesson with one question of each kind beyond choices, and its answers."""

from tests.apps.learning.content.examples import COURSE, FRONT, compile_course, course_files
from trenza.apps.learning.content.course import Course

ORDER = """\
::: question steps order
Put in order what you do.

1. Open the app
   > Without the app nothing begins.
2. Write the message
3. Touch *send*

? What do you see first?
:::
"""
MATCH = """\
::: question pairs match
Join each thing with what it does.

- **Wi-Fi** => Internet that costs nothing
  > Wi-Fi does not spend your package.
- Mobile data => Internet of your package
- => Calls & SMS
:::
"""
NUMBER = """\
::: question profit number
She sells 12 at 5 bolivianos. She spent 40. What does she gain?

- [x] 20 ± 0.5 bolivianos
  > That is it.
- [ ] 60 bolivianos
  > That is all that comes in.
- [ ] ...
  > Take away what she spent.
:::
"""
TEXT = """\
::: question word text
What opens your account?

- [x] contraseña
- [x] pass word
  > In English.
- [ ] user
  > That is who you are.
- [ ] ...
  > Look at the beginning of the lesson.
:::
"""
SCENARIO = """\
:::: question message scenario
A message says: your account closes today. You decide.

::: scene start
What do you do?

- I touch the link => page
- I call the bank => called
:::

::: scene page
The page asks for your PIN.

- I write it => robbed
- I close everything => called
- I look again => start
:::

::: scene robbed wrong
They take your money.
:::

::: scene called right
The bank knows of no message.
:::
::::
"""
ALL = f"{ORDER}\n{MATCH}\n{NUMBER}\n{TEXT}\n{SCENARIO}"
IN_EXAMS = f"{ORDER}\n{MATCH}\n{NUMBER}\n{TEXT}"

RIGHT: dict[str, list[int]] = {
    "steps": [0, 1, 2],
    "pairs": [0, 1],
    "profit": [0],
    "word": [0],
    "message": [3],
}
"""Right answers, as they are kept."""


def a_course(body: str = ALL, *, exam: bool = False, score: float = 1) -> Course:
    """A course in Spanish of one lesson with these questions."""
    front = FRONT.replace("minutes = 5\n", f"minutes = 5\n{'exam = true' * exam}\n")
    about = COURSE.replace('"en"', '"es"').replace('"first-steps"', '"clases"') + f"pass_score = {float(score)}\n"
    return compile_course(course_files(course=about) | {"01-password.md": (front + body).encode()})

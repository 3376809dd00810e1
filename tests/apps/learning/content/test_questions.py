import pytest

from tests.apps.learning.content.examples import QUESTION, body_errors, compile_body
from trenza.apps.learning.content.course import Choice, Question


def question(body: str) -> Question:
    (found,) = compile_body(body).lessons[0].questions
    return found


def test_question_is_read_with_choices_feedback_and_hint():
    assert question(QUESTION) == Question(
        code="password",
        kind="one",
        prompt_html="Which one is the safest?",
        choices=(
            Choice("rosa2024", False, "It can be guessed."),
            Choice("train-papaya-sky-button", True, "<strong>Yes!</strong> Long, and only yours."),
        ),
        hint_html="Think of somebody who knows you.",
    )


def test_question_holds_code_lists_and_images():
    body = """\
::: question code several
Look:

- a list that is no choice

```python
print("<a>")
```

- [x]

  ```python
  print(1)
    print(2)
  ```

  > No `feedback` is lost.
  >
  > ```python
  > more
  > ```

- [X] Text

  ![red](images/a.png)
- [ ] three
:::
"""
    found = question(body)

    assert found.kind == "several"
    assert found.right == (0, 1)
    assert found.prompt_html == (
        "<p>Look:</p>\n<ul>\n<li>a list that is no choice</li>\n</ul>\n"
        '<pre><code class="language-python">print("&lt;a&gt;")\n</code></pre>'
    )
    assert found.choices[0].html == '<pre><code class="language-python">print(1)\n  print(2)\n</code></pre>'
    assert found.choices[0].feedback_html == (
        '<p>No <code>feedback</code> is lost.</p>\n<pre><code class="language-python">more\n</code></pre>'
    )
    assert found.choices[1].html.startswith('<p>Text</p>\n<p><img src="/archivos/')
    assert found.choices[2] == Choice("three", False, "")
    assert found.hint_html == ""


def test_question_may_be_true_or_false():
    found = question("::: question earth true-false\nThe earth is flat.\n\n- [ ] True\n- [x] False\n:::\n")

    assert (found.kind, found.right) == ("true_false", (1,))


def test_question_reads_a_box_that_is_also_a_link():
    found = question("::: question a one\nWhich?\n\n- [x] one\n- [ ] two\n:::\n\n[x]: https://example.org\n")

    assert [choice.html for choice in found.choices] == ["one", "two"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: question a one\nWhich?\n:::\n", [(5, "The question has no choices.")]),
        ("::: question a one\n- [x] b\n- [ ] c\n:::\n", [(5, "The question asks nothing.")]),
        ("::: question a one\nW?\n\n- [ ] b\n- [ ] c\n:::\n", [(5, "No choice is right.")]),
        ("::: question a one\nW?\n\n- [x] b\n- [x] c\n:::\n", [(5, "2 choices are right.")]),
        ("::: question a one\nW?\n\n- [x] b\n:::\n", [(5, "A question needs at least two choices.")]),
        ("::: question a one\nW?\n\n- [x] b\n- [ ] b\n:::\n", [(5, "Two choices are the same.")]),
        ("::: question a one\nW?\n\n- [x] b\n- [ ]\n:::\n", [(9, "The choice is empty.")]),
        ("::: question a one\nW?\n\n- [x] b\n- [ ] d\n- c\n:::\n", [(10, "This choice has no box.")]),
        (
            "::: question a one\nW?\n\n- [x] b\n- [ ] d\n- ( ) c\n:::\n",
            [(10, "The box of this choice is not written right.")],
        ),
        (
            "::: question a true-false\nW?\n\n- [x] b\n- [ ] c\n- [ ] d\n:::\n",
            [(5, "A true-false question has two choices.")],
        ),
        ("::: question A one\nW?\n\n- [x] b\n- [ ] c\n:::\n", [(5, '"A" is not a code.')]),
        ("::: question a many\nW?\n\n- [x] b\n- [ ] c\n:::\n", [(5, '"many" is not a kind of question.')]),
        ("::: question a\nW?\n\n- [x] b\n- [ ] c\n:::\n", [(5, "A question needs a code and a kind.")]),
        (
            "::: question a one\nW?\n\n- [x] b\n- [ ] c\n\nMore.\n:::\n",
            [(11, "After the choices only one hint may stand.")],
        ),
        (
            "::: question a one\nW?\n\n- [x] b\n- [ ] c\n? A hint.\n:::\n",
            [(9, "The hint is taken for a part of the choice.")],
        ),
        (
            "::: question a one\nW?\n\n- [x] b\n- [ ] c\n\n* [ ] d\n:::\n",
            [(11, "A second list of choices begins here.")],
        ),
        (
            "::: question a one\nW?\n\n- [x] b\n  > why\n\n  more\n- [ ] c\n:::\n",
            [(11, "A choice ends with its feedback.")],
        ),
        (
            "::: question a one\nW?\n\n" + "".join(f"- [{'x' if n == 3 else ' '}] {n}\n" for n in range(13)) + ":::\n",
            [(5, "The question has 13 choices.")],
        ),
        (
            ":::: note\n::: question a one\nW?\n\n- [x] b\n- [ ] c\n:::\n::::\n",
            [(6, "A question stands within something else.")],
        ),
        (
            2 * "::: question a one\nW?\n\n- [x] b\n- [ ] c\n:::\n",
            [(11, 'The code "a" is used twice.')],
        ),
    ],
)
def test_question_that_is_malformed_is_told_with_its_line(body, expected):
    assert body_errors(body) == expected


def test_questions_of_a_lesson_are_limited():
    body = "".join(f"::: question q{n} one\nW?\n\n- [x] b\n- [ ] c\n:::\n\n" for n in range(41))

    assert body_errors(body) == [(0, "The lesson has 41 questions.")]

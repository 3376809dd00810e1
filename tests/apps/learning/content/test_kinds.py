"""Questions beyond choices: how they are read, what is told of each wrong writing, and what their pages hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content import kinds
from tests.apps.learning.content.examples import FRONT, QUESTION, body_errors, compile_body, course_files, errors_of
from tests.apps.learning.content.test_body import Balance, body_of
from trenza.apps.learning.api import handout_html, slides_html
from trenza.apps.learning.content.advice import advise
from trenza.apps.learning.content.course import Course, Match, Number, Question, Scenario, Text, Way
from trenza.apps.learning.content.mixing import shown_order


def question(body: str) -> Question:
    (found,) = compile_body(body).lessons[0].questions
    return found


def test_steps_are_read_in_their_order():
    found = question(kinds.ORDER)

    assert [choice.html for choice in found.choices] == ["Open the app", "Write the message", "Touch <em>send</em>"]
    assert (found.right, found.choices[0].feedback_html) == ((0, 1, 2), "Without the app nothing begins.")
    assert found.hint_html == "What do you see first?"


def test_pairs_are_read_with_what_belongs_to_nothing():
    found = question(kinds.MATCH)

    assert [choice.html for choice in found.choices] == ["<strong>Wi-Fi</strong>", "Mobile data"]
    assert found.details == Match(("Internet that costs nothing", "Internet of your package", "Calls & SMS"))


def test_number_is_read_with_tolerance_unit_and_what_is_said_of_others():
    found = question(kinds.NUMBER)

    assert found.details == Number((("19.5", "20.5"), ("60", "60")), "bolivianos", "Take away what she spent.")
    assert [choice.right for choice in found.choices] == [True, False]


def test_text_is_read_as_it_is_compared():
    assert question(kinds.TEXT).details == Text(
        ("contrasena", "pass word", "user"), "Look at the beginning of the lesson."
    )


def test_scenario_is_read_as_scenes_with_ways():
    found = question(kinds.SCENARIO)

    assert found.prompt_html == "A message says: your account closes today. You decide."
    assert found.details == Scenario(
        (
            (Way("I touch the link", 1), Way("I call the bank", 3)),
            (Way("I write it", 2), Way("I close everything", 3), Way("I look again", 0)),
            (),
            (),
        )
    )
    assert found.right == (3,)


def steps(*written: str) -> str:
    return "::: question a order\nW?\n\n" + "".join(f"1. {each}\n" for each in written) + ":::\n"


def pairs(*written: str) -> str:
    return "::: question a match\nW?\n\n" + "".join(f"- {each}\n" for each in written) + ":::\n"


def boxes(kind: str, *written: str) -> str:
    return f"::: question a {kind}\nW?\n\n" + "".join(f"- {each}\n" for each in written) + ":::\n"


def scenes(*written: str) -> str:
    return ":::: question a scenario\nW?\n\n" + "".join(f"::: scene {each}\n:::\n" for each in written) + "::::\n"


NO_BAD_END = (5, "No scene ends badly: there is nothing to decide.")
NO_WAY_ON = "From this scene nothing leads on."
LOOSE = "A scene stands in no scenario."
GOOD, BAD = "g right\nGood.", "b wrong\nBad."
START = "s\nWhat?\n\n- One => g\n- Two => b"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (steps(), [(5, "The question has nothing to put in order.")]),
        (steps("a"), [(5, "The question has 1 step.")]),
        (steps(*"abcdefgh"), [(5, "The question has 8 steps.")]),
        (steps("a", "b", "a"), [(5, "Two steps are the same.")]),
        (steps("a", "", "c"), [(9, "The step is empty.")]),
        (pairs(), [(5, "The question has no pairs.")]),
        (pairs("a => 1"), [(5, "The question has 1 pair.")]),
        (pairs("a => 1", "b"), [(5, "The question has 1 pair."), (9, "This is not one pair.")]),
        (pairs("a => 1", "b => 2 => 3", "c => 4"), [(9, "This is not one pair.")]),
        (pairs("a => 1", "b =>", "c => 3"), [(9, "The right side of this pair is no words.")]),
        (pairs("a => ![x](images/a.png)", "b => 2", "c => 3"), [(8, "The right side of this pair is no words.")]),
        (pairs("a => 1", "b => 1"), [(5, 'Two right sides are "1".')]),
        (pairs("a => 1", "a => 2"), [(5, "Two left sides are the same.")]),
        (pairs(*(f"{n} => r{n}" for n in range(8))), [(5, "The question has 8 pairs.")]),
        (
            pairs("a => 1", "b => 2", *(f"=> r{n}" for n in range(11))),
            [(5, "There are 13 right sides.")],
        ),
        (boxes("number"), [(5, "The question has no choices.")]),
        (boxes("number", "[ ] 3"), [(5, "No choice is right.")]),
        (boxes("number", "[x] three"), [(8, '"three" is not a number.')]),
        (boxes("number", "[x] $ 3"), [(8, '"$ 3" is not a number.')]),
        (boxes("number", "[x] 1.500 Bs"), [(8, '"1.500" can be read in two ways.')]),
        (boxes("number", "[x] 1234567890123"), [(8, '"1234567890123" is not a number.')]),
        (boxes("number", "[x] 3 ± -1"), [(8, "The tolerance is less than 0.")]),
        (boxes("number", "[x] 3 ± 1", "[ ] 5 ± 1"), [(9, "Two of these numbers overlap.")]),
        (boxes("number", "[x] 3 Bs", "[ ] 5 m"), [(5, 'The numbers have different units: "Bs", "m".')]),
        (boxes("number", "[x] 3", "[x] ..."), [(9, "Whatever she writes would be right.")]),
        (boxes("number", "[x] 3", "[ ] ...", "[ ] …"), [(10, "`...` stands there twice.")]),
        (boxes("number", *(f"[x] {n}" for n in range(13))), [(5, "The question has 13 choices.")]),
        (boxes("text", "[ ] ..."), [(5, "No choice is right.")]),
        (boxes("text", "[x] ¿?"), [(8, "This is no word.")]),
        (boxes("text", "[x] one two three four"), [(8, '"one two three four" has 4 words.')]),
        (boxes("text", "[x] Clave", "[ ] ¡clavé!"), [(9, '"¡clavé!" is the same as one before.')]),
        (scenes(), [(5, "The question has no scenes.")]),
        (scenes(START, GOOD), [NO_BAD_END, (12, 'There is no scene "b".')]),
        (scenes("s\nW?\n\n- One => b\n- Two => c", BAD, "c wrong\nBad."), [(5, "No scene ends well.")]),
        (scenes(START, GOOD, BAD, "c wrong\nBad."), [(20, "No way leads to this scene.")]),
        (scenes(START, GOOD, BAD, BAD), [(20, "No way leads to this scene."), (20, 'Two scenes are called "b".')]),
        (scenes(START, GOOD, "b\nBad."), [NO_BAD_END, (17, NO_WAY_ON)]),
        (scenes("s\nW?\n\n- One => g", GOOD), [NO_BAD_END, (8, "This scene has 1 way on.")]),
        (scenes(START + "\n- Three => g\n- Four => b\n- Five => g", GOOD, BAD), [(8, "This scene has 5 ways on.")]),
        (scenes(START, GOOD, BAD + "\n\n- On => g\n- Back => s"), [(17, "A scene that ends leads nowhere.")]),
        (scenes(START + "\n- Three => s", GOOD, BAD), [(13, "This way leads back to its own scene.")]),
        (scenes(START + "\n- Three", GOOD, BAD), [(13, "This is no way on.")]),
        (scenes(START + "\n- Three => c", GOOD, BAD, "c\nC\n\n- On => d\n- Or => d", "d\nD\n\n- On => c\n- Or => c"),
         [(21, "From here no way comes to an end."), (27, "From here no way comes to an end.")]),
        (scenes(START, "g good\nGood.", BAD), [(5, "No scene ends well."), (14, '"good" is no end.'), (14, NO_WAY_ON)]),
        (scenes(START, "g right\n", BAD), [(14, "The scene tells nothing.")]),
        (scenes("S\nWhat?\n\n- One => g\n- Two => b", GOOD, BAD), [(8, '"S" is not the name of a scene.')]),
        ("::: scene a\nW?\n:::\n", [(5, LOOSE)]),
        (":::: question a one\nW?\n\n::: scene b\nB\n:::\n\n- [x] b\n- [ ] c\n::::\n", [(8, LOOSE)]),
        (kinds.ORDER.replace("\n? What", "? What"), [(11, "The hint is taken for a part of the choice.")]),
        (kinds.SCENARIO[:-5] + "Much.\n::::\n", [(30, "After the choices only one hint may stand.")]),
    ],
)  # fmt: skip
def test_wrong_writing_is_told_with_its_line(body, expected):
    assert body_errors(body) == expected


def test_scenario_has_at_most_twelve_scenes():
    chain = [f"n{n}\nW?\n\n- On => n{n + 1}\n- End => b" for n in range(11)]

    assert body_errors(scenes(*chain, "n11 right\nGood.", "b wrong\nBad.")) == [(5, "The question has 13 scenes.")]


def test_scenario_has_no_place_in_an_exam():
    assert errors_of_exam(kinds.SCENARIO) == ['The scenario "message" tells how each way ends, and so what is right.']
    assert errors_of_exam(kinds.IN_EXAMS) == []


def errors_of_exam(body: str) -> list[str]:
    front = FRONT.replace("minutes = 5\n", "minutes = 5\nexam = true\n")
    return [problem for _, _, problem in errors_of(course_files() | {"01-password.md": (front + body).encode()})]


# --- Pages ---


def test_body_of_each_kind_is_whole_and_marked_for_its_script():
    html = body_of(kinds.a_course())
    balance = Balance()
    balance.feed(html)

    assert balance.open == []
    assert '<form method="post" action="responder/" data-kinds>' in html
    assert "data-lesson" in body_of(compile_body(QUESTION))


def test_steps_and_right_sides_are_never_shown_as_they_are_written():
    for number in range(40):
        body = kinds.ORDER.replace("question steps", f"question s{number}")
        body += "\n" + kinds.MATCH.replace("question pairs", f"question p{number}")
        order, match = compile_body(body).lessons[0].questions
        for found in (order, match):
            shown = shown_order(found, exam=False)
            assert sorted(shown) == [0, 1, 2]
            assert shown != (0, 1, 2)


def exam_page(body: str) -> str:
    return body_of(kinds.a_course(body, exam=True))


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_page_of_an_exam_is_the_same_whatever_is_right(steps_written, targets):
    """Nothing of ids, order or values may depend on the key."""

    def page(order: list[int], rights: list[int]) -> str:
        listed = "".join(f"{n}. Step {each}\n   > Why {each}\n" for n, each in enumerate(order, start=1))
        paired = "".join(f"- Left {n} => Right {each}\n" for n, each in enumerate(rights))
        return exam_page(f"::: question o order\nW?\n\n{listed}:::\n\n::: question m match\nW?\n\n{paired}:::\n")

    assert page(steps_written, targets) == page([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])


def test_page_of_an_exam_holds_nothing_of_what_she_should_write():
    html = exam_page(kinds.IN_EXAMS)

    for told in (
        "data-right",
        "data-is",
        "data-ok",
        "data-no",
        'class="fb"',
        "contrase",
        "60",
        "Without the app",
        "19.5",
    ):
        assert told not in html
    assert html.count('class="in"') == 2
    assert "contrasena" in body_of(kinds.a_course())  # a lesson for learning does tell


def test_exam_that_shows_steps_in_their_right_order_by_chance_is_told():
    def remarks(course: Course) -> list[str]:
        return [remark.text for remark in advise(course, ()) if "by chance" in remark.text]

    told = {
        code: remarks(kinds.a_course(kinds.ORDER.replace("steps", code), exam=True))
        for code in map("c{}".format, range(20))
    }

    for code, found in told.items():
        (asked,) = kinds.a_course(kinds.ORDER.replace("steps", code), exam=True).lessons[0].questions
        assert bool(found) == (shown_order(asked, exam=True) == (0, 1, 2))
    assert any(told.values())


@pytest.mark.parametrize("make", [slides_html, handout_html])
def test_slides_and_handouts_ask_and_tell_nothing(make):
    html = make(body_of(kinds.a_course()), title="T", language="es")
    balance = Balance()
    balance.feed(html)

    assert balance.open == []
    for told in ("data-", "contrase", "value=", "60", "Without the app", "<select", "<input"):
        assert told not in re.sub(r"data-(kept|print)", "", html)
    assert html.count('class="blank"') == 3 + 2 + 2
    assert "<li>Calls &amp; SMS</li>" in html


def test_scenes_have_numbers_on_paper_and_slides_of_their_own_on_a_wall():
    body = body_of(kinds.a_course())
    paper = handout_html(body, title="T", language="es")
    wall = slides_html(body, title="T", language="es")
    slides = re.findall(r'<section class="slide".*?</section>', wall, re.DOTALL)
    scenes = [re.findall(r' id="(s-[^"]+)"', slide) for slide in slides if ' id="s-' in slide]

    assert "<p>I call the bank → 4</p>" in paper
    assert "#s-" not in paper
    assert [len(each) for each in scenes] == [1] * len(scenes)
    assert len(scenes) == paper.count('<p class="step">') > 2
    ways = re.findall(r'<a class="btn ghost" href="#(s-[^"]+)">', wall)
    assert ways
    assert set(ways) <= {each for [each] in scenes}

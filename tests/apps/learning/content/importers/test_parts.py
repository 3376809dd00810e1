import pytest

from tests.apps.learning.content.examples import picture
from tests.apps.learning.content.importers.examples import convert_page, remarks
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.importers import Options

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (
            "::::: objectives\n- One\n:::\n\n:: a\n",
            "::: note What you will be able to do\n- One\n:::\n\n:: a",
        ),
        ("::: callout\n## Look *here*\n\nText.\n:::", "::: note Look *here*\nText.\n:::"),
        (
            ":::: challenge\n### T\nDo.\n\n:: solution\n\n::: solution\n## Solution\nIt.\n:::\nMore.\n::::::",
            ":::: try T\nDo.\n\n:: solution\n\n::: hidden See the solution\nIt.\n:::\n\nMore.\n::::",
        ),
        ("::: {.spoiler title='Why'}\na\n:::", "::: hidden Why\na\n:::"),
        ("::: tab\n### A\na\n### B\nb\n:::", "### A\n\na\n\n### B\n\nb"),
        ("```\n::: note\n```", "```\n::: note\n```"),
        ("<details>\n<summary>See <b>it</b></summary>\n\n- a\n\n</details>", "::: hidden See <b>it</b>\n- a\n:::"),
        ("<details><summary>S</summary>a</details>\n\nb", "::: hidden S\na\n:::\n\nb"),
        ("```output\n1\n```", "```text file=Output\n1\n```"),
        ("```{python}\n1\n```", "```python\n1\n```"),
        ("<p align='center'>\n<img src='a.png' alt='A box' width='9'/>\n</p>", "![A box](images/a.png)"),
        ("![](a.png){alt='A\nbox'}", "![A box](images/a.png)"),
        ("[Words [0]](a.png){alt='A box'}", "![A box](images/a.png)\\\nWords \\[0\\]"),
        ("## Head {#the-head .x}", "## Head"),
        ("$$ a = b $$", "```text\na = b\n```"),
        ("+---+\n| a |\n+===+\n| b |\n+---+", "```text\n+---+\n| a |\n+===+\n| b |\n+---+\n```"),
        ("a[^1] b\n\n[^1]: The *note*.", "a<sup>[1]</sup> b\n\n1. The *note*."),
        ("[a](https://youtu.be/x)", "[a](https://youtu.be/x) (youtu.be: a video, uses a lot of data)"),
        (
            '<iframe src="https://player.vimeo.com/1" title="How"></iframe>',
            "[How](https://player.vimeo.com/1) (player.vimeo.com: a video, uses a lot of data)",
        ),
        ("![a cat](https://a.org/c.png)", "[a cat](https://a.org/c.png) (a.org: a picture, uses data)"),
        ("[a](//a.org) [b](mailto:a@b.c)", "[a](https://a.org) [b](mailto:a@b.c)"),
        ("a <span style='x'>b</span> <kbd>c</kbd>", "a  b  <kbd>c</kbd>"),
        ("a <script>alert(1)</script> b", "a  b"),
        ("<script>\nalert(1)\n\nalert(2)\n</script>\n\nb", "b"),
        ("<!-- three little words -->\n\na", "a"),
        ("[a](javascript:alert(1))", "\\[a\\](javascript:alert(1))"),
        ("[a](data:text/html,x)", "\\[a\\](data:text/html,x)"),
        ("[a](ftp://a.org)", "a"),
    ],
)
def test_page_becomes_markdown_of_ours(source, written):
    assert convert_page(source, {"a.png": picture()})[0] == written


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a\n\n::: instructor\nTwo words\n:::", (3, "a note for instructors was left out (2 words)")),
        ("::: odd\na\n:::", (1, "`::: odd` is not known; what it holds was kept")),
        ("::: note\na", (1, "`note` is never closed; it ends with the page")),
        ("a\n\n:::", (3, "colons that close nothing were left out")),
        ("a\n\n```\nb", (3, "code that is never closed goes to the page's end")),
        ("![A box](b.png)", (1, "the picture b.png is not in the folder. It shows: A box")),
        ("a\n\n[b](c.md)", (3, "a link to c.md leads nowhere; its words stayed.")),
        ("[b](a.csv)", (1, "a link to a.csv leads nowhere (it is in the folder, but no page); its words stayed.")),
        ("[the words][label]", (1, "a link is called [label], which is defined nowhere; its words stayed.")),
        ("a\n<!-- b c -->", (2, "a comment in the source was left out (2 words)")),
        ("<blink>a</blink>", (1, "2 × the tag <blink> was left out; its words stayed")),
        ("a <svg>b</svg>", (1, "<svg> was left out with what it holds")),
        ("$$a$$", (1, "a formula is shown as it was written")),
    ],
)
def test_what_is_said_otherwise_is_told_with_its_line(source, told):
    assert told in remarks(convert_page(source, {"a.csv": b""})[1])


@pytest.mark.parametrize(
    ("source", "options", "written"),
    [
        ("::: instructor\na\n:::", Options(instructor_notes="hidden"), "::: hidden For whoever teaches\na\n:::"),
        ("::: solution\na\n:::\n\nb", Options(solutions="drop"), "b"),
        ("[a](https://youtu.be/x)", Options(videos="drop"), "a"),
        ("![a cat](https://a.org/c.png)", Options(external_images="drop"), "(a cat)"),
        ("![a cat](c.svg)", Options(drawings="describe"), "(a cat)"),
        ("![a cat](c.svg)", Options(drawings="drop"), ""),
        ("![a cat](c.svg)", Options(), "![a cat](images/c.png)"),
    ],
)
def test_options_say_what_becomes_of_what_we_lack(source, options, written):
    assert convert_page(source, {"c.svg": SVG}, options)[0] == written


CHOICE = "::: challenge\n## T\nWhich of them?\n\n1. `a`\n2. b\n3. c\n\n::: solution\n{}\n:::\n:::"


@pytest.mark.parametrize(
    ("solution", "right"),
    [
        ("Answer: 1 and 3", [0, 2]),
        ("2", [1]),
        ("2.", [1]),
        ("**Solution**\n\n2", None),
        ("The correct answer is 3.", [2]),
        ("Options 1, 2", [0, 1]),
        ("(b)", [1]),
        ("1 does not match.", [0]),
        ("3 (because of c)", [2]),
        ("4", None),
        ("1, 2 and 3", None),
        ("`a` is better.", None),
        ("1. because\n2. so", None),
        ("a thing", None),
        ("2 \n\n```\nx\n```", None),
        ("2nd", None),
        ("50% of them", None),
    ],
)
def test_challenge_is_a_question_only_when_its_solution_names_choices(solution, right):
    written, notes = convert_page(CHOICE.format(solution))

    boxes = [line[3] == "x" for line in written.split("\n") if line.startswith(("- [ ]", "- [x]"))]
    assert ([at for at, box in enumerate(boxes) if box] or None) == right
    assert notes.kept["challenges made questions"] == (right is not None)


def test_challenge_without_which_is_no_question():
    assert convert_page(CHOICE.format("2").replace("Which of them?", "Do them:"))[0].startswith(":::: try T\n")
    assert convert_page(CHOICE.format("2"), options=Options(questions="prose"))[0].startswith(":::: try T\n")


def test_question_shows_its_solution_to_whoever_has_chosen():
    assert (
        convert_page(CHOICE.format("1 does not match."))[0]
        == """\
::: question q1 one
**T**

Which of them?

- [x] 1\\. `a`

  > 1 does not match.

- [ ] 2\\. b

  > 1 does not match.

- [ ] 3\\. c

  > 1 does not match.
:::"""
    )


@pytest.mark.parametrize("text", [":::: note\n" * 9 + ":::\n" * 9, "> " * 30 + "a", "- " * 30 + "a"])
def test_parts_in_each_other_too_deeply_are_told(text):
    with pytest.raises(CourseErrors) as raised:
        convert_page(text)

    assert [each.problem.split(" stand in each other too deeply.")[1] for each in raised.value.errors] == [""]


def test_parts_may_stand_in_each_other_a_few_times():
    assert convert_page("::: note\n" * 4 + "a\n" + ":::\n" * 4)[0].count("note") == 4

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.tree import SyntaxTreeNode

from trenza.apps.learning.content.importers.escaping import container, escape_text, target
from trenza.apps.learning.content.importers.writing import Writer, fence, make_source_parser, plain_link

md = make_source_parser()


class Plain:
    """Leaves everything as it is."""

    def link(self, address, title, text, line):
        return plain_link(address, title, text)

    def image(self, address, description, line):
        return f"![{escape_text(description)}]{target(address)}"

    def linked_image(self, address, image, description, line):
        return plain_link(address, "", self.image(image, description, line))

    def html(self, html, line, *, block):
        return html.rstrip("\n")

    def code(self, code, info, line):
        return fence(code, info)

    def text(self, text, line):
        return escape_text(text)

    def paragraph(self, content, line):
        return None


def rewrite(source: str) -> str:
    return Writer(Plain()).write(SyntaxTreeNode(md.parse(source)).children)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a\nb", "a\nb"),
        ("Title\n===", "# Title"),
        ("[x][r] and [r]\n\n[r]: https://a.org 'T'", '[x](https://a.org "T") and [r](https://a.org "T")'),
        ("* a\n* b\n\n- c", "- a\n- b\n\n* c"),
        ("3) a\n4) b", "3. a\n4. b"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n\n- c"),
        ("    code", "```\ncode\n```"),
        ("~~~r {x}\n```\n~~~", "````r\n```\n````"),
        ("1\\. a", "1\\. a"),
        ("\\# a\n\\- b\n\\::: c", "\\# a\n\\- b\n\\::: c"),
        ("a \\* b * c _d_ e_f __", "a \\* b \\* c *d* e_f \\_\\_"),
        ("*a _b_ **c***", "*a _b_ **c***"),
        ("| a | b |\n|:-:|--:|\n| c \\| `d\\|e` | f |", "| a | b |\n|:-:|--:|\n| c \\| `d\\|e` | f |"),
        ("> a\n> - b", "> a\n>\n> - b"),
        ("a  \nb", "a\\\nb"),
        ("Hi![x](y)", "Hi![x](y)"),
        ("Hi\\![x](y)", "Hi\\![x](y)"),
        ("<https://a.org>", "[https://a.org](https://a.org)"),
        ("- ***\n- a", "- ___\n- a"),
    ],
)
def test_markdown_is_written_again(source, written):
    assert rewrite(source) == written


def test_container_has_more_colons_than_what_it_holds():
    assert container("try T", "::: note\na\n:::") == ":::: try T\n::: note\na\n:::\n::::"
    assert container("note", "```\n::::: x\n```") == ":::::: note\n```\n::::: x\n```\n::::::"


PIECES = ["a ", "b", "\n", "\n\n", "- ", "1. ", "2) ", "> ", "# ", "`", "```\n", "**", "*", "_", "__", "~~", "[x](y)"]
PIECES += ["[x][r]", "![i](j)", "\n[r]: z\n", "    ", "| a | b |\n|---|:-:|\n| c | `d` |\n", "---\n", "===\n", "<b>"]
PIECES += ["</b>", "\\", "&amp;", "&nbsp;", "::: x\n", "+", "#", "!", "(", ")", "[", "]", "|", "\t", "  \n", ":--", "?"]


def words(html: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<[^>]*>", " ", html))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_written_reads_the_same(source):
    assert words(md.render(rewrite(source))) == words(md.render(source))


@given(st.text(max_size=30))
def test_words_are_taken_for_no_sign(text):
    shown = " ".join(text.split())
    rendered = md.render(rewrite(f"x{escape_text(shown)}"))

    assert not re.search(r"<(?!/?p>)", rendered.replace("\n", ""))

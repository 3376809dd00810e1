import pytest

from tests.apps.learning.content.examples import body_errors, prose


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Press <kbd>Enter</kbd>.", "<p>Press <kbd>Enter</kbd>.</p>"),
        ("# One\n\n## Two", "<h2>One</h2>\n<h2>Two</h2>"),
        ("~~no~~ **yes**", "<p><s>no</s> <strong>yes</strong></p>"),
        ("::: note\nText.\n:::", '<div class="card note">\n<p>Text.</p>\n</div>'),
        ("::: try\nText.\n:::", '<div class="card try"><b>Do it today on your phone</b>\n<p>Text.</p>\n</div>'),
        ("::: try Your *turn*\nText.\n:::", '<div class="card try"><b>Your <em>turn</em></b>\n<p>Text.</p>\n</div>'),
        ("::: story\nText.\n:::", '<div class="card story">\n<p>Text.</p>\n</div>'),
        (
            "::: hidden Why `x`?\nText.\n:::",
            "<details><summary>Why <code>x</code>?</summary>\n<p>Text.</p>\n</details>",
        ),
        (
            ":::: note\n::: hidden More\nText.\n:::\n::::",
            '<div class="card note">\n<details><summary>More</summary>\n<p>Text.</p>\n</details>\n</div>',
        ),
        (
            "| a | b |\n|---|--:|\n| 1 | 2 |",
            (
                '<table>\n<thead>\n<tr>\n<th>a</th>\n<th class="right">b</th>\n</tr>\n</thead>\n'
                '<tbody>\n<tr>\n<td>1</td>\n<td class="right">2</td>\n</tr>\n</tbody>\n</table>'
            ),
        ),
    ],
)
def test_markdown_becomes_html(body, html):
    assert prose(body) == html


def test_code_is_kept_verbatim():
    code = "if a < b and c:  \n\tprint('&amp; <b>')\n\n  done"

    assert prose(f"```python\n{code}\n```") == (
        '<pre><code class="language-python">'
        "if a &lt; b and c:  \n\tprint('&amp;amp; &lt;b&gt;')\n\n  done\n</code></pre>"
    )


def test_code_names_its_file_and_marks_lines():
    assert prose("```python file=main.py mark=2,4-9\na\nb\nc\nd\n```") == (
        '<p class="file">main.py</p>\n'
        '<pre><code class="language-python">a\n<mark>b</mark>\nc\n<mark>d</mark>\n</code></pre>'
    )


def test_containers_in_a_list_stay_in_it():
    assert prose("- a\n\n  ::: note\n  b\n  :::\n") == (
        '<ul>\n<li>\n<p>a</p>\n<div class="card note">\n<p>b</p>\n</div>\n</li>\n</ul>'
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("::: tyr\nText.\n:::", [(5, '"tyr" is not a container.')]),
        ("Text.\n\n::: note\nText.", [(7, "`::: note` is never closed.")]),
        ("Text.\n\n:::\n", [(7, "These colons close nothing.")]),
        ("::: hidden\nText.\n:::", [(5, "A hidden part has no title.")]),
    ],
)
def test_container_that_is_malformed_is_told(body, expected):
    assert body_errors(body) == expected

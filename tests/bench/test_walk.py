"""Walking pages by links, and what a page loads; then every field page of the three programmes is one request."""

import pytest

from bench.walk import Contents, walk


@pytest.mark.parametrize(
    ("html", "loads"),
    [
        ('<link rel="stylesheet" href="/a.css">', ["/a.css"]),
        ('<link rel="icon" href="data:,">', []),
        ('<link rel="canonical" href="/a/">', []),
        ('<script src="/a.js"></script>', ["/a.js"]),
        ("<script>let a = 1</script>", []),
        ('<img src="/a.webp">', ["/a.webp"]),
        ('<img src="/a.webp" loading="lazy">', []),
        ("<style>@import '/a.css';</style>", ["@import"]),
        ("<style>a{background:url(/a.png)}</style>", ["url("]),
        ("<style>a{background:url(data:image/png;base64,AA)}</style>", []),
        ("<p>url(/a.png)</p>", []),
    ],
)
def test_contents_knows_what_is_loaded_before_a_page_is_usable(html, loads):
    assert Contents(html).loads == loads


def test_contents_counts_the_bytes_of_scripts():
    assert Contents("<p>no</p><script>año</script><style>no</style><script>b</script>").script_bytes == 5


def test_walk_finds_every_own_page_once_and_leaves_the_office_and_others():
    site = {
        "/": '<a href="/a/">a</a><a href="/a/#part">a</a><a href="/oficina/">o</a><a href="mailto:a@b.example">m</a>',
        "/a/": '<a href="b/?q=1">b</a><a href="https://elsewhere.example/">e</a><a href="/">home</a>',
        "/a/b/?q=1": '<a href="/paper.pdf">pdf</a>',
        "/paper.pdf": None,
    }

    assert list(walk(lambda path: (path, site[path]), ["/"])) == [(path, path) for path in ("/", "/a/", "/a/b/?q=1")]

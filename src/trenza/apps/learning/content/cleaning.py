"""What may stay of the HTML that an author's Markdown becomes. Everything else goes, whoever the author is."""

import html
import re
from collections.abc import Callable

import nh3

TAGS = frozenset(
    re.findall(
        r"\w+",
        "p br hr h2 h3 h4 h5 h6 strong em b i u s del ins mark small sub sup code pre kbd samp var abbr q cite "
        "blockquote ul ol li dl dt dd table caption thead tbody tfoot tr th td a img div span details summary "
        "figure figcaption",
    )
)
_EMPTIED = frozenset(
    re.findall(
        r"\w+",
        "script style iframe noscript noembed noframes template svg math object applet title textarea select xmp",
    )
)
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
    "code": {"class"},
    "div": {"class"},
    "p": {"class"},
    "details": {"open"},
}
_CLASSES = {
    "td": re.compile("right|center"),
    "th": re.compile("right|center"),
    "code": re.compile(r"language-[A-Za-z0-9+#._-]{1,32}"),
    "div": re.compile("card (try|note|story)"),
    "p": re.compile("file"),
}
_NUMBER = re.compile(r"[0-9]{1,4}")
_SCHEMES = {"http", "https", "mailto", "tel"}

# nh3 writes attributes as ` name="value"` with quotes and ampersands escaped, so these find exactly its tags.
_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_LINK = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        known = _CLASSES.get(tag)  # nh3 asks about tags, too, that it takes out afterwards
        return value if known and known.fullmatch(value) else None
    if name in ("start", "colspan", "rowspan"):
        return value if _NUMBER.fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(_EMPTIED),
    attributes=_ATTRIBUTES,
    attribute_filter=_filter_attribute,
    link_rel="noopener nofollow",
    url_schemes=_SCHEMES,
)


def clean(dirty: str, *, image: Callable[[str, str], str | None], link: Callable[[str], str | None]) -> str:
    """Harmless, well-formed HTML: no scripts, frames, forms, handlers, styles, ids, foreign images or odd schemes.

    `image` is given the source and the description of each image and returns its whole tag; `link` is given each
    address that names no other site and returns the one to use. When they return None, the tag goes.
    Links to other sites get `rel="noopener nofollow"`.
    """

    def on_image(found: re.Match[str]) -> str:
        attributes = _read_attributes(found[1])
        return image(attributes.get("src", ""), attributes.get("alt", "")) or ""

    def on_link(found: re.Match[str]) -> str:
        address = _read_attributes(found[1]).get("href", "")
        if _SCHEME.match(address):
            return found[0]
        inner = link(address)
        return f'<a href="{html.escape(inner)}">' if inner is not None else "<a>"

    return _LINK.sub(on_link, _IMAGE.sub(on_image, _cleaner.clean(dirty))).strip()


def _read_attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(text)}


_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)|<!--")


def removed_tags(raw: str) -> list[str]:
    """Names of tags in raw HTML that cleaning takes away, each once; comments are not worth a word."""
    names = [found[1].lower() for found in _TAG.finditer(raw) if found[1]]
    return list(dict.fromkeys(name for name in names if name not in TAGS))

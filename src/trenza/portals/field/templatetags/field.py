"""Template tags that carry the look and the scripts, and filters that shared templates need.

The tags print whole elements, so that what stands between <style> and </style> is exactly what `csp.py` hashed.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from trenza.portals.field import apart, inline, modules
from trenza.portals.field.appearance import LOOKS, OURS, Look, neutral_looks

register = template.Library()


def _style(text: str) -> SafeString:
    return mark_safe(f"<style>{text}</style>")


def _module(text: str) -> SafeString:
    return mark_safe(f'<script type="module">{text}</script>')


@register.simple_tag
def look() -> SafeString:
    """The whole style sheet."""
    return _style(inline.LOOK)


@register.simple_tag
def lesson_look() -> SafeString:
    """The part of the style sheet that a lesson needs."""
    return _style(inline.LESSON_LOOK)


@register.simple_tag
def script() -> SafeString:
    """The script of every page, right after its bar: quick exit, and the look that she chose where the page is the
    same for everybody."""
    return mark_safe(f"<script>{inline.SCRIPT}</script>")


@register.simple_tag
def veil() -> SafeString:
    """What a page that shows what is hers has before all of it: blank until this tab knows that her space is open.

    By its mark the phone knows such a page when her space is locked (assets/phone/guard.js).
    """
    return mark_safe("" if settings.PAGES_ONLY else f"<script data-hers>{inline.VEIL}</script>")


@register.filter
def is_hers(path: str) -> bool:
    """Whether all under this address is of whoever is signed in, or of people whom she teaches."""
    return path.startswith(("/mi/", "/formadora/"))


@register.simple_tag
def lesson_script() -> SafeString:
    """The script of a lesson: feedback on questions."""
    return _module(inline.LESSON_SCRIPT)


@register.simple_tag
def phone() -> str:
    """Where the module stands that pages load once they are usable; blank where nothing may be kept on her phone."""
    return "" if settings.PAGES_ONLY else modules.address("phone.js")


@register.simple_tag
def module(name: str) -> str:
    """Where one of the phone's modules stands."""
    return modules.address(name)


@register.simple_tag
def apart_module(name: str) -> str:
    """Where a module stands that one page alone needs."""
    return apart.address(name)


@register.simple_tag
def apart_modules() -> str:
    """Where all of them stand, as JSON."""
    return json.dumps([apart.address(name) for name in apart.sources()])


@register.simple_tag
def looks() -> list[Look]:
    """The names and icons to choose from beside ours."""
    return neutral_looks()


@register.simple_tag
def icon(look: Look | None = None) -> SafeString:
    """The icon of the tab, inside the page so that it costs no request."""
    return format_html('<link rel="icon" href="{}">', (look or LOOKS[OURS]).icon)


@register.filter
def kind_of_field(field: BoundField) -> Literal["choices", "group", "checkbox", "plain"]:
    """How `field/form_field.html` lays a field out. A group is several inputs of one answer: a date in three parts."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "group" if widget.use_fieldset else "plain"


@register.filter
def first_id(field: BoundField) -> str:
    """Where the summary of errors leads: the id of the first input of a field."""
    widgets = field.subwidgets
    if kind_of_field(field) == "choices" and widgets:
        return str(widgets[0].id_for_label)
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def count_right(questions: Iterable[Mapping[str, Any]]) -> int:
    """How many of the graded questions are right."""
    return sum(1 for question in questions if question["right"])

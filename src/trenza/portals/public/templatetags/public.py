"""Filters of the public pages."""

from collections.abc import Mapping

from django import template

from trenza.portals.public.words import Words

register = template.Library()


@register.filter
def of_code(words: Mapping[str, Words], code: str) -> Words:
    """What stands for a code in `words`; the code itself where nobody wrote words for it, nothing for an empty one."""
    return words.get(code, code)

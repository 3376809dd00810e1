"""What changed in a definition, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from trenza.core.definition import Change, FieldChange, all_sections, changes_between, lists_of
from trenza.portals.office.definitions import words
from trenza.portals.office.definitions.kinds import Asked, asked_of
from trenza.portals.office.definitions.places import title_of

SHOWN_LETTERS = 120


@dataclass(frozen=True)
class Told:
    """A change as a sentence; `details` are what changed within it."""

    sentence: str
    kind: str
    details: Sequence[str] = ()


def tell(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Told]:
    """Every change from one definition to another, in words."""
    models = {section.key: section.model for section in all_sections()}
    return [_told(change, models[change.key]) for change in changes_between(before, after)]


def tell_item(
    key: str, model: type[BaseModel], before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Told:
    """What one item became."""
    old, new = ({key: (each,) if each else ()} for each in (before, after))
    changes = [change for change in changes_between(old, new) if change.key == key]
    return _told(changes[0], model) if changes else Told(words.one(key), "changed")


def thing(key: str, name: str, item: Mapping[str, Any]) -> str:
    """An item in words: its kind, what people call it, and its code where that is not the same."""
    title = title_of(item) or name
    shown = title if title == name or not item.get("code") else f"{title} ({name})"
    return f"{words.one(key)} {shown}".strip()


def _told(change: Change, model: type[BaseModel]) -> Told:
    if change.kind == "moved":
        return Told(_("%(things)s: in another order") % {"things": words.several(change.key)}, "moved")
    what = thing(change.key, change.name, change.item) if change.name else words.one(change.key)
    if change.kind == "added":
        return Told(_("%(thing)s: is added") % {"thing": what}, "added")
    if change.kind == "removed":
        return Told(_("%(thing)s: is taken out") % {"thing": what}, "removed")
    return Told(what, "changed", _details(change, model))


def _details(change: Change, model: type[BaseModel], path: str = "") -> list[str]:
    by_key = {asked.key: asked for asked in asked_of(model)}
    found = [path + _field(each, by_key[each.key]) for each in change.fields]
    inner_models = lists_of(model)
    for inner in change.inner:
        told = _told(inner, inner_models[inner.key])
        if inner.kind == "changed":
            found += _details(inner, inner_models[inner.key], f"{path}{told.sentence} › ")
        else:
            found.append(path + told.sentence)
    return found


def _field(change: FieldChange, asked: Asked) -> str:
    label = words.label_of_field(asked.field, change.key)
    if isinstance(change.before, tuple) or isinstance(change.after, tuple):
        return _("%(field)s: %(change)s") % {"field": label, "change": _several(change, asked)}
    before, after = (value_shown(asked, each) for each in (change.before, change.after))
    if change.before is None:
        return _("%(field)s: %(after)s") % {"field": label, "after": after}
    if change.after is None:
        return _("%(field)s: no longer “%(before)s”") % {"field": label, "before": before}
    return _("%(field)s: “%(after)s” in place of “%(before)s”") % {"field": label, "before": before, "after": after}


def _several(change: FieldChange, asked: Asked) -> str:
    before, after = (
        [value_shown(asked, part) for part in each] if isinstance(each, tuple) else []
        for each in (change.before, change.after)
    )
    parts = [
        *(f"+ {each}" for each in after if each not in before),
        *(f"− {each}" for each in before if each not in after),
    ]
    return ", ".join(parts) or _("in another order")


def value_shown(asked: Asked, value: Any) -> str:
    """A value as people read it, cut where it is long."""
    if value is None or value == ():
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(value, "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Mapping):
        kind = words.value_in_words("kind", str(value.get("kind", "")))
        rest = ", ".join(words.value_in_words(key, str(each)) for key, each in value.items() if key != "kind")
        return f"{kind}: {rest}" if rest else kind
    if isinstance(value, tuple):
        if any(isinstance(each, Mapping) for each in value):
            return ngettext("%(n)s item", "%(n)s items", len(value)) % {"n": len(value)}
        return ", ".join(value_shown(asked, each) for each in value)
    text = words.value_in_words(asked.key, str(value)) if asked.values or asked.key == "participants" else str(value)
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 1] + "…"

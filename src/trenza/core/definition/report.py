"""What checks say."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from trenza.core.definition.definition import Definition, subject
from trenza.core.definition.problems import Problem, did_you_mean, listed
from trenza.core.definition.toml import Place
from trenza.core.definition.words import Key
from trenza.core.definition.words import say as _

MOST = 200  # a file with more errors than these is read again after mending


class Report:
    """Collects the problems of one definition, with their lines."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self.problems: list[Problem] = []

    def problem(self, where: BaseModel | Place, message: str, *, field: str | Place = (), hint: str = "") -> None:
        """Say that something is wrong with an item (or a place), at the line of its `field` if one is named."""
        place = self._definition.place(where) if isinstance(where, BaseModel) else where
        place = (*place, *((field,) if isinstance(field, str) else field))
        about = subject(self._definition.data, place)
        self.problems.append(Problem(self._definition.file, self._definition.line(place), message, hint, about, place))

    def refer(self, item: BaseModel, field: str, *, to: str) -> bool:
        """Check that what `field` names (a code, several, or none) stands in the section `to`. True if all do."""
        known = self._definition.codes(to)
        return self.one_of(item, field, known, what=to.rpartition(".")[2], where=Key(f"[[{to}]]"))

    def one_of(self, item: BaseModel, field: str, known: Collection[str], *, what: str, where: str) -> bool:
        """Check that what `field` names is among `known`: `what` is its word, `where` says whence they come."""
        value: Any = getattr(item, field)
        named = list(value) if isinstance(value, tuple) else [value]
        good = True
        for number, code in enumerate(named):
            if code is None or code in known:
                continue
            good = False
            hint = did_you_mean(code, known) or (
                _("use %(codes)s", codes=listed(sorted(known)))
                if known
                else _("there is none in %(where)s yet", where=where)
            )
            place: Place = (field, number) if isinstance(value, tuple) else (field,)
            message = _('the %(what)s "%(code)s" is not in %(where)s', what=Key(what), code=code, where=where)
            self.problem(item, message, field=place, hint=hint)
        return good

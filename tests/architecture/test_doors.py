"""Apps and portals enter another app by its door: `api`, for apps `events` too, and for impact `measures`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import TRENZA, imports_in

DOORS = {"portals": {"api"}, "impact": {"api", "events", "measures"}}
DOORS_OF_OTHERS = {"api", "events"}


def back_doors(trenza: Path) -> Iterator[str]:
    """Say which file opens what of another app."""
    for path in sorted(trenza.rglob("*.py")):
        place = path.relative_to(trenza).parts
        visitor = place[1] if place[0] == "apps" and len(place) > 2 else place[0]
        for found in imports_in(path):
            package, _, rest = found.name.partition("trenza.apps.")
            app, _, inside = rest.partition(".")
            if package or not inside or app == visitor:
                continue
            if inside.partition(".")[0] not in DOORS.get(visitor, DOORS_OF_OTHERS):
                yield f"{path.relative_to(trenza)}:{found.line} imports {found.name}"


def loose_doors(path: Path) -> Iterator[str]:
    """Say what a door holds beside a docstring, imports and `__all__`, and where the two disagree."""
    imported: list[str] = []
    offered: list[str] = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ImportFrom():
                imported += [alias.asname or alias.name for alias in node.names]
            case ast.Assign(targets=[ast.Name(id="__all__")], value=ast.List(elts=elements)):
                offered += [str(element.value) for element in elements if isinstance(element, ast.Constant)]
            case ast.Expr(value=ast.Constant(value=str())):
                pass
            case _:
                yield f"{path}:{node.lineno} is neither an import nor __all__"
    if sorted(imported) != sorted(offered):
        yield f"{path}: __all__ differs from the imports: {sorted(set(imported) ^ set(offered))}"


def test_apps_and_portals_use_only_doors():
    assert list(back_doors(TRENZA)) == []


def test_doors_hold_imports_only():
    assert [fault for path in sorted(TRENZA.glob("apps/*/api.py")) for fault in loose_doors(path)] == []


@pytest.mark.parametrize(
    ("file", "code", "faults"),
    [
        ("apps/learning/rules.py", "from trenza.apps.people.models import Person", 1),
        ("apps/learning/rules.py", "from trenza.apps.people import models", 1),
        ("apps/learning/rules.py", "def late():\n    import trenza.apps.people.models.person", 1),
        ("apps/learning/rules.py", "from trenza.apps.learning.models import Course", 0),
        ("apps/learning/rules.py", "from trenza.apps.people.events import RoleGranted", 0),
        ("apps/learning/rules.py", "from trenza.apps.people.measures import facts", 1),
        ("apps/impact/count.py", "from trenza.apps.people.measures import facts", 0),
        ("portals/office/views.py", "from trenza.apps.people import api as people", 0),
        ("portals/office/views.py", "from trenza.apps.people.events import RoleGranted", 1),
        ("cli/journal.py", "from trenza.apps.people.queries import everybody", 1),
    ],
)
def test_back_doors_are_found(tmp_path: Path, file: str, code: str, faults: int):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(code)

    assert len(list(back_doors(tmp_path))) == faults


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ('"""Door."""\nfrom a.b import c\n\n__all__ = ["c"]', 0),
        ("from a.b import c, d as e\n\n__all__ = ['c', 'e']", 0),
        ("from a.b import c", 1),
        ("from a.b import c\n__all__ = ['c', 'd']", 1),
        ("__all__ = ['f']\ndef f():\n    pass", 2),
        ("x = 1", 1),
    ],
)
def test_loose_doors_are_found(tmp_path: Path, code: str, faults: int):
    (tmp_path / "api.py").write_text(code)

    assert len(list(loose_doors(tmp_path / "api.py"))) == faults

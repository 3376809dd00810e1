"""Write the shelves of each app into `.importlinter`: `python -m tools.contracts`.

import-linter stops at the name of a module that does not exist, so the shelves cannot be listed before they are there.
This lists those that are; tests/architecture/test_contracts.py fails until it has been run.
"""

from pathlib import Path

from tools.catalogue import ROOT

CONTRACTS = ROOT / ".importlinter"
APPS = ROOT / "src" / "trenza" / "apps"
MARK = "# Below: the shelves of each app, for the app alone. `python -m tools.contracts` writes them.\n"

# What only the app itself imports. `api` and `events` are its doors; impact alone reads `measures`.
SHELVES = ("models", "rules", "queries", "actions", "handlers", "definition", "roster", "hub", "privacy", "tasks")


def app_names(apps: Path = APPS) -> list[str]:
    """The apps that exist: the folders of Python under apps/."""
    return sorted(path.parent.name for path in apps.glob("*/__init__.py"))


def shelf_contracts(apps: Path = APPS) -> str:
    """The contracts of the apps that exist, in the words of `.importlinter`."""
    names = app_names(apps)
    return "".join(contract for name in names for contract in contracts_of(name, apps, with_impact="impact" in names))


def contracts_of(name: str, apps: Path, *, with_impact: bool) -> list[str]:
    shelves = [shelf for shelf in SHELVES if has_module(apps / name, shelf)]
    app = f"trenza.apps.{name}"
    found = []
    if shelves:
        found.append(contract(f"{name}-shelves", f"Only {name} opens its shelves", app, shelves, [app]))
    if has_module(apps / name, "measures"):
        readers = [app, "trenza.apps.impact"] if with_impact and name != "impact" else [app]
        found.append(
            contract(f"{name}-measures", f"Only impact reads the measures of {name}", app, ["measures"], readers)
        )
    return found


def has_module(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()


def contract(code: str, name: str, app: str, shelves: list[str], importers: list[str]) -> str:
    protected = "".join(f"\n    {app}.{shelf}" for shelf in shelves)
    allowed = "".join(f"\n    {importer}" for importer in importers)
    return f"""
[importlinter:contract:{code}]
name = {name}
type = protected
protected_modules ={protected}
allowed_importers ={allowed}
"""


def main() -> None:
    head, mark, _ = CONTRACTS.read_text(encoding="utf-8").partition(MARK)
    CONTRACTS.write_text(head + mark + shelf_contracts(), encoding="utf-8")


if __name__ == "__main__":
    main()

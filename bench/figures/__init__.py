"""The figures, a module for each subject."""

from importlib import import_module

MODULES = ("journal",)


def load() -> None:
    """Import every module, which registers its figures. They set Django up only when they measure."""
    for module in MODULES:
        import_module(f"bench.figures.{module}")

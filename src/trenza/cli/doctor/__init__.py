"""`trenza doctor`: small checks, each of which says what is wrong and what to do."""

from trenza.cli.doctor.command import doctor

__all__ = ["doctor"]

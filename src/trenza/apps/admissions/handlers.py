"""What follows for applications from what happened among people."""

from trenza.apps.admissions.actions.bringing_in import bring_in_portion
from trenza.apps.admissions.actions.guardians import continue_applications_of, stop_applications_of
from trenza.apps.people.events import GuardianChecked, GuardianWithdrawn, ImportConfirmed, ImportContinued
from trenza.core.journal import Line, reaction


@reaction("admissions.continue_minors", GuardianChecked)
def continue_minors(line: Line) -> None:
    """Her guardian agrees, and the team has checked it: what waited goes on."""
    if line.person:
        continue_applications_of(person=line.person)


@reaction("admissions.stop_minors", GuardianWithdrawn)
def stop_minors(line: Line) -> None:
    """Her guardian no longer agrees: what has no place yet waits again."""
    if line.person:
        stop_applications_of(person=line.person)


@reaction("admissions.people_import", ImportConfirmed, ImportContinued)
def bring_people_in(line: Line) -> None:
    """A list was confirmed: its people come in, a portion at a time."""
    assert isinstance(line.event, ImportConfirmed | ImportContinued)
    bring_in_portion(people_import=line.event.people_import)

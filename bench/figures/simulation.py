"""How long it takes to live through an edition as large as it was: the summer of 2019, 4,679 scholarships."""

import resource
import time

from django.conf import settings
from django.core.management import call_command

from bench.figure import Measured, figure
from trenza.apps.programmes.api import programmes
from trenza.cli import simulator
from trenza.cli.programmes import load_folder
from trenza.core import journal

PROGRAMME, SCENARIO = "mujeres-online", "julio-agosto-2019"
AWARDS = 4_679


@figure("simulate_4679_s")
def simulated() -> Measured:
    """Seconds to simulate every applicant of 2019 to the end, by the real actions, in an empty home on SQLite."""
    call_command("migrate", verbosity=0)
    load_folder(settings.PROGRAMMES / PROGRAMME)
    start, busy = time.perf_counter(), time.process_time()
    result = simulator.simulate(programmes().get(code=PROGRAMME), scenario=SCENARIO, seed="bench")
    taken, busy = time.perf_counter() - start, time.process_time() - busy
    if result.awards != AWARDS:
        raise RuntimeError(f"{result.awards} awards were made, not {AWARDS}")
    if faults := journal.check():
        raise RuntimeError(f"the journal is not whole: {faults[0]}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(
        taken,
        "s",
        peer=f"{busy:.0f} s of them busy; {result.people} people, {journal.last_position()} entries, {memory:.0f} MB",
    )

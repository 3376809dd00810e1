"""In a process of its own: simulate, and print the journal's digest. `journal_of PROGRAMME SCENARIO PEOPLE SEED`."""

import sys

import django


def main(code: str, scenario: str, people: str, seed: str) -> None:
    from django.core.management import call_command

    from tests.cli.simulator.examples import TODAY, digest, load
    from trenza.cli import simulator
    from trenza.core import clock
    from trenza.core.journal import last_position

    call_command("migrate", verbosity=0)
    with clock.travel(TODAY):
        programme = load(code)
        before = last_position()
        simulator.simulate(programme, scenario=scenario, people=int(people), seed=seed)
    sys.stdout.write(digest(after=before))


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])

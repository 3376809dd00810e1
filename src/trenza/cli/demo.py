"""`trenza demo`: the three programmes with synthetic people, served on this machine."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command

from trenza.apps.people import api as people
from trenza.apps.programmes import api as programmes
from trenza.cli import (
    demo_accompaniment,
    demo_certificates,
    demo_elsewhere,
    demo_sessions,
    demo_training,
    serving,
    simulator,
)
from trenza.cli.programmes import load_folder
from trenza.cli.sample_centres import open_samples
from trenza.cli.samples import publish_samples

SEED = "demo"
# Of the editions that have ended, one woman in so many: what a first start can wait for.
PART = 16

TRAINER = "formadora@demo.example"
COORDINATOR = "coordinadora@demo.example"
# Role, address, name, and the programme, or its organisation, that the role reaches (all, if empty). Nobody can have
# these addresses.
STAFF = (
    ("administrator", "administradora@demo.example", "Administradora", ""),
    ("coordinator", COORDINATOR, "Coordinadora", "mujeres-online"),
    ("trainer", TRAINER, "Formadora", "iyf-conectadas"),
    ("outreach", "promotora@demo.example", "Promotora", "mujeres-online"),
    ("auditor", "auditora@demo.example", "Auditora", ""),
    ("endorser", "avaladora@demo.example", "Avaladora", "mujeres-online/cisco"),
)


class People(click.IntRange):
    """`full`, `some`, or a number."""

    name = "full|some|NUMBER"
    HELP = (
        "full: everybody of the editions that have ended, such as the 4,679 scholarships of 2019 (some minutes). "
        "some: a part of them. A number: so many in each demonstration edition, and nobody before it."
    )

    def __init__(self) -> None:
        super().__init__(1, 100_000)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word, or the number."""
        if value in ("full", "some"):
            return value
        return super().convert(value, param, ctx)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--people", type=People(), default="some", show_default=True, help=People.HELP)
@click.option("--prepare-only", is_flag=True, help="Load everything and stop; serve nothing.")
def demo(host: str, port: int, people: str | int, prepare_only: bool) -> None:
    """Load the three programmes with synthetic people and serve them. What was done here before is kept."""
    if not prepare_only and not serving.is_free(host, port):
        click.echo(f"Another program uses port {port}. Try: .venv/bin/trenza demo --port {port + 1}", err=True)
        sys.exit(1)
    prepare(people)
    if prepare_only:
        return
    address = f"http://{host}:{port}"
    os.environ.update(TRENZA_DEMONSTRATION="1", TRENZA_URL=address)
    with serving.running(host, port, workers=1) as processes:
        if not serving.wait_until_ready(f"{address}/", processes):
            click.echo("The server did not start; what it printed above says why.", err=True)
            sys.exit(1)
        click.echo(welcome(address))
        sys.exit(serving.wait(processes))


def prepare(number: str | int) -> None:
    """Database, definitions, courses, people; each step leaves what is there."""
    call_command("migrate", verbosity=0)
    for folder in sorted(path.parent for path in Path(settings.PROGRAMMES).glob("*/programme.toml")):
        click.echo(load_folder(folder))
    for line in publish_samples():
        click.echo(line)
    for role, email, name, programme in STAFF:
        _ensure_staff(role, email, name, programme)
    _ensure_keys()
    for each in programmes.programmes():
        for scenario in simulator.scenarios_of(each).values():
            _ensure_people(each, scenario, number)
    demo_sessions.ensure("iyf-conectadas", trainer=TRAINER)
    demo_training.ensure("mujeres-online", trainer=TRAINER)
    demo_accompaniment.ensure("iyf-conectadas", trainer=TRAINER)
    demo_elsewhere.ensure("mujeres-online", coordinator=COORDINATOR)
    demo_certificates.ensure()
    _ensure_endorsement()
    trainer = people.account_for(TRAINER)
    for line in open_samples(trainer.person if trainer else None):
        click.echo(line)


def welcome(address: str) -> str:
    """Where to go and how to sign in for each role."""
    roles = "\n".join(f"  {role:14} {email}" for role, email, _, _ in STAFF)
    learner = programmes.Enrolment.objects.filter(
        edition__demonstration=True, state=programmes.Enrolment.State.ACTIVE, person__synthetic=True
    ).order_by("edition__programme__code", "enrolled_at")
    account = people.Account.objects.filter(person__in=learner.values("person")[:1]).first()
    some = account.email if account else ""
    return f"""
Trenza runs at {address}  (demonstration data: nobody here is real)

  Public pages   {address}/
  Office         {address}/oficina/
  Her own page   {address}/mi/
  Taking down    {address}/promotora/  (women who apply, by who goes to where they are)

Sign in at {address}/entrar/ with one of these addresses:
{roles}
  learner        {some}  (or apply as yourself at {address}/)
  certificates   {demo_certificates.WITH_THREE}  (three; {demo_certificates.CORRECTED}: one, with her name corrected)
No mail leaves this machine. Read the code with:  .venv/bin/trenza code ADDRESS

Stop with Ctrl+C. The data stay in {settings.HOME}; delete that folder to begin anew."""


def _ensure_staff(role: str, email: str, name: str, programme: str) -> None:
    try:
        person = people.register_person(
            given_name=name, family_name="de Demostración", email=email, synthetic=True, by=None
        )
    except people.EmailTaken:
        return
    code, _slash, organisation = programme.partition("/")
    if organisation:
        found = programmes.Organisation.objects.current().get(programme__code=code, code=organisation)
        people.grant_role(person=person, role=role, scope_kind="organisation", scope=found.id, by=None)
    elif code:
        scope = programmes.programmes().get(code=code).id
        people.grant_role(person=person, role=role, scope_kind="programme", scope=scope, by=None)
    else:
        people.grant_role(person=person, role=role, scope_kind="all", by=None)


def _ensure_keys() -> None:
    """Each organisation that issues or endorses can sign."""
    credentials = import_module("trenza.apps.credentials.api")  # a hub has this command, and no credentials
    for organisation in programmes.Organisation.objects.current().select_related("programme"):
        if {"organiser", "endorser"} & set(organisation.roles) and credentials.signing_key(organisation) is None:
            credentials.create_key(organisation=organisation)


def _ensure_endorsement() -> None:
    """Who speaks for an organisation has endorsed the first that it is asked for; the others wait for her."""
    credentials = import_module("trenza.apps.credentials.api")
    [speaker] = [email for role, email, _name, _where in STAFF if role == "endorser"]
    account = people.account_for(speaker)
    if account is None:
        return
    theirs = list(credentials.endorsing_organisations.which(account.person).select_related("programme"))
    asked = credentials.asked_endorsements(theirs)
    if asked and not any(each.given or each.refused for each in asked):
        first = asked[0]
        credentials.endorse(
            template=first.template,
            wording=first.wording,
            edition=first.edition,
            organisation=first.organisation,
            by=account.person,
        )


def _ensure_people(programme: programmes.Programme, scenario: simulator.Scenario, number: str | int) -> None:
    """What has ended in its size, or a part of it; the demonstration with a few who have things to do now."""
    now = scenario.code == simulator.DEMONSTRATION
    if isinstance(number, int) and not now:
        return
    people = number if isinstance(number, int) else None
    one_in = scenario.one_in * (PART if number == "some" and not now else 1)
    size = people or round(scenario.people / one_in)
    try:
        simulator.edition_to_simulate(programme, scenario)
    except simulator.AlreadySimulated:
        return
    except simulator.RealPeople:
        click.echo(f"{programme.code}, {scenario.name}: left out, for somebody real is registered here.")
        return
    part = f" (one in {PART}; all with --people full)" if number == "some" and not now else ""
    click.echo(f"{programme.code}, {scenario.name}: {size} people who do not exist{part} …")
    result = simulator.simulate(programme, scenario=scenario.code, people=people, one_in=one_in, seed=SEED)
    click.echo(f"  {result.awards} awards, {result.enrolments} enrolments, {result.entries} entries of their phones.")

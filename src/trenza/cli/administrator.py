"""`trenza administrator`: the first one, who gives roles to all others in the office."""

import sys
from typing import NoReturn

import click
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from trenza.apps.people import api as people


@click.command()
@click.argument("email")
@click.option("--name", nargs=2, metavar="GIVEN FAMILY", help="Her given and family name, if she is new here.")
@click.option("--another", is_flag=True, help="Although there is an administrator already.")
def administrator(email: str, name: tuple[str, str] | None, another: bool) -> None:
    """Make the person with the address EMAIL administrator of everything. Nothing is sent.

    For the first one. She signs in at /entrar/ with a code, and gives others their roles in the office.
    """
    if people.has_administrator() and not another:
        _refuse(
            "There is an administrator already; she can give roles in the office. If nobody can sign in: --another."
        )
    account = people.account_for(email)
    person = account.person if account else _register(email, name)
    people.grant_role(person=person, role="administrator", by=None)
    click.echo("She is administrator of everything. She signs in at /entrar/ with a code that comes by mail.")


def _register(email: str, name: tuple[str, str] | None) -> people.Person:
    if name is None:
        _refuse("Nobody has that address. To register her: --name GIVEN FAMILY.")
    try:
        validate_email(email.strip())
        return people.register_person(given_name=name[0], family_name=name[1], email=email, by=None)
    except ValidationError:
        _refuse("That is no e-mail address.")
    except people.EmailTaken:
        _refuse("That address is of an account that was closed. Choose another.")


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(1)

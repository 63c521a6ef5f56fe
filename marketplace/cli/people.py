"""`marketplace user create`, `marketplace demo`: people to start with."""

from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import Session

from marketplace import db
from marketplace.cli.app import app, out, refuse
from marketplace.domain.access.models import Audience, System
from marketplace.domain.accounts import rules
from marketplace.domain.accounts.service import people, roles
from marketplace.domain.moderation import service as moderation
from marketplace.domain.sellers.service import requirements
from marketplace.flows import seed as demo_data
from marketplace.kit import clock
from marketplace.kit.passwords import hash_password
from marketplace.settings import settings

user = typer.Typer(help="People who may sign in.", no_args_is_help=True)
app.add_typer(user, name="user")
demo = typer.Typer(help="The demo's people and their codes.", no_args_is_help=True)
app.add_typer(demo, name="demo")


@user.command("create")
def create(
    email: str,
    name: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    role: Annotated[
        str, typer.Option(help="A staff role's code, such as super; empty for none.")
    ] = "",
) -> None:
    """Make an account whose address counts as proved; with --role, a member of staff."""
    checked = rules.checked_email(email)
    rules.check_password(password, (checked, name, settings().name))
    hashed = hash_password(password)

    def work(session: Session) -> str:
        roles.ensure_presets(session)
        requirements.ensure_defaults(session, at=clock.now())
        moderation.install_defaults(session)
        chosen = roles.role_by_code(session, Audience.STAFF, role) if role else None
        if role and chosen is None:
            raise refuse(f"There is no staff role with the code {role}.")
        at = clock.now()
        person = people.create(
            session,
            email=checked,
            name=name,
            password_hash=hashed,
            locale="en",
            at=at,
            is_verified=True,
        )
        if chosen:
            roles.grant(session, System(id="cli", name="Command line"), person.id, chosen.id, at=at)
        return person.id

    person_id = db.call(work)
    out.print(f"{checked} can sign in now ({person_id}).", markup=False)


@demo.command("sign-ins")
def show_sign_ins() -> None:
    """Print who can sign in to the demo."""
    table = Table("E-mail", "Role", "Where", box=None, pad_edge=False)
    for line in demo_data.sign_ins():
        table.add_row(line.email, line.role, line.place)
    out.print(f"Demo sign-ins, all with the password {demo_data.PASSWORD}\n", markup=False)
    out.print(table)
    out.print("\nStaff need a code as well: the sign-in page of the demo shows it.")


@demo.command("code")
def show_code(email: str) -> None:
    """Print the six digits a demo person's authenticator shows now."""
    code = db.call_reading(demo_data.demo_code, email, at=clock.now())
    if not code:
        raise refuse("Only demo people on a demo server have codes here.")
    out.print(code)

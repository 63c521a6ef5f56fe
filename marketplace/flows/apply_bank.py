"""The last step of an application: the account and the agreement, saved together or not at all."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Person
from marketplace.domain.sellers.queries.applications import my_application
from marketplace.domain.sellers.rules.forms import BankForm
from marketplace.domain.sellers.service import applications
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_


def save_bank_and_agree(
    session: Session,
    person: Person,
    application_id: str,
    form: BankForm,
    *,
    agreement: int,
    version: int,
    at: datetime,
) -> int:
    """`agreement` is the version that was on the page; 0 if its box was left empty, which is an
    error beside the box. Returns the application's new version."""
    if not agreement:
        raise Invalid({"accepts": N_("Please accept the agreement to go on.")})
    version = applications.save_bank(session, person, application_id, form, version=version, at=at)
    application = my_application(session, person)
    if application is not None and application.agreed == agreement:
        return version
    return applications.accept_agreement(
        session, person, application_id, agreement, version=version, at=at
    )

"""The wizard's steps: each checks itself, is kept whole, and returns the new version."""

import hashlib
import hmac
import json
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Person
from marketplace.domain.media import queries as media_queries
from marketplace.domain.media import service as media
from marketplace.domain.media.models import Purpose
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    BusinessType,
    RequirementKind,
    SellerApplication,
)
from marketplace.domain.sellers.queries.applications.mine import (
    SEALED_FOR_BANK,
    SEALED_FOR_IDENTITY,
)
from marketplace.domain.sellers.queries.applications.names import is_name_taken, is_slug_free
from marketplace.domain.sellers.rules import checks, forms
from marketplace.domain.sellers.service.applications.own import (
    give,
    own_locked,
    require_open,
    saved,
    standings,
)
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.sealing import derive, seal, unseal
from marketplace.settings import settings

LOCKED = N_("Only the items we asked about can be changed now.")
NAME_TAKEN = N_("Another shop has this name.")
SLUG_TAKEN = N_("This address is taken.")
CHOOSE_TYPE = N_("Choose the type of your business first.")
HELD = "sellers.duplicates"


def save_contact(
    session: Session,
    person: Person,
    application_id: str,
    form: forms.ContactForm,
    *,
    version: int,
    at: datetime,
) -> int:
    """Step 1. Raises `Invalid`, `NotEditable`, `Stale`, `NotFound`."""
    row = own_locked(session, person, application_id, version=version)
    allowed = require_open(session, row, RequirementKind.CONTACT, at=at)
    kept = form.model_dump()
    _check(forms.contact_errors(form), forms.changed_outside(row.contact, kept, allowed), allowed)
    row.contact = kept
    _answer(session, row, RequirementKind.CONTACT, at=at)
    return saved(session, row, at=at, step=2)


def save_business_type(
    session: Session,
    person: Person,
    application_id: str,
    form: forms.BusinessTypeForm,
    *,
    version: int,
    at: datetime,
) -> int:
    """Step 2. A bank account that was checked for another type must be given again."""
    row = own_locked(session, person, application_id, version=version)
    if require_open(session, row, RequirementKind.LEGAL, at=at):
        raise Invalid({"business_type": LOCKED})
    chosen = BusinessType(form.business_type)
    if row.business_type and (BusinessType(row.business_type) in forms.PEOPLE) != (
        chosen in forms.PEOPLE
    ):
        row.bank_sealed = row.bank_last = row.bank_key = ""
    row.business_type = chosen.value
    row.legal = {**row.legal, "country": form.country}
    return saved(session, row, at=at, step=3)


def save_legal(
    session: Session,
    person: Person,
    application_id: str,
    form: forms.LegalForm,
    *,
    version: int,
    at: datetime,
) -> int:
    """Step 3. The representative's number is sealed; only its last four signs are shown again."""
    row = own_locked(session, person, application_id, version=version)
    allowed = require_open(session, row, RequirementKind.LEGAL, at=at)
    if not row.business_type:
        raise Invalid({"business_type": CHOOSE_TYPE})
    country = str(row.legal.get("country", ""))
    errors = forms.legal_errors(
        form,
        BusinessType(row.business_type),
        country,
        has_identity=bool(row.legal.get("representative_id_sealed")),
    )
    kept = {**form.model_dump(exclude={"representative_id"}), "country": country}
    kept["registration_number"] = checks.bare(form.registration_number)
    kept["tax_id"] = checks.bare(form.tax_id)
    before = {name: value for name, value in row.legal.items() if name in kept}
    outside = forms.changed_outside(before, kept, allowed)
    if allowed and form.representative_id and "representative_id" not in allowed:
        outside.add("representative_id")
    _check(errors, outside, allowed)
    row.legal = {**kept, **_identity(row, checks.bare(form.representative_id))}
    row.registration_key = _key(kept["registration_number"])
    _answer(session, row, RequirementKind.LEGAL, at=at)
    return saved(session, row, at=at, step=4)


def save_shop(
    session: Session,
    person: Person,
    application_id: str,
    form: forms.ShopForm,
    *,
    lineage: Collection[str],
    version: int,
    at: datetime,
) -> int:
    """Step 5. `lineage`: the chosen categories and all above them (`flows.apply` asks for them)."""
    row = own_locked(session, person, application_id, version=version)
    allowed = require_open(session, row, RequirementKind.SHOP, at=at)
    errors = forms.address_errors(form)
    errors |= taken_names(session, person, form.shop_name, form.shop_name_zh)
    if not is_slug_free(session, person, form.slug):
        errors["slug"] = SLUG_TAKEN
    kept = form.model_dump()
    before = {name: value for name, value in row.shop.items() if name != "lineage"}
    _check(errors, forms.changed_outside(before, kept, allowed), allowed)
    media_queries.require_owned(session, person, [form.logo_id], Purpose.PICTURE)
    media.attach(session, person, "application", row.id, [form.logo_id], at=at)
    row.shop = {**kept, "lineage": sorted(lineage)}
    row.shop_name, row.slug, row.category_ids = form.shop_name, form.slug, form.category_ids
    _answer(session, row, RequirementKind.SHOP, at=at)
    return saved(session, row, at=at, step=6)


def taken_names(session: Session, person: Person, name: str, name_zh: str) -> dict[str, str]:
    """The fields whose name another shop, or somebody else's open application, has already."""
    said = {"shop_name": name, "shop_name_zh": name_zh}
    return {
        field: NAME_TAKEN
        for field, wanted in said.items()
        if wanted and is_name_taken(session, person, wanted)
    }


def save_bank(
    session: Session,
    person: Person,
    application_id: str,
    form: forms.BankForm,
    *,
    version: int,
    at: datetime,
) -> int:
    """Step 6. The account is sealed; only its last four digits are ever shown again."""
    row = own_locked(session, person, application_id, version=version)
    allowed = require_open(session, row, RequirementKind.BANK, at=at)
    if not row.business_type:
        raise Invalid({"business_type": CHOOSE_TYPE})
    errors = forms.bank_errors(
        form, BusinessType(row.business_type), has_number=bool(row.bank_sealed)
    )
    _check(errors, set(), allowed)
    number = checks.bare(form.bank_number) or kept_account(row)
    account = {**form.model_dump(exclude={"bank_number"}), "bank_number": number}
    row.bank_sealed = seal(settings().key(), SEALED_FOR_BANK, json.dumps(account))
    row.bank_last, row.bank_key = number[-4:], _key(number)
    _answer(session, row, RequirementKind.BANK, at=at)
    return saved(session, row, at=at, step=6)


def kept_account(row: SellerApplication) -> str:
    """The whole account number, for sealing it again; nobody is shown it."""
    return str(
        json.loads(unseal(settings().key(), SEALED_FOR_BANK, row.bank_sealed))["bank_number"]
    )


def _identity(row: SellerApplication, number: str) -> dict[str, str]:
    if not number:
        kept = ("representative_id_sealed", "representative_id_last")
        return {name: str(row.legal[name]) for name in kept if name in row.legal}
    return {
        "representative_id_sealed": seal(settings().key(), SEALED_FOR_IDENTITY, number),
        "representative_id_last": number[-4:],
    }


def _key(number: str) -> str:
    """Finds the same number again without keeping it readable."""
    if not number:
        return ""
    return hmac.new(derive(settings().key(), HELD), number.encode(), hashlib.sha256).hexdigest()


def _check(errors: dict[str, str], outside: set[str], allowed: frozenset[str]) -> None:
    locked = dict.fromkeys(outside, LOCKED) if allowed else {}
    if found := {**errors, **locked}:
        raise Invalid(found)


def _answer(
    session: Session, row: SellerApplication, kind: RequirementKind, *, at: datetime
) -> None:
    """What was sent back is answered by saving its step; what was asked stays beside it."""
    if row.status is not ApplicationStatus.CHANGES_REQUESTED:
        return
    session.flush()
    for one in standings(session, row, at):
        if one.requirement.kind is kind and one.submission is not None:
            give(session, row, one.requirement, at=at, fields=one.submission.fields)

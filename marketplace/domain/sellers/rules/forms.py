"""What an applicant may send, step by step: exact types here, the checks between fields below."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from marketplace.domain.sellers.models import BusinessType
from marketplace.domain.sellers.rules import checks
from marketplace.kit.languages import N_
from marketplace.kit.text import Email, Id, Line, Name, Payload, Prose

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=3, max_length=60)
]
PHONE = r"^\+?[0-9][0-9 ()-]{5,24}$"
Phone = Annotated[str, StringConstraints(pattern=PHONE)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Business = Literal["individual", "sole_trader", "company", "cross_border"]

PLACE = ("country", "region", "city", "street", "postcode", "phone")
NOT_A_PHONE = N_("This does not look like a phone number.")
NEEDED = N_("Please fill this in.")
CREDIT_CODE = N_("This is not a valid unified social credit code. Check each sign.")
IDENTITY = N_("This is not a valid identity number. Check each digit.")
PLAIN = N_("Use letters and digits only, at least three.")
ACCOUNT = N_("This is not a valid account or card number. Check each digit.")
ADDRESS = N_("Please give an e-mail address.")

PEOPLE = frozenset({BusinessType.INDIVIDUAL, BusinessType.SOLE_TRADER})
WITH_REGISTRATION = frozenset(BusinessType) - {BusinessType.INDIVIDUAL}
WITH_OWNERS = frozenset({BusinessType.COMPANY, BusinessType.CROSS_BORDER})


class ContactForm(Payload):
    """Step 1: whom to call."""

    contact_name: Name
    email: Email
    phone: Phone
    job_title: Line = ""


class BusinessTypeForm(Payload):
    """Step 2: decides what the later steps ask for. `country` is where the business is registered."""

    business_type: Business
    country: Country = "CN"


class LegalForm(Payload):
    """Step 3. Which fields are needed depends on the business type: `legal_errors`.

    An empty `representative_id` keeps the number given before.
    """

    legal_name: Name
    registration_number: Number = ""
    tax_id: Number = ""
    region: Line = ""
    city: Name
    street: Name
    postcode: Line = ""
    representative_name: Line = ""
    representative_id: Number = ""
    owner_names: Prose = ""
    """Everybody who holds 25 % or more, one per line."""


class AddressesForm(Payload):
    """Where parcels leave, and where they come back to."""

    ship_country: Country = "CN"
    ship_region: Line = ""
    ship_city: Name
    ship_street: Name
    ship_postcode: Line = ""
    ship_phone: Phone
    return_same: bool = True
    return_country: Country = "CN"
    return_region: Line = ""
    return_city: Line = ""
    return_street: Line = ""
    return_postcode: Line = ""
    return_phone: Line = ""


class ShopForm(AddressesForm):
    """Step 5: the shop as buyers will see it, and its addresses."""

    shop_name: Name
    shop_name_zh: Line = ""
    slug: Slug
    about: Annotated[Prose, Field(max_length=400)] = ""
    about_zh: Annotated[Prose, Field(max_length=400)] = ""
    category_ids: Annotated[list[Id], Field(min_length=1, max_length=8)]
    logo_id: Id | Literal[""] = ""


class BankForm(Payload):
    """Step 6. An empty `bank_number` keeps the one given before."""

    bank_holder: Name
    bank_name: Name
    bank_country: Country = "CN"
    bank_number: Number = ""


class ProfileForm(Payload):
    """The face of an open shop, as its members edit it."""

    name: Name
    name_zh: Line = ""
    about: Annotated[Prose, Field(max_length=400)] = ""
    about_zh: Annotated[Prose, Field(max_length=400)] = ""
    logo_id: Id | Literal[""] = ""


def contact_errors(form: ContactForm) -> dict[str, str]:
    name, _, domain = form.email.partition("@")
    return {} if name and "." in domain and "@" not in domain else {"email": ADDRESS}


def legal_errors(
    form: LegalForm, business: BusinessType, country: str, *, has_identity: bool
) -> dict[str, str]:
    """Errors by field. `has_identity`: a representative's number is kept already."""
    return {
        **_registration_errors(form, business, country),
        **_identity_errors(form, business, country, has_identity=has_identity),
        **{
            field: NEEDED
            for field in ("representative_name", "owner_names")
            if business in WITH_OWNERS and not getattr(form, field)
        },
        **_tax_errors(form, business),
    }


def address_errors(form: AddressesForm) -> dict[str, str]:
    """Errors by field; the second address counts only if it is another one."""
    if form.return_same:
        return {}
    wanted = ("return_city", "return_street", "return_phone")
    missing = {field: NEEDED for field in wanted if not getattr(form, field)}
    is_number = not form.return_phone or re.fullmatch(PHONE, form.return_phone)
    return missing if is_number else {**missing, "return_phone": NOT_A_PHONE}


def address_of(shop: Mapping[str, object], kind: Literal["ship", "return"]) -> dict[str, object]:
    """One address out of the fields of a form, as a seller's row keeps it."""
    is_same = kind == "return" and shop.get("return_same", True)
    return {name: shop.get(f"{'ship' if is_same else kind}_{name}", "") for name in PLACE}


def bank_errors(form: BankForm, business: BusinessType, *, has_number: bool) -> dict[str, str]:
    number = checks.bare(form.bank_number)
    if not number:
        return {} if has_number else {"bank_number": NEEDED}
    is_fit = checks.is_account_number(
        number, country=form.bank_country, is_personal=business in PEOPLE
    )
    return {} if is_fit else {"bank_number": ACCOUNT}


def changed_outside(
    before: Mapping[str, object], after: Mapping[str, object], open_fields: frozenset[str]
) -> set[str]:
    """The fields outside `open_fields` that differ: they may not be changed now."""
    return {
        field
        for field in before.keys() | after.keys()
        if field not in open_fields and before.get(field) != after.get(field)
    }


def _registration_errors(form: LegalForm, business: BusinessType, country: str) -> dict[str, str]:
    number = checks.bare(form.registration_number)
    if business not in WITH_REGISTRATION and not number:
        return {}
    if not number:
        return {"registration_number": NEEDED}
    if country == "CN" and not checks.is_credit_code(number):
        return {"registration_number": CREDIT_CODE}
    return {} if checks.is_plain_number(number) else {"registration_number": PLAIN}


def _identity_errors(
    form: LegalForm, business: BusinessType, country: str, *, has_identity: bool
) -> dict[str, str]:
    number = checks.bare(form.representative_id)
    if not number:
        is_needed = country == "CN" and not has_identity and business is not BusinessType.COMPANY
        return {"representative_id": NEEDED} if is_needed else {}
    if country == "CN" and not checks.is_identity_number(number):
        return {"representative_id": IDENTITY}
    return {} if checks.is_plain_number(number) else {"representative_id": PLAIN}


def _tax_errors(form: LegalForm, business: BusinessType) -> dict[str, str]:
    number = checks.bare(form.tax_id)
    if not number:
        return {"tax_id": NEEDED} if business is BusinessType.CROSS_BORDER else {}
    return {} if checks.is_plain_number(number) else {"tax_id": PLAIN}

"""The fixed words of the review of an application: states, verdicts, kinds, fields, risks."""

from typing import Any

import reflex as rx

from marketplace.domain.sellers.rules.applications import REASONS, RISKS
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.ui.status import Status

TYPES = {
    "individual": N_("A private person"),
    "sole_trader": N_("A sole trader"),
    "company": N_("A company"),
    "cross_border": N_("A company abroad"),
}
STATUSES = {
    "submitted": Status(N_("Submitted"), "info", "send"),
    "in_review": Status(N_("In review"), "info", "search-check"),
    "changes_requested": Status(N_("Changes requested"), "warn", "triangle-alert"),
    "approved": Status(N_("Approved"), "good"),
    "rejected": Status(N_("Rejected"), "bad"),
}
STATES = {
    "incomplete": Status(N_("Not handed in"), "plain"),
    "pending": Status(N_("Waiting for review"), "info", "hourglass"),
    "complete": Status(N_("Accepted"), "good"),
    "rejected": Status(N_("To be fixed"), "bad"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
}
VERDICTS = {
    "pending": Status(N_("Not decided"), "plain"),
    "accepted": Status(N_("Accepted"), "good"),
    "rejected": Status(N_("To be fixed"), "bad"),
    "waived": Status(N_("Not needed"), "plain", "circle-minus"),
    "expired": Status(N_("Expired"), "bad", "calendar-x"),
}
FIELDS = {
    "contact": {
        "contact_name": N_("Name"),
        "email": N_("E-mail"),
        "phone": N_("Phone"),
        "job_title": N_("Position"),
    },
    "legal": {
        "legal_name": N_("Name in law"),
        "registration_number": N_("Registration number"),
        "tax_id": N_("Tax number"),
        "region": N_("Province or region"),
        "city": N_("City"),
        "street": N_("Street and number"),
        "postcode": N_("Postcode"),
        "representative_name": N_("Legal representative or owner"),
        "representative_id_last": N_("Identity number, last digits"),
        "owner_names": N_("Owners of 25 % or more"),
    },
    "shop": {
        "shop_name": N_("Name of the shop"),
        "shop_name_zh": N_("Name in Chinese"),
        "slug": N_("Web address"),
        "about": N_("About the shop"),
        "about_zh": N_("About the shop, in Chinese"),
        "ship_country": N_("Ships from, country"),
        "ship_region": N_("Ships from, region"),
        "ship_city": N_("Ships from, city"),
        "ship_street": N_("Ships from, street"),
        "ship_phone": N_("Ships from, phone"),
        "return_country": N_("Returns to, country"),
        "return_region": N_("Returns to, region"),
        "return_city": N_("Returns to, city"),
        "return_street": N_("Returns to, street"),
        "return_phone": N_("Returns to, phone"),
    },
    "bank": {
        "bank_holder": N_("Account holder"),
        "bank_name": N_("Bank"),
        "bank_country": N_("Country of the bank"),
        "bank_last": N_("Account number, last digits"),
    },
}
"""By kind of requirement: what the applicant wrote, with its label."""

WRITTEN_AS = {"representative_id_last": "representative_id", "bank_last": "bank_number"}
"""What is only shown by its end is another field in the applicant's form."""


def type_name(code: Any) -> rx.Var[str]:
    return _text(rx.match(code, *[(key, t(name)) for key, name in TYPES.items()], code))


def risk_name(code: Any) -> rx.Var[str]:
    return _text(rx.match(code, *[(key, t(name)) for key, name in RISKS.items()], code))


def reason_name(code: Any) -> rx.Var[str]:
    return _text(rx.match(code, *[(key, t(name)) for key, name in REASONS.items()], code))


def state_name(code: Any) -> rx.Var[str]:
    return _text(rx.match(code, *[(key, t(one.label)) for key, one in STATUSES.items()], code))


def _text(chosen: Any) -> rx.Var[str]:
    return chosen.to(str)

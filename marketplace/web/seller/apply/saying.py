"""What an application says, as its forms and its summary show it."""

from marketplace.domain.sellers.queries.applications import ApplicationView
from marketplace.domain.sellers.rules import forms
from marketplace.kit.text import Payload

FORMS: dict[str, type[Payload]] = {
    "contact": forms.ContactForm,
    "business": forms.BusinessTypeForm,
    "legal": forms.LegalForm,
    "shop": forms.ShopForm,
    "bank": forms.BankForm,
}
COUNTRY = dict.fromkeys(("country", "ship_country", "return_country", "bank_country"), "CN")
"""Where most of them are."""


def said(app: ApplicationView | None, name: str, email: str) -> dict[str, dict[str, str]]:
    """Every field of every step, empty where nothing was said. What the account knows, its
    `name` and `email`, is not asked twice (WCAG 3.3.7)."""
    given = _given(app) if app else {}
    if not any(given.get("contact", {}).values()):
        given["contact"] = {"contact_name": name, "email": email}
    return {
        step: dict.fromkeys(form.model_fields, "") | COUNTRY | _texts(given.get(step, {}))
        for step, form in FORMS.items()
    }


def fields_open(app: ApplicationView | None) -> dict[str, list[str]]:
    """Which fields of a step may be changed: those asked for, or all of them."""
    asked = app.open_fields if app else {}
    return {step: list(asked.get(step, ()) or form.model_fields) for step, form in FORMS.items()}


def notes_of(app: ApplicationView | None) -> dict[str, str]:
    rows = app.requirements if app else ()
    return {note.field: note.note for row in rows for note in row.fields}


def _given(app: ApplicationView) -> dict[str, dict[str, object]]:
    return {
        "contact": dict(app.contact),
        "business": {"business_type": app.business_type, "country": app.country},
        "legal": dict(app.legal),
        "shop": dict(app.shop),
        "bank": dict(app.bank),
    }


def _texts(given: dict[str, object]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value and isinstance(value, str)}

"""Steps 1 to 3: how to reach the applicant, what kind of business it is, and who it is in law."""

import reflex as rx

from marketplace.domain.sellers.models import BusinessType
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.seller.apply.asking import ask, ask_choice, ask_needed, pair, said, section
from marketplace.web.seller.apply.layout import step_form, step_page
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.apply.words import COUNTRIES, KINDS, Kind
from marketplace.web.ui.fields import field_error, select_field, textarea_field
from marketplace.web.ui.icon import icon

IS_COMPANY = ApplyState.app.business_type == BusinessType.COMPANY.value
IS_ABROAD = ApplyState.app.business_type == BusinessType.CROSS_BORDER.value
IS_PRIVATE = ApplyState.app.business_type == BusinessType.INDIVIDUAL.value
HAS_OWNERS = IS_COMPANY | IS_ABROAD


def contact() -> rx.Component:
    return step_page(
        "contact",
        step_form(
            "contact",
            lambda data: ApplyState.save_contact(ApplyState.app.id, ApplyState.app.version, data),
            section(
                N_("Who we talk to"),
                pair(
                    ask("contact", N_("Your name"), "contact_name", auto_complete="name"),
                    ask(
                        "contact",
                        N_("Your part in the business"),
                        "job_title",
                        is_required=False,
                        auto_complete="organization-title",
                    ),
                ),
                ask(
                    "contact",
                    N_("Phone"),
                    "phone",
                    kind="tel",
                    auto_complete="tel",
                    hint=N_("With the country code, such as +86 138 0013 8000."),
                ),
                ask(
                    "contact",
                    N_("E-mail for questions"),
                    "email",
                    kind="email",
                    auto_complete="email",
                    hint=N_("Our answer goes to the address of your account as well."),
                ),
            ),
        ),
    )


def business() -> rx.Component:
    return step_page(
        "business",
        step_form(
            "business",
            lambda data: ApplyState.save_business(ApplyState.app.id, ApplyState.app.version, data),
            rx.el.fieldset(
                rx.el.legend(t("What kind of business are you?"), class_name="h2 mb-3"),
                rx.el.div(*[_kind(kind) for kind in KINDS], class_name="grid gap-3"),
                field_error("business_type"),
                class_name="border-0 p-0 m-0",
            ),
            section(
                N_("Where it is registered"),
                ask_choice("business", N_("Country or region"), "country", select_field, COUNTRIES),
                text=N_("For a private person, where you live."),
            ),
        ),
    )


def legal() -> rx.Component:
    return step_page(
        "legal",
        step_form(
            "legal",
            lambda data: ApplyState.save_legal(ApplyState.app.id, ApplyState.app.version, data),
            section(
                N_("Who sells"),
                ask(
                    "legal",
                    rx.cond(IS_PRIVATE, t("Full name"), t("Registered name")),
                    "legal_name",
                    max_length=80,
                ),
                rx.cond(IS_PRIVATE, rx.fragment(), _register()),
            ),
            section(
                rx.cond(IS_PRIVATE, t("Home address"), t("Registered address")),
                ask("legal", N_("Street and number"), "street", auto_complete="street-address"),
                pair(
                    ask("legal", N_("City"), "city", auto_complete="address-level2"),
                    ask("legal", N_("Province or state"), "region", is_required=False),
                ),
                ask("legal", N_("Postcode"), "postcode", is_required=False),
            ),
            section(
                rx.cond(IS_PRIVATE, t("Your identity"), t("Who answers for it")),
                rx.cond(
                    IS_PRIVATE,
                    rx.fragment(),
                    ask_needed(
                        HAS_OWNERS,
                        "legal",
                        N_("Legal representative or owner"),
                        "representative_name",
                    ),
                ),
                _identity(),
                rx.cond(
                    HAS_OWNERS,
                    ask(
                        "legal",
                        N_("Who owns a quarter of it or more"),
                        "owner_names",
                        by=textarea_field,
                        hint=N_("One person per line."),
                    ),
                ),
            ),
        ),
    )


def _kind(kind: Kind) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="business_type",
            value=kind.code,
            required=True,
            default_checked=ApplyState.app.business_type == kind.code,
            class_name="mt-1 w-[18px] h-[18px] shrink-0 accent-[var(--accent)]",
        ),
        rx.el.span(
            rx.el.span(icon(kind.icon), t(kind.name), class_name="flex items-center gap-2 h3"),
            rx.el.span(t(kind.about), class_name="block lead mt-1"),
        ),
        class_name="card card-body flex gap-3 cursor-pointer hover:border-[var(--line-strong)] "
        "has-[:checked]:border-[var(--accent)] has-[:checked]:bg-[var(--accent-soft)]",
    )


def _register() -> rx.Component:
    return pair(
        ask(
            "legal",
            N_("Registration number"),
            "registration_number",
            hint=N_("In China the unified social credit code, 18 characters."),
            auto_complete="off",
        ),
        ask_needed(
            IS_ABROAD,
            "legal",
            N_("Tax number"),
            "tax_id",
            auto_complete="off",
        ),
    )


def _identity() -> rx.Component:
    """The number itself is never sent back; what is on file shows its last digits."""
    last = said("legal")["representative_id_last"]
    return ask_needed(
        ~IS_COMPANY,
        "legal",
        rx.cond(IS_PRIVATE, t("Identity number"), t("Their identity number")),
        "representative_id",
        value="",
        hint=rx.cond(
            last,
            t("On file: ending in {digits}. Leave empty to keep it.", digits=last),
            t("In China 18 characters, elsewhere the passport. Stored encrypted."),
        ),
        auto_complete="off",
    )

"""Seller / Store / Shipping: templates that say how goods are sent and what that costs."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries.listings import TemplateRow, templates
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateForm
from marketplace.flows import shipping_templates
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.money import MAX_MINOR, exponent
from marketplace.kit.text import Id, Name
from marketplace.settings import settings
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_member
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button, icon_button
from marketplace.web.ui.confirm import confirm
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.fields import checkbox_field, money_field, number_field, text_field
from marketplace.web.ui.layout import card, page_header
from marketplace.web.ui.status import badge
from marketplace.web.ui.values import money

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
FORM = "shipping-template"
AmountText = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^(\d{1,13}(\.\d{1,4})?)?$")
]
OptionalId = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")]
Whole = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{1,3}$")]


class Written(Form):
    """A template as its form sends it."""

    template_id: OptionalId = ""
    version: Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")] = "0"
    name: Name
    handling_days: Whole
    fee: AmountText
    free_from: AmountText = ""
    is_default: Literal["on", ""] = ""


class ShippingState(rx.State):
    """The shop's templates, and the one being written."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    currency: rx.Field[str] = rx.field("CNY")
    chosen: rx.Field[TemplateRow | None] = rx.field(None)
    fee: rx.Field[str] = rx.field("")
    free_from: rx.Field[str] = rx.field("")
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, READ)
    async def load(self):
        self.rows = await db.read(templates, await current_member(self))
        self.currency, self.is_loaded = settings().currency, True

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def write(self, template_id: OptionalId):
        rows = await db.read(templates, await current_member(self))
        self.chosen = next((row for row in rows if row.id == template_id), None)
        self.fee = amount_text(self.chosen.fee if self.chosen else 0)
        self.free_from = amount_text(self.chosen.free_from if self.chosen else None)
        self.is_open = True

    @rx.event
    @allows(Audience.SELLER, READ)
    async def close(self, is_open: bool):
        self.is_open = is_open
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def save(self, form_data: Written):
        words = {"template_id": form_data.template_id, "version": int(form_data.version)}
        await db.run(
            listings.save_template, await current_member(self), read_form(form_data), **words,
            at=clock.now(),
        )  # fmt: skip
        self.is_open = False
        return [ShippingState.load, say(N_("Shipping template saved."))]

    @rx.event
    @allows(Audience.SELLER, EDIT, is_change=True)
    async def remove(self, template_id: Id):
        await db.run(
            shipping_templates.delete_template,
            await current_member(self),
            template_id,
            at=clock.now(),
        )
        return [ShippingState.load, say(N_("Shipping template deleted."))]


def read_form(form: Written) -> TemplateForm:
    """Amounts in minor units. Raises `Invalid` for what the currency or the bounds forbid."""
    if int(form.handling_days) > 60:
        raise Invalid({"handling_days": N_("At most 60 days.")})
    return TemplateForm(
        name=form.name,
        handling_days=int(form.handling_days),
        fee=_minor("fee", form.fee) or 0,
        free_from=_minor("free_from", form.free_from),
        is_default=form.is_default == "on",
    )


def amount_text(minor: int | None) -> str:
    """Minor units as a form shows them, `8.00`; empty for None."""
    if minor is None:
        return ""
    digits = exponent(settings().currency)
    text = str(minor).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def _minor(name: str, text: str) -> int | None:
    if not text:
        return None
    digits = exponent(settings().currency)
    whole, _, decimals = text.partition(".")
    if len(decimals.rstrip("0")) > digits:
        raise Invalid({name: N_("Too many decimals for this currency.")})
    minor = int(whole + decimals.rstrip("0").ljust(digits, "0"))
    if minor > MAX_MINOR:
        raise Invalid({name: N_("This number is too large.")})
    return minor


def page() -> rx.Component:
    may = ShellState.permissions.contains(EDIT.value)
    new = button(
        N_("New template"), variant="primary", icon="plus", on_click=ShippingState.write("")
    )
    nothing = empty_state(
        "truck",
        N_("No shipping templates yet"),
        N_("A template says how fast you hand goods over and what sending them costs."),
        rx.cond(
            may,
            button(N_("Write the first template"), icon="plus", on_click=ShippingState.write("")),
        ),
    )
    return rx.el.div(
        page_header(
            N_("Shipping"),
            rx.cond(may, new),
            subtitle=N_("Listings choose one of these templates."),
        ),
        rx.cond(
            ShippingState.is_loaded,
            rx.cond(
                ShippingState.rows.length() > 0,
                card(
                    rx.el.ul(
                        rx.foreach(ShippingState.rows, lambda row: _row(row, may)),
                        class_name="list",
                    ),
                    is_flush=True,
                ),
                card(nothing),
            ),
            rx.el.div(class_name="skeleton h-40"),
        ),
        _dialog(),
        class_name="stack",
    )


def _row(row: rx.vars.ObjectVar[TemplateRow], may: rx.Var[bool]) -> rx.Component:
    free = rx.cond(
        row.free_from != None,  # noqa: E711  a Var compares, it is not
        rx.el.span(t("free from"), " ", money(row.free_from, ShippingState.currency)),
        rx.el.span(t("never free")),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.strong(row.name),
                rx.cond(row.is_default, badge(N_("usual"), "accent")),
                class_name="row",
            ),
            rx.el.div(
                rx.el.span(money(row.fee, ShippingState.currency), " ", t("per order")),
                free,
                rx.el.span(t("handed over within {n} days", n=row.handling_days)),
                class_name="row meta",
            ),
        ),
        rx.cond(
            may,
            rx.el.div(
                button(N_("Edit"), is_small=True, on_click=ShippingState.write(row.id)),
                confirm(
                    icon_button("trash-2", t("Delete {name}", name=row.name)),
                    title=t("Delete {name}?", name=row.name),
                    consequence=N_("Listings that use it must get another one first."),
                    verb=N_("Delete"),
                    on_confirm=ShippingState.remove(row.id),
                ),
                class_name="row",
            ),
        ),
        class_name="list-row row-between",
        key=row.id,
    )


def _dialog() -> rx.Component:
    state: Any = ShippingState
    chosen = state.chosen
    return dialog(
        rx.cond(chosen, t("Edit the template"), t("New template")),
        rx.el.form(
            rx.el.input(type="hidden", name="template_id", value=rx.cond(chosen, chosen.id, "")),
            rx.el.input(type="hidden", name="version", value=rx.cond(chosen, chosen.version, 0)),
            text_field(N_("Name"), "name", value=rx.cond(chosen, chosen.name, ""), max_length=80),
            number_field(
                N_("Handling time"),
                "handling_days",
                value=rx.cond(chosen, chosen.handling_days, 2),
                unit=N_("days"),
                min=0,
                max=60,
            ),
            money_field(
                N_("Fee per order"), "fee", currency=ShippingState.currency, value=ShippingState.fee
            ),
            money_field(
                N_("Free from"),
                "free_from",
                currency=ShippingState.currency,
                value=ShippingState.free_from,
                is_required=False,
                hint=N_("Empty: never free."),
            ),
            checkbox_field(
                N_("Use it for listings that name none"),
                "is_default",
                is_on=rx.cond(chosen, chosen.is_default, False),
            ),
            id=FORM,
            on_submit=lambda form: state.save(form),  # noqa: PLW0108  a form is no dict
            class_name="stack",
        ),
        footer=(
            closes(button(N_("Cancel"))),
            button(N_("Save"), variant="primary", type="submit", form=FORM),
        ),
        is_open=ShippingState.is_open,
        on_open_change=ShippingState.close,
    )

"""Admin / Sellers / Requirements: what applicants and shops must hand in."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.catalog.queries.taxonomy import tree
from marketplace.domain.sellers.queries import requirements as queries
from marketplace.domain.sellers.queries.requirements import RequirementEditRow
from marketplace.domain.sellers.service import requirements as service
from marketplace.domain.sellers.service.requirements import RequirementForm
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.kit.text import Count, Id, Line, Name, Prose, Version
from marketplace.settings import settings
from marketplace.web.admin.sellers.figures import code_of, whole
from marketplace.web.admin.sellers.requirements_view import CategoryTick, requirements_page
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff

AMOUNT = N_("Write an amount, such as 12000.")
MOST_HELP = 400
TOP_LEVELS = 2


@dataclass(frozen=True, slots=True)
class RequirementView:
    """`turnover` as it is typed, in major units; `0` for none."""

    row: RequirementEditRow
    turnover: str


class RequirementFields(Form):
    code: Line = ""
    kind: Line = "document"
    name: Name
    name_zh: Name
    help: Prose = ""
    help_zh: Prose = ""
    is_required: Line = ""
    business_types: list[Line] = []
    category_ids: list[Line] = []
    expires: Line = ""
    grace_days: Line = ""
    days_to_comply: Line = ""
    position: Line = ""
    orders: Line = ""
    turnover: Line = ""

    @property
    def checked(self) -> RequirementForm:
        """Raises `Invalid` naming the field."""
        return RequirementForm.model_validate(
            {
                "code": code_of(self.code),
                "kind": self.kind,
                "name": self.name,
                "name_zh": self.name_zh,
                "help": self.help[:MOST_HELP],
                "help_zh": self.help_zh[:MOST_HELP],
                "is_required": bool(self.is_required),
                "business_types": self.business_types,
                "category_ids": self.category_ids,
                "expires": bool(self.expires),
                "grace_days": whole("grace_days", self.grace_days, most=365),
                "days_to_comply": whole("days_to_comply", self.days_to_comply, most=365),
                "position": whole("position", self.position, most=10_000),
                "orders": whole("orders", self.orders, most=1_000_000),
                "turnover": _minor("turnover", self.turnover),
            }
        )


class RequirementsState(rx.State):
    """The requirements in the order they are asked for, and the dialog that is open."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[RequirementEditRow]] = rx.field(default_factory=list)
    categories: rx.Field[list[CategoryTick]] = rx.field(default_factory=list)
    chosen: rx.Field[RequirementView | None] = rx.field(None)
    currency: rx.Field[str] = rx.field("")
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows = await db.read(queries.list_requirements, await current_staff(self))
        self.currency, self.is_loaded = settings().currency, True

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def open(self, requirement_id: Id):
        row = await db.read(queries.requirement, await current_staff(self), requirement_id)
        self.chosen, self.is_open = RequirementView(row, _major(row.turnover)), True
        self.categories = await db.read(_ticks, await current_staff(self), row.category_ids)
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def begin(self):
        self.categories = await db.read(_ticks, await current_staff(self), ())
        self.chosen, self.is_open = None, True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.is_open = False

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def save(self, requirement_id: Line, version: Count, form_data: RequirementFields):
        form, words = form_data.checked, {"version": version, "at": clock.now()}
        staff = await current_staff(self)
        await db.run(service.save, staff, form, requirement_id=requirement_id, **words)
        done = say(N_("Requirement saved."))
        return [RequirementsState.close(False), RequirementsState.load, done]

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def set_active(self, requirement_id: Id, version: Version, is_active: bool):
        words = {"is_active": is_active, "version": version, "at": clock.now()}
        await db.run(service.set_active, await current_staff(self), requirement_id, **words)
        done = N_("Asked for from now on.") if is_active else N_("No longer asked for.")
        return [RequirementsState.load, say(done)]


def page() -> rx.Component:
    return requirements_page(RequirementsState)


def _ticks(session: Session, staff: Staff, chosen: tuple[str, ...]) -> list[CategoryTick]:
    """The upper levels of the tree, and whatever was chosen below them."""
    staff.require(Permission.SELLERS_READ)
    return [
        CategoryTick(node.id, node.name, node.name_zh, node.depth == 0, node.id in chosen)
        for node in tree(session)
        if node.depth < TOP_LEVELS or node.id in chosen
    ]


def _major(minor: int) -> str:
    digits = exponent(settings().currency)
    return f"{Decimal(minor).scaleb(-digits).normalize():f}"


def _minor(field: str, typed: str) -> int:
    try:
        amount = Decimal(typed.strip() or "0").scaleb(exponent(settings().currency))
    except InvalidOperation:
        raise Invalid({field: AMOUNT}) from None
    if not amount.is_finite() or not 0 <= amount <= 10**12 or amount != amount.to_integral_value():
        raise Invalid({field: AMOUNT})
    return int(amount)

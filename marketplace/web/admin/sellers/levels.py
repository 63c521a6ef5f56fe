"""Admin / Sellers / Levels: how far sellers are trusted, and what that spares them."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import reflex as rx
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, Staff
from marketplace.domain.sellers.queries.levels import levels
from marketplace.domain.sellers.service.requirements import save_level
from marketplace.domain.sellers.service.requirements.forms import LevelForm
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Count, Key, Line, Name
from marketplace.web.admin.sellers.figures import code_of, whole
from marketplace.web.admin.sellers.levels_view import levels_page
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff

PERCENT = N_("Write a share from 0 to 100, with at most two decimals.")


@dataclass(frozen=True, slots=True)
class LevelView:
    """Shares in per cent as they are typed, such as 2.5."""

    code: str
    name: str
    name_zh: str
    position: int
    price_band: str
    trusts_images: bool
    sample: str
    most_listings: int
    sellers: int
    version: int


class LevelFields(Form):
    code: Line = ""
    name: Name
    name_zh: Name
    position: Line = ""
    price_band: Line = ""
    trusts_images: Line = ""
    sample: Line = ""
    most_listings: Line = ""

    @property
    def checked(self) -> LevelForm:
        """Raises `Invalid` naming the field."""
        return LevelForm(
            code=code_of(self.code),
            name=self.name,
            name_zh=self.name_zh,
            position=whole("position", self.position, most=100),
            price_band_bps=_bps("price_band", self.price_band),
            trusts_images=bool(self.trusts_images),
            sample_bps=_bps("sample", self.sample),
            most_listings=whole("most_listings", self.most_listings, least=1, most=10_000_000),
        )


class LevelsState(rx.State):
    """The levels, the least trusted first, and the dialog that is open."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[LevelView]] = rx.field(default_factory=list)
    chosen: rx.Field[LevelView | None] = rx.field(None)
    is_open: rx.Field[bool] = rx.field(False)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def load(self):
        self.rows = await db.read(_shown, await current_staff(self))
        self.is_loaded = True

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def open(self, code: Key):
        rows = await db.read(_shown, await current_staff(self))
        self.chosen, self.is_open = next((one for one in rows if one.code == code), None), True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE)
    async def begin(self):
        self.chosen, self.is_open = None, True
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_READ)
    async def close(self, is_open: bool):
        self.is_open = False

    @rx.event
    @allows(Audience.STAFF, Permission.SELLERS_MANAGE, is_change=True)
    async def save(self, version: Count, form_data: LevelFields):
        form, at = form_data.checked, clock.now()
        await db.run(save_level, await current_staff(self), form, version=version, at=at)
        return [LevelsState.close(False), LevelsState.load, say(N_("Level saved."))]


def page() -> rx.Component:
    return levels_page(LevelsState)


def _shown(session: Session, staff: Staff) -> list[LevelView]:
    staff.require(Permission.SELLERS_READ)
    return [
        LevelView(
            one.code,
            one.name,
            one.name_zh,
            one.position,
            _percent(one.price_band_bps),
            one.trusts_images,
            _percent(one.sample_bps),
            one.most_listings,
            one.sellers,
            one.version,
        )
        for one in levels(session)
    ]


def _percent(bps: int) -> str:
    return f"{Decimal(bps) / 100:f}"


def _bps(field: str, typed: str) -> int:
    try:
        bps = Decimal(typed.strip() or "x") * 100
    except InvalidOperation:
        raise Invalid({field: PERCENT}) from None
    if not bps.is_finite() or not 0 <= bps <= 10_000 or bps != bps.to_integral_value():
        raise Invalid({field: PERCENT})
    return int(bps)

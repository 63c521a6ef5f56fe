"""Admin / Catalog / Categories: the tree, and the category that is open."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.queries import taxonomy as queries
from marketplace.domain.catalog.queries.taxonomy import (
    CategoryView,
    RetirePreview,
    TreeRow,
)
from marketplace.domain.catalog.rules.taxonomy import CategoryForm, Named, TemplateDeed
from marketplace.domain.catalog.service import taxonomy as service
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Version
from marketplace.web.admin.catalog.category_detail import detail
from marketplace.web.admin.catalog.category_dialogs import dialogs
from marketplace.web.admin.catalog.category_tree import tree
from marketplace.web.admin.catalog.pieces import MaybeId, basis_points
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import number
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.layout import page_header

Kind = Literal["new", "move", "retire"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]


class CategoryFields(Form):
    """The form as the browser sends it: everything is text."""

    name: Line
    name_zh: Line
    slug: Line = ""
    icon: Line = ""
    about: Text = ""
    about_zh: Text = ""
    google_category: Line = ""
    return_days: Line = "7"
    commission: Line = ""
    is_restricted: Line = ""

    @property
    def checked(self) -> CategoryForm:
        """Raises `Invalid` by field."""
        if not (self.return_days.isdecimal() and int(self.return_days) <= 365):
            raise Invalid({"return_days": N_("Enter a whole number of days up to 365.")})
        if len(self.name) > 80 or len(self.name_zh) > 80:
            raise Invalid({"name": N_("At most 80 characters.")})
        return CategoryForm(
            **self.model_dump(exclude={"return_days", "commission", "is_restricted"}),
            return_days=int(self.return_days),
            commission_bps=basis_points(self.commission, "commission"),
            is_restricted=bool(self.is_restricted),
        )


class CategoriesState(rx.State):
    """As much of the tree as fits, the open category, and the dialog that is open."""

    is_loaded: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[TreeRow]] = rx.field(default_factory=list)
    total: rx.Field[int] = rx.field(0)
    is_cut: rx.Field[bool] = rx.field(False)
    search: rx.Field[str] = rx.field("")
    chosen: rx.Field[CategoryView | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")
    places: rx.Field[list[Named]] = rx.field(default_factory=list)
    preview: rx.Field[RetirePreview | None] = rx.field(None)
    into: rx.Field[str] = rx.field("")
    addable: rx.Field[list[Named]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        asked = {key: self.router.url.query_parameters.get(key, "")[:80] for key in ("id", "q")}
        words = {"chosen_id": asked["id"], "search": asked["q"]}
        seen = await db.read(queries.categories_screen, await current_staff(self), **words)
        self.rows, self.chosen, self.addable = seen.rows, seen.chosen, seen.addable
        self.total, self.is_cut, self.search, self.is_loaded, self.dialog = (
            seen.total, seen.is_cut, asked["q"], True, "",
        )  # fmt: skip

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def find(self, search: Line):
        return rx.redirect(_address(self.chosen.node.id if self.chosen else "", search[:80]))

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def ask(self, kind: Kind):
        chosen = self.chosen.node.id if self.chosen else ""
        self.places = await db.read(queries.possible_parents, await current_staff(self), chosen)
        self.dialog, self.into, self.preview = kind, "", None
        return [CategoriesState.weigh(""), clear_errors()] if kind == "retire" else clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def weigh(self, into: MaybeId):
        chosen = self.chosen.node.id if self.chosen else ""
        self.preview = await db.read(
            queries.retire_preview, await current_staff(self), chosen, into
        )
        self.into = into

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def create(self, parent_id: MaybeId, form_data: CategoryFields):
        form = form_data.checked
        made = await db.run(
            service.create_category, await current_staff(self), form, parent_id=parent_id,
            at=clock.now(),
        )  # fmt: skip
        return [rx.redirect(_address(made, "")), say(N_("Category created."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def save(self, category_id: Id, version: Version, form_data: CategoryFields):
        form, words = form_data.checked, {"version": version, "at": clock.now()}
        await db.run(service.update_category, await current_staff(self), category_id, form, **words)
        return [CategoriesState.load, clear_errors(), say(N_("Category saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def shift(self, category_id: Id, step: Literal[-1, 1]):
        await db.run(
            service.shift_category, await current_staff(self), category_id, step=step,
            at=clock.now(),
        )  # fmt: skip
        return CategoriesState.load

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def move(self, category_id: Id, version: Version, parent_id: MaybeId):
        words = {"parent_id": parent_id, "version": version, "at": clock.now()}
        await db.run(service.move_category, await current_staff(self), category_id, **words)
        return [CategoriesState.load, say(N_("Moved, with everything below it."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def retire(self, category_id: Id, version: Version, into: MaybeId):
        words = {"into": into, "version": version, "at": clock.now()}
        moved = await db.run(
            service.retire_category, await current_staff(self), category_id, **words
        )
        return [CategoriesState.load, say(N_("Retired. Listings moved: {n}."), n=moved)]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def restore(self, category_id: Id, version: Version):
        words = {"version": version, "at": clock.now()}
        await db.run(service.restore_category, await current_staff(self), category_id, **words)
        return [CategoriesState.load, say(N_("Back in use."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def ask_for(
        self, category_id: Id, attribute_id: Id, deed: TemplateDeed, version: Version
    ):
        words = {"version": version, "at": clock.now()}
        await db.run(
            service.change_template, await current_staff(self), category_id, attribute_id, deed,
            **words,
        )  # fmt: skip
        return CategoriesState.load


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.CATALOG_MANAGE.value)
    return rx.el.div(
        page_header(
            N_("Categories"),
            rx.cond(
                may,
                button(
                    N_("New category"),
                    icon="plus",
                    variant="primary",
                    on_click=CategoriesState.ask("new"),
                ),
            ),
            beside=(rx.el.span(number(CategoriesState.total), class_name="index-count"),),
        ),
        rx.el.div(
            tree(CategoriesState),
            detail(CategoriesState, may),
            class_name="grid gap-4 items-start lg:grid-cols-[minmax(280px,340px)_minmax(0,1fr)]",
        ),
        dialogs(CategoriesState),
        class_name="stack",
    )


def _address(category_id: str, search: str) -> str:
    asked = {"id": category_id, "q": search}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"/admin/categories?{query}" if query else "/admin/categories"

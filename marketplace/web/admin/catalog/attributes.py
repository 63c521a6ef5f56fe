"""Admin / Catalog / Attributes: what goods are described by, and the choices of each."""

from typing import Annotated, Any, Literal

import reflex as rx
from pydantic import StringConstraints

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.queries import taxonomy as queries
from marketplace.domain.catalog.queries.taxonomy import AttributeRow, AttributeView
from marketplace.domain.catalog.rules.taxonomy import AttributeForm, ValueForm
from marketplace.domain.catalog.service import taxonomy as service
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.text import Id, Line, Prose, Version
from marketplace.web.admin.catalog.attribute_drawer import drawers
from marketplace.web.admin.catalog.category_template import TYPES
from marketplace.web.admin.catalog.pieces import listed, named, other_name
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import number, t
from marketplace.web.messages import clear_errors, say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.index_page import (
    BuiltIn,
    Choice,
    Column,
    Empty,
    Index,
    Listing,
    index_page,
)
from marketplace.web.ui.status import badge

Code = Annotated[str, StringConstraints(max_length=40)]
Kind = Literal["new", "open"]


class AttributeFields(Form):
    code: Code = ""
    name: Line
    name_zh: Line
    type: Annotated[str, StringConstraints(max_length=20)]
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    values: Prose = ""
    is_filter: Line = ""
    is_option: Line = ""
    is_restricted: Line = ""

    @property
    def checked(self) -> AttributeForm:
        """Raises `Invalid` by field. `values` holds a choice per line: `Red = 红色, crimson`."""
        if self.type not in TYPES:
            raise Invalid({"type": N_("Choose a type.")})
        if len(self.name) > 80 or len(self.name_zh) > 80:
            raise Invalid({"name": N_("At most 80 characters.")})
        return AttributeForm(
            code=self.code,
            name=self.name,
            name_zh=self.name_zh,
            type=AttributeType(self.type),
            unit=self.unit,
            values=tuple(_value(line) for line in self.values.splitlines() if line.strip()),
            is_filter=bool(self.is_filter),
            is_option=bool(self.is_option),
            is_restricted=bool(self.is_restricted),
        )


class ValueFields(Form):
    code: Code = ""
    name: Line
    name_zh: Line
    synonyms: Line = ""

    @property
    def checked(self) -> ValueForm:
        if len(self.name) > 80 or len(self.name_zh) > 80:
            raise Invalid({"name": N_("At most 80 characters.")})
        return ValueForm(
            code=self.code,
            name=self.name,
            name_zh=self.name_zh,
            synonyms=tuple(word[:80] for word in listed(self.synonyms)),
        )


class AttributesState(rx.State):
    """Attributes as the URL asks for them, and the one that is open."""

    rows: rx.Field[list[AttributeRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)
    chosen: rx.Field[AttributeView | None] = rx.field(None)
    dialog: rx.Field[str] = rx.field("")
    editing: rx.Field[str] = rx.field("")
    merging: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def load(self):
        self.rows, self.listing = await ATTRIBUTES.answer(
            self, queries.list_attributes, await current_staff(self)
        )

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def open(self, attribute_id: Id):
        self.chosen = await db.read(queries.attribute, await current_staff(self), attribute_id)
        self.dialog, self.editing, self.merging = "open", "", ""
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE)
    async def begin(self):
        self.chosen, self.dialog = None, "new"
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def edit_value(self, code: Code):
        self.editing, self.merging = code, ""
        return clear_errors()

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_READ)
    async def merge_from(self, code: Code):
        self.editing, self.merging = "", code

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def create(self, form_data: AttributeFields):
        form, at = form_data.checked, clock.now()
        made = await db.run(service.create_attribute, await current_staff(self), form, at=at)
        done = say(N_("Attribute created. Ask for it in categories."))
        return [AttributesState.load, AttributesState.open(made), done]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def save(self, attribute_id: Id, version: Version, form_data: AttributeFields):
        await db.run(
            _update, await current_staff(self), attribute_id, form_data, version=version,
            at=clock.now(),
        )  # fmt: skip
        done = say(N_("Attribute saved."))
        return [AttributesState.load, AttributesState.open(attribute_id), done]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def save_value(self, attribute_id: Id, version: Version, form_data: ValueFields):
        value, words = form_data.checked, {"version": version, "at": clock.now()}
        await db.run(service.save_value, await current_staff(self), attribute_id, value, **words)
        return [AttributesState.load, AttributesState.open(attribute_id), say(N_("Value saved."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def remove_value(self, attribute_id: Id, version: Version, code: Code):
        words = {"version": version, "at": clock.now()}
        await db.run(service.remove_value, await current_staff(self), attribute_id, code, **words)
        return [AttributesState.load, AttributesState.open(attribute_id), say(N_("Value removed."))]

    @rx.event
    @allows(Audience.STAFF, Permission.CATALOG_MANAGE, is_change=True)
    async def merge(self, attribute_id: Id, version: Version, away: Code, into: Code):
        words = {"version": version, "at": clock.now()}
        await db.run(
            service.merge_values, await current_staff(self), attribute_id, away, into, **words
        )
        done = say(N_("Merged. Listings that say the old word mean the new one."))
        return [AttributesState.load, AttributesState.open(attribute_id), done]


def _update(
    session: Any, staff: Any, attribute_id: str, sent: AttributeFields, **words: Any
) -> None:
    """The form of an attribute there is leaves its choices alone; those are edited one by one."""
    view = queries.attribute(session, staff, attribute_id)
    values = tuple(
        ValueForm(code=v.code, name=v.name, name_zh=v.name_zh, synonyms=listed(v.synonyms))
        for v in view.choices
    )
    form = sent.checked.model_copy(update={"values": values})
    service.update_attribute(session, staff, attribute_id, form, **words)


def _value(line: str) -> ValueForm:
    """`English = Chinese, synonym, synonym`."""
    name, _, rest = line.partition("=")
    name_zh, *synonyms = listed(rest) or ("",)
    return ValueForm(
        name=name.strip()[:80],
        name_zh=name_zh[:80],
        synonyms=tuple(word[:80] for word in synonyms),
    )


def _uses(row: rx.vars.ObjectVar[AttributeRow]) -> rx.Component:
    return rx.el.span(
        rx.cond(row.is_filter, badge(N_("Filter"))),
        rx.cond(row.is_option, badge(N_("Variants"), "info")),
        rx.cond(row.is_restricted, badge(N_("Reviewed"), "warn")),
        class_name="inline-flex flex-wrap gap-1",
    )


def _type(row: rx.vars.ObjectVar[AttributeRow]) -> rx.Component:
    return rx.el.span(
        rx.match(row.type, *[(key, t(text)) for key, text in TYPES.items()], row.type),
        rx.cond(row.unit != "", rx.el.span(" · ", row.unit, class_name="meta")),
    )


def _name(row: rx.vars.ObjectVar[AttributeRow]) -> rx.Component:
    return rx.fragment(named(row), rx.el.span(other_name(row), class_name="meta ml-2"))


ATTRIBUTES = Index(
    page="/admin/attributes",
    audience=Audience.STAFF,
    permission=Permission.CATALOG_READ,
    title=N_("Attributes"),
    columns=(
        Column("name", N_("Attribute"), _name, sort="name"),
        Column(
            "code",
            N_("Code"),
            lambda row: rx.el.span(row.code, class_name="mono"),
            sort="code",
            on_phone="hidden",
        ),
        Column("type", N_("Type"), _type),
        Column("values", N_("Values"), lambda row: number(row.value_count), is_number=True),
        Column("uses", N_("Used for"), _uses, on_phone="status"),
        Column(
            "categories",
            N_("Categories"),
            lambda row: number(row.categories),
            sort="categories",
            is_number=True,
        ),
        Column("required", N_("Required in"), lambda row: number(row.required_in), is_number=True),
    ),
    sorts=("name", "code", "-categories"),
    filters=(
        Choice("type", N_("Type"), TYPES),
        Choice(
            "use",
            N_("Used for"),
            {
                "filter": N_("Filter"),
                "option": N_("Variants"),
                "restricted": N_("Reviewed"),
            },
        ),
    ),
    built_in=(
        BuiltIn("options", N_("Variants differ by"), "use=option"),
        BuiltIn("filters", N_("Filters"), "use=filter"),
    ),
    searches=N_("Search name, code or value"),
)


def page() -> rx.Component:
    may = ShellState.permissions.contains(Permission.CATALOG_MANAGE.value)
    new = rx.cond(
        may,
        button(N_("New attribute"), icon="plus", variant="primary", on_click=AttributesState.begin),
    )
    return rx.el.div(
        index_page(
            ATTRIBUTES,
            AttributesState,
            AttributesState.rows,
            primary=new,
            name=named,
            on_open=lambda row: AttributesState.open(row.id),
            empty=Empty(
                N_("No attributes yet"),
                N_("Colour, size, material: what buyers compare goods by."),
            ),
        ),
        drawers(AttributesState, may),
    )

"""Builds a list page out of an `Index` and a state (ux.md C1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.domain.access.models import LABELS, Permission
from marketplace.web.shell import ShellState
from marketplace.web.ui.index_page.listing import Choice, Column, Day, Filter, Index
from marketplace.web.ui.index_page.pieces import (
    BulkAction,
    IndexCell,
    IndexPage,
    IndexRow,
    IndexRowActions,
)
from marketplace.web.views import ViewsState

Handler = Any
"""`SomeState.some_handler`, as Reflex types it."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Something to do with the ticked rows: `handler(ids)`.

    `confirm` is the sentence asked first, with `{n}` for how many; empty: reversible, done at once.
    `on_all`, an event, does it with everything that the list has on all its pages: where some
    action has it, the reader may choose that. It is confirmed first, unless it `asks` by itself.
    """

    label: str
    handler: Handler
    permission: Permission
    confirm: str = ""
    is_danger: bool = False
    on_all: Any = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """First use: what this list will be good for, and the one button that begins it."""

    title: str
    text: str
    action: rx.Component | None = None


def index_page(
    index: Index,
    state: Any,
    rows: Any,
    *,
    primary: rx.Component | None = None,
    secondary: rx.Component | None = None,
    bulk: Sequence[Bulk] = (),
    name: Callable[[Any], rx.Var[str]],
    href: Callable[[Any], Any] | None = None,
    on_open: Callable[[Any], Any] | None = None,
    actions: Callable[[Any], Sequence[rx.Component]] | None = None,
    empty: Empty,
    notice: rx.Component | None = None,
    has_heading: bool = True,
) -> rx.Component:
    """The whole page. `state` has `load` and `listing`; `rows` is its list, each row with an `id`.

    `primary` is the main button, `secondary` a menu beside it, `notice` what is told under both.
    `name` says a row in words, for screen readers. A row opens at `href(row)`, or by the event
    `on_open(row)`. `actions(row)` are at most two buttons and a menu, shown when the row is
    pointed at or focused.
    """

    def row(item: Any) -> rx.Component:
        opening: dict[str, Any] = {}
        if href is not None:
            opening["href"] = href(item)
        elif on_open is not None:
            opening["on_open"] = on_open(item)
        return IndexRow.create(
            IndexRowActions.create(*actions(item)) if actions else rx.fragment(),
            *[
                IndexCell.create(column.cell(item), column=column.key, key=column.key)
                for column in index.columns
            ],
            row_id=item.id,
            name=name(item),
            key=item.id,
            **opening,
        )

    return rx.el.div(
        IndexPage.create(
            rx.fragment(primary) if primary else rx.fragment(),
            rx.fragment(secondary) if secondary else rx.fragment(),
            rx.fragment(*[_bulk_action(each) for each in bulk]),
            rx.fragment(empty.action) if empty.action else rx.fragment(),
            rx.fragment(rx.foreach(rows, row)),
            rx.fragment(notice) if notice else rx.fragment(),
            spec=_spec(index, empty, bulk, has_heading=has_heading),
            listing=state.listing,
            views=rx.cond(ViewsState.page == index.page, ViewsState.views, []),
            allowed=ShellState.permissions.contains(index.permission.value),
            on_retry=state.load,
            **_view_events(index.page),
        ),
        on_mount=ViewsState.show(index.page),
    )


def _view_events(page: str) -> dict[str, Any]:
    """What the tabs' menus do: always with the page, so that a forgotten state loses nothing."""
    save: Any = ViewsState.save
    return {
        "on_save_view": lambda name, query, columns, shared: save(
            page, name, query, columns, shared
        ),
        "on_update_view": lambda view, query, columns: ViewsState.update_query(
            page, view, query, columns
        ),
        "on_rename_view": lambda view, name: ViewsState.rename(page, view, name),
        "on_share_view": lambda view, shared: ViewsState.share(page, view, shared),
        "on_default_view": lambda view, default: ViewsState.make_default(page, view, default),
        "on_delete_view": lambda view: ViewsState.delete(page, view),
    }


def _bulk_action(bulk: Bulk) -> rx.Component:
    everything = {"on_run_all": bulk.on_all} if bulk.on_all is not None else {}
    return rx.cond(
        ShellState.permissions.contains(bulk.permission.value),
        BulkAction.create(
            label=bulk.label,
            confirm=bulk.confirm,
            danger=bulk.is_danger,
            asks=bulk.asks,
            on_run=bulk.handler,
            **everything,
        ),
    )


def _spec(index: Index, empty: Empty, bulk: Sequence[Bulk], *, has_heading: bool) -> dict[str, Any]:
    return {
        "page": index.page,
        "title": index.title,
        "searches": index.searches,
        "permission": LABELS[index.permission],
        "sorts": list(index.sorts),
        "columns": [_column(column) for column in index.columns],
        "filters": [_filter(each) for each in index.filters],
        "views": [{"id": v.key, "name": v.label, "query": v.query} for v in index.built_in],
        "emptyTitle": empty.title,
        "emptyText": empty.text,
        "hasBulk": bool(bulk),
        "canTakeAll": any(each.on_all is not None for each in bulk),
        "hasHeading": has_heading,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "sort": column.sort,
        "isNumber": column.is_number,
        "onPhone": column.on_phone,
        "isShown": column.is_shown,
    }


def _filter(each: Filter) -> dict[str, Any]:
    plain = {"key": each.key, "label": each.label}
    match each:
        case Choice(options=dict() as options):
            listed = [{"value": value, "label": label} for value, label in options.items()]
            return {**plain, "kind": "choice", "options": listed}
        case Choice(options=options):
            return {**plain, "kind": "choice", "options": options}
        case Day():
            return {**plain, "kind": "day", "options": []}
        case _:
            return {**plain, "kind": "text", "options": []}

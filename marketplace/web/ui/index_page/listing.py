"""What a list is: its columns, filters, orders and views; and how its URL becomes rows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

import reflex as rx
import structlog
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import Actor, Audience, Permission
from marketplace.kit.errors import DomainError
from marketplace.kit.ids import public_number
from marketplace.kit.paging import ListQuery, Page
from marketplace.web import views

A = TypeVar("A", bound=Actor)
P = ParamSpec("P")
R = TypeVar("R")
Cell = Callable[[Any], rx.Component | rx.Var[Any]]
log = structlog.get_logger("web")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. The first of an index is its title: a link, never hidden.

    `sort` names one of the index's orders. `on_phone` is its place on the card that a row
    becomes below 768 px.
    """

    key: str
    label: str
    cell: Cell
    sort: str = ""
    is_number: bool = False
    on_phone: Literal["fact", "status", "hidden"] = "fact"
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter by some of a few values: `{value: label}`, or a state's list of `Option`."""

    key: str
    label: str
    options: dict[str, str] | Any


@dataclass(frozen=True, slots=True)
class Text:
    """A filter by an exact text."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Day:
    """A filter by a day, `2026-11-24`, of the marketplace's time zone."""

    key: str
    label: str


Filter = Choice | Text | Day


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter whose values come from the database."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A view every reader of the page has beside *All*; `query` as in the URL: `state=disabled`."""

    key: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the browser is told about the rows it got: which question they answer."""

    ids: list[str] = field(default_factory=list)
    total: int = 0
    page: int = 1
    size: int = 25
    asked: str | None = None
    """The query string the rows answer; None before the first answer."""
    reference: str = ""
    """The number of the failure, if there was one."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A list page. `page` is its address; the first of `sorts` is the usual order (`-` down)."""

    page: str
    audience: Audience
    permission: Permission
    title: str
    columns: tuple[Column, ...]
    sorts: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    built_in: tuple[BuiltIn, ...] = ()
    searches: str = ""
    """Placeholder of the search box, naming what it searches; empty: no search."""

    def __post_init__(self) -> None:
        views.register(self.page, self.audience, self.permission)

    def asked(self, state: rx.State) -> ListQuery:
        """The URL's question, every value checked or dropped."""
        allowed = {
            each.key: tuple(each.options)
            if isinstance(each, Choice) and isinstance(each.options, dict)
            else None
            for each in self.filters
        }
        return ListQuery.parse(state.router.url.query_parameters, filters=allowed, sorts=self.sorts)

    async def answer(
        self,
        state: rx.State,
        find: Callable[Concatenate[Session, A, ListQuery, P], Page[R]],
        actor: A,
        *args: P.args,
        **words: P.kwargs,
    ) -> tuple[list[R], Listing]:
        """Rows of `find(session, actor, query, …)` and what the page says about them.

        A page beyond the last one shows the last. A bug shows the card with a reference number
        and *Retry*, where a toast would leave an empty page behind.
        """
        query, url = self.asked(state), state.router.url.query
        try:
            found = await db.read(find, actor, query, *args, **words)
            if not found.rows and found.total:
                query = replace(query, page=-(-found.total // query.size))
                found = await db.read(find, actor, query, *args, **words)
        except DomainError:
            raise
        except Exception:
            number = public_number("ERR")
            log.exception("list failed", number=number, page=self.page)
            return [], Listing(asked=url, reference=number)
        return found.rows, Listing(
            [str(getattr(row, "id", "")) for row in found.rows],
            found.total,
            query.page,
            query.size,
            url,
        )

"""Every page: address, title, view, loader, audience. No page registers itself elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience, Permission
from marketplace.kit.languages import N_
from marketplace.web.storefront import home


@dataclass(frozen=True, slots=True)
class Page:
    route: str
    title: str
    view: Callable[[], rx.Component]
    load: tuple[Any, ...]
    audience: Audience
    permission: Permission | None = None


PAGES: tuple[Page, ...] = (
    Page("/", N_("Jishi, a market of independent shops"), home.page, (), Audience.PUBLIC),
)


def add_pages(app: rx.App) -> None:
    """Public pages also live under `/zh` (DESIGN D9)."""
    for page in PAGES:
        add = [page.route]
        if page.audience is Audience.PUBLIC:
            add.append("/zh" + page.route.rstrip("/"))
        for route in add:
            app.add_page(page.view, route=route, title=page.title, on_load=list(page.load))

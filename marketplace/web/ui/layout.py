"""The parts every office page is made of: header, breadcrumb, cards, two columns (ux.md C2)."""

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon
from marketplace.web.ui.wording import Content, Text, content, has, worded

Crumb = tuple[Text, str]


def page_header(
    title: Content,
    *actions: rx.Component,
    subtitle: Content = "",
    crumbs: tuple[Crumb, ...] = (),
    beside: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """The page's `h1`. `beside` are pills and ids next to it, `actions` stand at the right."""
    head = [rx.el.div(rx.el.h1(content(title), class_name="h1"), *beside, class_name="title-line")]
    if has(subtitle):
        head.append(rx.el.div(content(subtitle), class_name="lead"))
    return rx.el.header(
        breadcrumb(*crumbs) if crumbs else rx.fragment(),
        rx.el.div(
            rx.el.div(*head, class_name="min-w-0"),
            rx.el.div(*actions, class_name="page-actions") if actions else rx.fragment(),
            class_name="page-head",
        ),
    )


def breadcrumb(*crumbs: Crumb) -> rx.Component:
    """The pages above this one, outermost first; the page itself is the title below."""
    items: list[rx.Component] = []
    for at, (text, href) in enumerate(crumbs):
        if at:
            items.append(rx.el.li(icon("chevron-right", 12), aria_hidden="true"))
        items.append(rx.el.li(rx.el.a(worded(text), href=href)))
    return rx.el.nav(rx.el.ol(*items), aria_label=t("Breadcrumb"), class_name="crumbs")


def card(
    *body: rx.Component,
    title: Content = "",
    subtitle: Content = "",
    actions: tuple[rx.Component, ...] = (),
    is_flush: bool = False,
    class_name: str = "",
) -> rx.Component:
    """`is_flush` leaves the body without padding, for tables and lists."""
    inside = rx.fragment(*body) if is_flush else rx.el.div(*body, class_name="card-body stack")
    if not has(title):
        return rx.el.section(inside, class_name=f"card {class_name}".strip())
    words: list[rx.Component] = [rx.el.h2(content(title), class_name="h3")]
    if has(subtitle):
        words.append(rx.el.span(content(subtitle), class_name="meta"))
    head = rx.el.div(
        rx.el.div(*words, class_name="card-words"),
        rx.el.div(*actions, class_name="row") if actions else rx.fragment(),
        class_name="card-head",
    )
    return rx.el.section(head, inside, class_name=f"card {class_name}".strip())


def detail_page(
    header: rx.Component,
    main: tuple[rx.Component, ...],
    side: tuple[rx.Component, ...],
    *,
    below: tuple[rx.Component, ...] = (),
    is_side_first: bool = False,
) -> rx.Component:
    """Two thirds and one third; on a phone below each other, with `is_side_first` for money."""
    order = "detail detail-side-first" if is_side_first else "detail"
    return rx.el.div(
        header,
        rx.el.div(
            rx.el.div(*main, class_name="stack detail-main"),
            rx.el.aside(*side, class_name="stack detail-side", aria_label=t("At a glance")),
            class_name=order,
        ),
        *below,
        class_name="stack",
    )

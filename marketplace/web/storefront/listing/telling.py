"""What the seller tells of a listing: pictures, description, details."""

import reflex as rx

from marketplace.flows.shown_listing import Fact, ListingView, Passage
from marketplace.web.i18n import t
from marketplace.web.storefront.listing.state import ListingPageState
from marketplace.web.storefront.pictures import picture
from marketplace.web.storefront.wording import in_language, named
from marketplace.web.ui.icon import icon
from marketplace.web.ui.prose import prose

IN_GALLERY = "(min-width: 1024px) 760px, 100vw"
IN_TEXT = "(min-width: 640px) 320px, 50vw"
"""How wide pictures are drawn; the same in `templates/public/listing.html`."""


def gallery(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    """Pictures side by side to swipe or scroll, that of the chosen kind first; the small ones are
    links to them."""
    return rx.el.div(
        rx.el.ul(
            rx.foreach(
                ListingPageState.images,
                lambda image, place: rx.el.li(
                    picture(
                        image.large,
                        in_language(image.alt, image.alt_zh),
                        960,
                        "block w-full h-auto aspect-square object-cover",
                        focus=image.focus,
                        is_late=place.to(int) > 0,
                        small=(image.medium, IN_GALLERY),
                    ),
                    id=image.id,
                    class_name="shrink-0 w-full snap-start bg-[var(--sunken)]",
                ),
            ),
            tab_index=0,
            aria_label=t("Pictures"),
            class_name="flex overflow-x-auto snap-x snap-mandatory rounded-[14px]",
            # made anew when another comes first: browsers keep to the picture they stood at
            key=ListingPageState.images[0].id,
        ),
        rx.el.ul(
            rx.foreach(
                view.images,
                lambda image: rx.el.li(
                    rx.el.a(
                        picture(
                            image.small,
                            "",
                            64,
                            "rounded-[8px] w-[64px] h-[64px] object-cover bg-[var(--sunken)]",
                            focus=image.focus,
                        ),
                        href="#" + image.id.to(str),
                        aria_label=in_language(image.alt, image.alt_zh),
                    )
                ),
            ),
            class_name="flex flex-wrap gap-2 mt-3",
        ),
        rx.cond(
            view.video_url != "",
            rx.el.a(
                icon("circle-play", 18),
                t("Watch the video"),
                icon("external-link", 14),
                href=view.video_url,
                target="_blank",
                rel="nofollow noopener noreferrer",
                class_name="btn mt-4",
            ),
        ),
        class_name="min-w-0",
    )


def passage(passage: rx.vars.ObjectVar[Passage]) -> rx.Component:
    return rx.el.div(
        prose(in_language(passage.html, passage.html_zh)),
        rx.cond(
            passage.images.length() > 0,
            rx.el.div(
                rx.foreach(
                    passage.images,
                    lambda image: picture(
                        image.large,
                        in_language(image.alt, image.alt_zh),
                        480,
                        "rounded-[10px] w-full h-auto",
                        is_late=True,
                        small=(image.medium, IN_TEXT),
                    ),
                ),
                class_name=rx.cond(
                    passage.kind == "columns", "grid gap-3", "grid grid-cols-2 gap-3 mt-4"
                ),
            ),
        ),
        rx.cond(
            passage.rows.length() > 0,
            rx.el.div(
                rx.el.table(
                    rx.el.tbody(
                        rx.foreach(
                            passage.rows,
                            lambda row: rx.el.tr(
                                rx.foreach(
                                    row, lambda cell: rx.el.td(cell, class_name="py-1 pr-4")
                                ),
                                class_name="border-b border-[var(--line)]",
                            ),
                        )
                    ),
                    class_name="text-[14px]",
                ),
                class_name="overflow-x-auto mt-4",
                tab_index=0,
                role="region",
                aria_label=t("Table"),
            ),
        ),
        class_name=rx.cond(
            passage.kind == "columns", "mb-5 grid gap-4 items-start sm:grid-cols-2", "mb-5"
        ),
    )


def facts(view: rx.vars.ObjectVar[ListingView]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("Details"), class_name="text-[20px] font-semibold mb-4"),
        rx.el.dl(rx.foreach(view.facts, _fact), class_name="text-[14px]"),
    )


def _fact(fact: rx.vars.ObjectVar[Fact]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(named(fact), class_name="text-[var(--ink-2)]"),
        rx.el.dd(in_language(fact.value, fact.value_zh)),
        class_name="grid grid-cols-[140px_minmax(0,1fr)] gap-3 py-2 border-b border-[var(--line)]",
    )

"""Files as readers see them: a picture with its focal point, a document to download."""

from typing import Any

import reflex as rx

from marketplace.web.i18n import t
from marketplace.web.ui.icon import icon
from marketplace.web.ui.media.scripts import script


def picture(
    url: str | rx.Var[str],
    alt: str | rx.Var[str],
    *,
    size: int = 40,
    focal_x: Any = 50,
    focal_y: Any = 50,
    class_name: str = "",
) -> rx.Component:
    """A square of `size` px, cropped around the focal point; quiet paper where there is none."""
    box = {"width": f"{size}px", "height": f"{size}px"}
    return rx.cond(
        url != "",
        rx.el.img(
            src=url,
            alt=alt,
            loading="lazy",
            decoding="async",
            class_name=f"media-picture {class_name}",
            style={**box, "object_position": f"{focal_x}% {focal_y}%"},
        ),
        rx.el.span(
            icon("image", 16), class_name=f"media-picture media-blank {class_name}", style=box
        ),
    )


def document_link(media_id: str | rx.Var[str], name: str | rx.Var[str] = "") -> rx.Component:
    """Downloads a private document; who may is decided when it is asked for, and written down."""
    return rx.el.a(
        icon("download", 14),
        rx.cond(name != "", name, t("Download")),
        href=f"/files/document/{media_id}",
        reload_document=True,
        class_name="link media-document",
    )


class _Paper(rx.Component):
    library = script("paper.jsx")
    tag = "Paper"
    src: rx.Var[str]
    alt: rx.Var[str]


def document_preview(media_id: str | rx.Var[str], alt: str | rx.Var[str]) -> rx.Component:
    """A document that is a picture, to be enlarged and turned within the page.

    It counts as read: use it where it is read.
    """
    return _Paper.create(src=f"/files/document/{media_id}", alt=alt)

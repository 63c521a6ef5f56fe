"""Samples of what takes and shows files; what is uploaded here nobody uses, so it goes after a day."""

import reflex as rx

from marketplace.domain.media.queries import DropFile, GalleryPicture
from marketplace.kit.languages import N_
from marketplace.web.i18n import t
from marketplace.web.messages import say
from marketplace.web.ui.layout import card
from marketplace.web.ui.media import drop, gallery, picture

SAMPLES = [
    GalleryPicture(
        id=f"sample{number}",
        url=address,
        url_960=address,
        alt=alt,
        alt_zh=alt_zh,
        focal_x=focal_x,
    )
    for number, (address, alt, alt_zh, focal_x) in enumerate(
        [
            ("/art/hero.svg", "Market street", "集市街景", 50),
            ("/favicon.svg", "The mark of Jishi", "", 30),
        ]
    )
]


def files() -> rx.Component:
    return rx.el.div(
        card(
            rx.el.div(
                drop(
                    N_("Logo"),
                    hat="staff",
                    hint=N_("Square, at least 480 pixels."),
                    on_done=say(N_("Saved.")),
                ),
                drop(
                    N_("Banner"),
                    hat="staff",
                    shape="banner",
                    is_required=False,
                    file=DropFile(
                        id="sample", name="banner.webp", url="/art/hero.svg", status="ready"
                    ),
                ),
                drop(N_("Table of products"), hat="staff", purpose="table"),
                drop(N_("Business licence"), hat="staff", purpose="document", is_disabled=True),
                class_name="stack",
            )
        ),
        card(gallery(rx.Var.create(SAMPLES), hat="staff")),
        card(
            rx.el.div(
                picture("/favicon.svg", t("The mark of Jishi"), size=64),
                picture("", "", size=64),
                class_name="row",
            )
        ),
        class_name="stack",
    )

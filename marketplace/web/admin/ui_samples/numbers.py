"""Samples of numbers, a chart and long tasks."""

import reflex as rx

from marketplace.kit.languages import N_
from marketplace.web.admin.ui_samples.data import LATELY
from marketplace.web.i18n import t
from marketplace.web.ui.button import button
from marketplace.web.ui.charts import bars
from marketplace.web.ui.dashboard import chart_card, delta, kpi_card
from marketplace.web.ui.jobs import job_card

DAYS = [{"day": f"{n} Nov", "gmv": 40 + (n * 37) % 60} for n in range(1, 15)]


def numbers() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            kpi_card(
                N_("GMV paid today"),
                rx.Var.create("¥1,284,610"),
                change=delta(N_("12.4% more than a week ago"), direction="up", is_good=True),
                definition=N_("Paid orders before refunds, shipping included."),
                points=[1, 2, 2, 5, 8, 9, 12],
                before=[2, 3, 3, 4, 6, 8, 9, 9, 10],
                href="/admin/ui",
            ),
            kpi_card(
                N_("Effective take rate"),
                rx.Var.create("8.42%"),
                change=delta(N_("0.31 points less"), direction="down", is_good=False),
                points=[9, 8, 8, 7, 7, 6, 6],
            ),
            kpi_card(
                N_("Orders"),
                rx.Var.create("6,932"),
                change=delta(N_("as a week ago")),
                points=[4, 4, 5, 4, 4],
            ),
            class_name="grid gap-3 sm:grid-cols-2 lg:grid-cols-3",
        ),
        chart_card(
            N_("GMV by day"),
            N_("Best on 8 November, in thousands of yuan."),
            bars(DAYS, x="day", y="gmv", name=N_("GMV")),
            rx.el.table(
                rx.el.thead(rx.el.tr(rx.el.th(t("Day")), rx.el.th(t("GMV"), class_name="num"))),
                rx.el.tbody(
                    *[
                        rx.el.tr(rx.el.td(day["day"]), rx.el.td(day["gmv"], class_name="num"))
                        for day in DAYS
                    ]
                ),
                class_name="table",
            ),
        ),
        class_name="stack",
    )


def tasks() -> rx.Component:
    return rx.el.div(
        job_card(
            N_("Export of orders"),
            status=rx.Var.create("running"),
            done=3400,
            total=12000,
            started_at=LATELY,
            actions=(button(N_("Cancel"), is_small=True),),
        ),
        job_card(
            N_("Recalculate rankings"),
            status=rx.Var.create("queued"),
            done=0,
            total=0,
            started_at=LATELY,
        ),
        job_card(
            N_("Export of orders"),
            status=rx.Var.create("done"),
            done=12000,
            total=12000,
            started_at=LATELY,
            actions=(button(N_("Download"), icon="download", is_small=True),),
        ),
        job_card(
            N_("Import of listings"),
            status=rx.Var.create("failed"),
            done=120,
            total=400,
            started_at=LATELY,
            error=N_("Row 121: the SKU is already taken."),
        ),
        class_name="grid gap-3 lg:grid-cols-2",
    )

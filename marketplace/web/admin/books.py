"""Admin / Books: the invariants, green or red, with their offenders (DESIGN part 1)."""

from dataclasses import dataclass

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.flows.verify import BooksCheck, Finding, Offender, kept_witness, last_check
from marketplace.flows.verify import check_books as check
from marketplace.integrations import storage
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.i18n import moment, number, t, tn
from marketplace.web.session import current_staff
from marketplace.web.ui.button import button
from marketplace.web.ui.icon import icon


@dataclass(frozen=True, slots=True)
class BookLine:
    """One invariant on the page."""

    id: str
    title: str
    is_green: bool
    count: int
    offenders: list[Offender]


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of the audit chain, here and as it was last kept elsewhere."""

    seq: int = 0
    seal: str = ""
    kept_seq: int = 0
    kept_seal: str = ""


class BooksState(rx.State):
    """The last check of the timer, or the one just asked for."""

    lines: rx.Field[list[BookLine]] = rx.field(default_factory=list)
    red: rx.Field[int] = rx.field(0)
    at: rx.Field[str] = rx.field("")
    is_loaded: rx.Field[bool] = rx.field(False)
    shows_red_only: rx.Field[bool] = rx.field(False)
    seal: rx.Field[Seal] = rx.field(default_factory=Seal)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.BOOKS_READ)
    async def load(self):
        kept = kept_witness(storage())
        self._show(await db.read(last_check, await current_staff(self), witness=kept))

    @rx.event
    @allows(Audience.STAFF, Permission.BOOKS_READ, rate=Rate.COSTLY)
    async def check_now(self):
        kept, at = kept_witness(storage()), clock.now()
        self._show(await db.read(check, await current_staff(self), at=at, witness=kept))

    @rx.event
    @allows(Audience.STAFF, Permission.BOOKS_READ)
    async def narrow(self, is_red_only: bool):
        self.shows_red_only = is_red_only

    def _show(self, found: BooksCheck) -> None:
        self.lines = [_line(finding) for finding in found.findings]
        self.red = sum(1 for line in self.lines if not line.is_green)
        kept = found.witness
        self.seal = Seal(
            found.head.seq,
            _short(found.head.seal),
            kept.seq if kept else 0,
            _short(kept.seal) if kept else "",
        )
        self.at, self.is_loaded = found.at, True


def _line(finding: Finding) -> BookLine:
    offenders = list(finding.offenders)
    return BookLine(finding.id, finding.title, finding.is_green, len(offenders), offenders)


def _short(seal: str) -> str:
    return f"{seal[:4]} {seal[4:8]} … {seal[-8:-4]} {seal[-4:]}" if seal else ""


def page() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(t("Books"), class_name="h1"),
            button(
                N_("Run checks now"), icon="play", variant="primary", on_click=BooksState.check_now
            ),
            class_name="row-between",
        ),
        rx.cond(BooksState.is_loaded, _verdict()),
        rx.el.div(
            _invariants(),
            _last_seal(),
            class_name="grid gap-4 items-start lg:grid-cols-[1fr_320px]",
        ),
        class_name="stack-lg",
    )


def _verdict() -> rx.Component:
    return rx.el.div(
        rx.cond(
            BooksState.at == "",
            rx.el.div(
                icon("info"),
                t("The books have not been checked yet. The timer does it every 15 minutes."),
                class_name="alert alert-info",
            ),
            rx.cond(
                BooksState.red > 0,
                rx.el.div(
                    icon("circle-x"),
                    rx.el.strong(
                        tn(
                            "{n} of {all} invariants fails.",
                            "{n} of {all} invariants fail.",
                            BooksState.red,
                            all=BooksState.lines.length(),
                        )
                    ),
                    t("Below is what is wrong, and where."),
                    class_name="alert alert-bad",
                ),
                rx.el.div(
                    icon("circle-check"),
                    tn(
                        "The invariant holds.",
                        "All {n} invariants hold.",
                        BooksState.lines.length(),
                    ),
                    class_name="alert alert-good",
                ),
            ),
        ),
        aria_live="polite",
    )


def _invariants() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(t("Invariants"), class_name="h3"),
                rx.cond(
                    BooksState.at != "",
                    rx.el.span(
                        t("checked every 15 minutes, last {time}", time=moment(BooksState.at)),
                        class_name="meta",
                    ),
                ),
                class_name="row",
            ),
            rx.el.div(
                _narrowing(False, t("All {n}", n=BooksState.lines.length())),
                _narrowing(True, t("Failing {n}", n=BooksState.red)),
                role="group",
                aria_label=t("Which invariants"),
                class_name="row",
            ),
            class_name="card-head",
        ),
        rx.el.ul(rx.foreach(BooksState.lines, _invariant)),
        class_name="card",
    )


def _narrowing(is_red_only: bool, text: rx.Var[str]) -> rx.Component:
    return button(
        text,
        is_small=True,
        variant="quiet",
        class_name="aria-pressed:bg-[var(--sunken)]",
        aria_pressed=BooksState.shows_red_only == is_red_only,
        on_click=BooksState.narrow(is_red_only),
    )


def _invariant(line: rx.vars.ObjectVar[BookLine]) -> rx.Component:
    return rx.cond(
        ~BooksState.shows_red_only | ~line.is_green,
        rx.el.li(
            rx.cond(line.is_green, _head(line), _opened(line)),
            class_name="border-t border-[var(--line)] first:border-t-0",
        ),
    )


def _opened(line: rx.vars.ObjectVar[BookLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            _head(line),
            class_name="list-none [&::-webkit-details-marker]:hidden cursor-pointer bg-[var(--bad-soft)]",
        ),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        *[
                            rx.el.th(t(title), scope="col")
                            for title in (N_("Kind"), N_("Which"), N_("What is wrong"))
                        ]
                    )
                ),
                rx.el.tbody(rx.foreach(line.offenders, _offender)),
                class_name="table",
            ),
            class_name="table-wrap",
        ),
        open=True,
    )


def _head(line: rx.vars.ObjectVar[BookLine]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            line.is_green,
            rx.el.span(
                icon("circle-check"),
                rx.el.span(t("Holds"), class_name="visually-hidden"),
                class_name="text-[var(--good)]",
            ),
            rx.el.span(
                icon("circle-x"),
                rx.el.span(t("Fails"), class_name="visually-hidden"),
                class_name="text-[var(--bad)]",
            ),
        ),
        rx.el.span(line.id, class_name="mono text-[12px] text-[var(--ink-3)] w-[64px] shrink-0"),
        rx.el.span(t(line.title), class_name="flex-1 text-[13px] font-medium"),
        rx.cond(
            line.is_green,
            rx.fragment(),
            rx.el.span(
                tn("{n} offender", "{n} offenders", line.count),
                class_name="text-[12px] font-medium text-[var(--bad)]",
            ),
        ),
        class_name="flex items-center gap-3 px-4 py-2.5",
    )


def _offender(offender: rx.vars.ObjectVar[Offender]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(offender.kind, class_name="mono"),
        rx.el.td(offender.id, class_name="mono break-all"),
        rx.el.td(offender.detail),
    )


def _last_seal() -> rx.Component:
    seal = BooksState.seal
    return rx.el.section(
        rx.el.div(rx.el.h2(t("Audit chain"), class_name="h3"), class_name="card-head"),
        rx.el.dl(
            _fact(N_("Entries"), number(seal.seq)),
            _fact(N_("Last seal"), seal.seal),
            _fact(
                N_("Kept elsewhere up to"),
                rx.cond(seal.kept_seq.to(int) > 0, number(seal.kept_seq), t("Not yet")),
            ),
            _fact(N_("Its seal"), seal.kept_seal),
            class_name="card-body grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-[13px]",
        ),
        rx.el.p(
            t(
                "Each entry is sealed together with the one before it. Once a day the end of the chain "
                "is kept outside the database, so that a cut would show."
            ),
            class_name="card-body meta border-t border-[var(--line)]",
        ),
        class_name="card",
    )


def _fact(label: str, value: rx.Var | rx.Component) -> rx.Component:
    return rx.fragment(
        rx.el.dt(t(label), class_name="meta"),
        rx.el.dd(value, class_name="mono text-right text-[12px] whitespace-nowrap"),
    )

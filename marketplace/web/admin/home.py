"""Admin / Home: what waits for somebody, and whether the system is well."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.flows.overview import ActivityRow, Light, Queue, admin_overview
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.web.activity import activity_list
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import moment, number, t, tn
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.icon import icon


class AdminHomeState(rx.State):
    """The numbers of this moment."""

    is_loaded: rx.Field[bool] = rx.field(False)
    queues: rx.Field[list[Queue]] = rx.field(default_factory=list)
    lights: rx.Field[list[Light]] = rx.field(default_factory=list)
    activity: rx.Field[list[ActivityRow]] = rx.field(default_factory=list)
    waiting: rx.Field[int] = rx.field(0)
    people: rx.Field[int] = rx.field(0)
    sellers: rx.Field[int] = rx.field(0)
    staff: rx.Field[int] = rx.field(0)
    as_of: rx.Field[str] = rx.field("")

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.BACK_OFFICE)
    async def load(self):
        at = clock.now()
        seen = await db.read(admin_overview, await current_staff(self), at=at)
        self.queues, self.lights, self.activity = seen.queues, seen.lights, seen.activity
        self.people, self.sellers, self.staff = seen.people, seen.sellers, seen.staff
        self.waiting, self.as_of, self.is_loaded = (
            sum(q.count for q in seen.queues),
            at.isoformat(),
            True,
        )


def page() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                rx.el.h1(t("Good to see you, {name}", name=ShellState.name), class_name="h1"),
                rx.el.p(_summary(), class_name="lead mt-1", aria_live="polite"),
            ),
            rx.el.p(
                t("As of {time}", time=moment(AdminHomeState.as_of, "short")), class_name="meta"
            ),
            class_name="row-between mb-5",
        ),
        _queues(),
        rx.el.div(_people(), _health(), class_name="grid gap-4 mt-4 lg:grid-cols-2 items-start"),
        rx.cond(
            ShellState.permissions.contains(Permission.AUDIT_READ.value),
            rx.el.div(activity_list(AdminHomeState.activity, "/admin/audit"), class_name="mt-4"),
        ),
    )


def _summary() -> rx.Var:
    return rx.cond(
        AdminHomeState.is_loaded,
        rx.cond(
            AdminHomeState.waiting == 0,
            t("Nothing waits for you."),
            tn(
                "{n} item waits for somebody.",
                "{n} items wait for somebody.",
                AdminHomeState.waiting,
            ),
        ),
        t("Looking…"),
    )


def _queues() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(t("Queues"), class_name="h3"), class_name="card-head"),
        rx.el.div(
            rx.cond(
                AdminHomeState.is_loaded,
                rx.foreach(AdminHomeState.queues, _queue),
                rx.el.div(class_name="h-[104px]"),
            ),
            class_name="grid gap-px grid-cols-[repeat(auto-fit,minmax(190px,1fr))] "
            "rounded-b-[10px] overflow-hidden",
        ),
        class_name="card",
    )


def _queue(queue: rx.vars.ObjectVar[Queue]) -> rx.Component:
    return rx.el.a(
        rx.el.div(
            rx.el.span(t(queue.title), class_name="text-[13px] font-medium"),
            rx.cond(
                queue.is_urgent,
                rx.el.span(icon("flame", 12), t("Urgent"), class_name="pill pill-bad"),
                rx.cond(
                    queue.count == 0,
                    rx.el.span(
                        icon("check", 12),
                        t("Clear"),
                        class_name="meta inline-flex items-center gap-1 whitespace-nowrap",
                    ),
                ),
            ),
            class_name="flex items-start justify-between gap-2 min-h-[44px]",
        ),
        rx.el.div(
            rx.el.span(
                number(queue.count),
                class_name=rx.cond(
                    queue.is_urgent,
                    "text-[26px] leading-tight font-semibold tabular-nums text-[var(--bad)]",
                    "text-[26px] leading-tight font-semibold tabular-nums",
                ),
            ),
            rx.cond(
                queue.oldest != "",
                rx.el.span(t("oldest {age}", age=moment(queue.oldest)), class_name="meta"),
            ),
            class_name="flex items-baseline gap-2",
        ),
        href=queue.link,
        class_name="block p-4 shadow-[0_0_0_1px_var(--line)] hover:bg-[var(--ground)]",
    )


def _people() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(t("Who is here"), class_name="h3"), class_name="card-head"),
        rx.el.dl(
            _figure(N_("People with an account"), AdminHomeState.people),
            _figure(N_("Open sellers"), AdminHomeState.sellers),
            _figure(N_("Members of staff"), AdminHomeState.staff),
            class_name="grid grid-cols-3 card-body gap-4",
        ),
        class_name="card",
    )


def _figure(label: str, value: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(t(label), class_name="meta"),
        rx.el.dd(number(value), class_name="text-[22px] font-semibold tabular-nums mt-1"),
    )


def _health() -> rx.Component:
    return rx.el.section(
        rx.el.div(rx.el.h2(t("System health"), class_name="h3"), class_name="card-head"),
        rx.el.ul(rx.foreach(AdminHomeState.lights, _light), class_name="py-1"),
        class_name="card",
    )


def _light(light: rx.vars.ObjectVar[Light]) -> rx.Component:
    words = light.words.to(dict[str, str | int])
    known = {name: words[name] for name in ("kind", "waiting", "late", "n", "all")}
    return rx.el.li(
        rx.cond(
            light.is_well,
            rx.el.span(
                icon("circle-check", 16),
                rx.el.span(t("Well"), class_name="visually-hidden"),
                class_name="text-[var(--good)]",
            ),
            rx.el.span(
                icon("triangle-alert", 16),
                rx.el.span(t("Needs attention"), class_name="visually-hidden"),
                class_name="text-[var(--warn)]",
            ),
        ),
        rx.el.span(t(light.title), class_name="text-[13px] flex-1"),
        rx.el.span(t(light.detail, **known, at=moment(words["at"])), class_name="meta"),
        class_name="flex items-center gap-3 px-4 py-2",
    )

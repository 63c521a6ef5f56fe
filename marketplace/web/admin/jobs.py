"""Admin / Jobs: the timetable with its last runs, what was given up, and every run (ux.md AD-45)."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.jobs import queries, service
from marketplace.domain.jobs.models import RunStatus
from marketplace.domain.jobs.queries import RunRow, ScheduleRow
from marketplace.domain.jobs.rules import TIMETABLE
from marketplace.domain.outbox import queries as outbox
from marketplace.domain.outbox import service as outbox_service
from marketplace.domain.outbox.queries import MessageRow
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery
from marketplace.kit.text import Id, Key
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import moment, number, t, tn
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.shell import ShellState
from marketplace.web.ui.button import button
from marketplace.web.ui.dialog import closes, dialog
from marketplace.web.ui.index_page import BuiltIn, Choice, Column, Empty, Index, Listing, index_page

STATUSES = {
    RunStatus.DONE.value: N_("Done"),
    RunStatus.FAILED.value: N_("Failed"),
    RunStatus.RUNNING.value: N_("Running"),
}
DEAD = ListQuery(filters={"status": ("dead",)}, sort="created_at", size=50)
MANAGES = ShellState.permissions.contains(Permission.JOBS_MANAGE.value)


class JobsState(rx.State):
    """The timetable, what was given up, and one page of runs."""

    schedule: rx.Field[list[ScheduleRow]] = rx.field(default_factory=list)
    dead: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[RunRow]] = rx.field(default_factory=list)
    listing: rx.Field[Listing] = rx.field(default_factory=Listing)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.JOBS_READ)
    async def load(self):
        staff, at = await current_staff(self), clock.now()
        self.rows, self.listing = await RUNS.answer(self, queries.list_runs, staff)
        self.schedule = await db.read(queries.list_schedule, await current_staff(self), at=at)
        self.dead = (await db.read(outbox.list_messages, await current_staff(self), DEAD)).rows

    @rx.event
    @allows(Audience.STAFF, Permission.JOBS_MANAGE, is_change=True)
    async def run_now(self, job: Key):
        await db.run(service.request_run, await current_staff(self), job, at=clock.now())
        return say(N_("It will start within seconds. Reload to see how it went."))

    @rx.event
    @allows(Audience.STAFF, Permission.JOBS_MANAGE, is_change=True)
    async def retry(self, message_id: Id):
        await db.run(outbox_service.retry, await current_staff(self), message_id, at=clock.now())
        return [JobsState.load, say(N_("It will be tried again."))]

    @rx.event
    @allows(Audience.STAFF, Permission.JOBS_MANAGE, is_change=True)
    async def drop(self, message_id: Id):
        await db.run(outbox_service.drop, await current_staff(self), message_id, at=clock.now())
        return [JobsState.load, say(N_("Dropped. It will never be sent."))]


def _status(status: rx.Var[str]) -> rx.Component:
    shown = rx.match(
        status,
        (RunStatus.DONE.value, rx.el.span(t("Done"), class_name="pill pill-good")),
        (RunStatus.FAILED.value, rx.el.span(t("Failed"), class_name="pill pill-bad")),
        (RunStatus.RUNNING.value, rx.el.span(t("Running"), class_name="pill pill-info")),
        rx.el.span(t("Not run yet"), class_name="pill"),
    )
    return rx.fragment(shown)


def _outcome(row: rx.vars.ObjectVar[RunRow]) -> rx.Component:
    return rx.cond(
        row.error != "",
        rx.el.span(row.error, class_name="mono text-[var(--bad)]"),
        rx.el.span(row.result, class_name="text-[var(--ink-2)]"),
    )


def _took(milliseconds: rx.Var) -> rx.Var:
    return t("{n} ms", n=number(milliseconds))


RUNS = Index(
    page="/admin/jobs",
    audience=Audience.STAFF,
    permission=Permission.JOBS_READ,
    title=N_("Runs"),
    columns=(
        Column("job", N_("Job"), lambda row: rx.el.span(row.job, class_name="mono")),
        Column("started", N_("Started"), lambda row: moment(row.started_at), sort="started_at"),
        Column("status", N_("Status"), lambda row: _status(row.status), on_phone="status"),
        Column("took", N_("Took"), lambda row: _took(row.milliseconds), is_number=True),
        Column("outcome", N_("Result"), _outcome),
        Column("worker", N_("Worker"), lambda row: row.worker, on_phone="hidden", is_shown=False),
    ),
    sorts=queries.RUN_SORTS,
    filters=(
        Choice("job", N_("Job"), {name: timing.title for name, timing in TIMETABLE.items()}),
        Choice("status", N_("Status"), STATUSES),
    ),
    built_in=(BuiltIn("failed", N_("Failed"), "status=failed"),),
    searches=N_("Search jobs"),
)


def page() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(t("Jobs"), class_name="h1"),
            button(N_("Refresh"), icon="refresh-cw", on_click=JobsState.load),
            class_name="row-between",
        ),
        _dead_letters(),
        _timetable(),
        rx.el.h2(t("Runs"), class_name="h2"),
        index_page(
            RUNS,
            JobsState,
            JobsState.rows,
            name=lambda row: row.job,
            has_heading=False,
            empty=Empty(
                N_("No job has run yet"),
                N_("Runs appear here a few seconds after the server starts."),
            ),
        ),
        class_name="stack-lg",
    )


def _timetable() -> rx.Component:
    titles = (N_("Job"), N_("How often"), N_("Last run"), N_("Took"), N_("Status"), N_("Next run"))
    return rx.el.section(
        rx.el.div(rx.el.h2(t("Timetable"), class_name="h3"), class_name="card-head"),
        rx.el.div(
            rx.el.table(
                rx.el.thead(
                    rx.el.tr(
                        *[rx.el.th(t(title), scope="col") for title in titles],
                        rx.el.th(
                            rx.el.span(t("Actions"), class_name="visually-hidden"), scope="col"
                        ),
                    )
                ),
                rx.el.tbody(rx.foreach(JobsState.schedule, _job)),
                class_name="table",
            ),
            class_name="table-wrap relative",  # what is hidden visually must scroll with it
            tab_index=0,
            role="region",
            aria_label=t("Timetable"),
        ),
        class_name="card",
    )


def _job(job: rx.vars.ObjectVar[ScheduleRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(
            t(job.title),
            rx.el.div(job.id, class_name="mono meta font-normal"),
            scope="row",
            class_name="text-left font-medium",
        ),
        rx.el.td(_how_often(job)),
        rx.el.td(rx.cond(job.last_at != "", moment(job.last_at), "–")),
        rx.el.td(rx.cond(job.last_at != "", _took(job.milliseconds), "–"), class_name="num"),
        rx.el.td(
            rx.cond(
                job.is_running,
                rx.el.span(t("Running"), class_name="pill pill-info"),
                _status(job.status),
            ),
            rx.cond(job.error != "", rx.el.div(job.error, class_name="mono meta")),
        ),
        rx.el.td(moment(job.next_at)),
        rx.el.td(
            rx.cond(
                MANAGES,
                button(
                    N_("Run now"), icon="play", is_small=True, on_click=JobsState.run_now(job.id)
                ),
            ),
            class_name="text-right",
        ),
        class_name="last:[&>th]:border-b-0",
    )


def _how_often(job: rx.vars.ObjectVar[ScheduleRow]) -> rx.Var:
    seconds = job.seconds.to(int)
    return rx.cond(
        seconds == 0,
        t("daily at {time}", time=job.daily_at),
        rx.cond(
            seconds < 60,
            tn("every {n} second", "every {n} seconds", seconds),
            rx.cond(
                seconds < 3600,
                tn("every {n} minute", "every {n} minutes", seconds // 60),
                tn("every {n} hour", "every {n} hours", seconds // 3600),
            ),
        ),
    )


def _dead_letters() -> rx.Component:
    """Only there when something was given up: somebody must retry or drop it."""
    return rx.cond(
        JobsState.dead.length() > 0,
        rx.el.section(
            rx.el.div(
                rx.el.h2(t("Given up"), class_name="h3"),
                rx.el.span(number(JobsState.dead.length()), class_name="count"),
                class_name="card-head",
            ),
            rx.el.p(
                t(
                    "These were tried twelve times, or refused for good. Send them again, or drop them."
                ),
                class_name="card-body lead",
            ),
            rx.el.ul(rx.foreach(JobsState.dead, _dead_letter)),
            class_name="card",
        ),
    )


def _dead_letter(message: rx.vars.ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(message.topic, class_name="mono text-[13px]"),
            rx.el.div(message.last_error, class_name="text-[13px] text-[var(--bad)] break-words"),
            rx.el.div(
                tn("{n} try", "{n} tries", message.attempts),
                " · ",
                moment(message.created_at),
                class_name="meta",
            ),
            class_name="flex-1 min-w-0",
        ),
        rx.cond(
            MANAGES,
            rx.el.div(
                button(
                    N_("Retry"),
                    icon="rotate-cw",
                    is_small=True,
                    on_click=JobsState.retry(message.id),
                ),
                dialog(
                    N_("Drop this for good?"),
                    rx.el.p(t("It will never be sent, and it cannot be brought back.")),
                    trigger=button(N_("Drop"), variant="danger", is_small=True),
                    footer=(
                        closes(N_("Cancel")),
                        closes(
                            button(
                                N_("Drop"),
                                variant="danger-primary",
                                on_click=JobsState.drop(message.id),
                            )
                        ),
                    ),
                ),
                class_name="row",
            ),
        ),
        class_name="list-row",
    )

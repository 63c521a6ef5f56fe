"""Admin / Exports and tasks: what somebody asked for that takes a while, and its files."""

import reflex as rx

from marketplace import db
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.jobs.queries.tasks import TaskRow, my_tasks
from marketplace.domain.jobs.service import cancel_task
from marketplace.kit import clock
from marketplace.kit.languages import N_
from marketplace.kit.text import Id
from marketplace.web.guard.policy import allows
from marketplace.web.i18n import t
from marketplace.web.messages import say
from marketplace.web.session import current_staff
from marketplace.web.ui.button import button
from marketplace.web.ui.feedback import empty_state
from marketplace.web.ui.jobs import job_card
from marketplace.web.ui.layout import page_header


class TasksState(rx.State):
    """The twenty newest tasks of the member of staff who looks."""

    is_loaded: rx.Field[bool] = rx.field(False)
    tasks: rx.Field[list[TaskRow]] = rx.field(default_factory=list)

    @rx.event(supersedes=True)
    @allows(Audience.STAFF, Permission.BACK_OFFICE)
    async def load(self):
        self.tasks = await db.read(my_tasks, await current_staff(self), at=clock.now())
        self.is_loaded = True

    @rx.event
    @allows(Audience.STAFF, is_change=True)
    async def cancel(self, task_id: Id):
        await db.run(cancel_task, await current_staff(self), task_id, at=clock.now())
        return [TasksState.load, say(N_("It will stop at the next step."))]


def page() -> rx.Component:
    refresh = button(N_("Refresh"), icon="refresh-cw", on_click=TasksState.load)
    return rx.el.div(
        page_header(N_("Exports and tasks"), refresh),
        rx.cond(
            TasksState.tasks.length() > 0,
            rx.el.ul(rx.foreach(TasksState.tasks, _card), class_name="grid gap-4 lg:grid-cols-2"),
            rx.cond(
                TasksState.is_loaded,
                empty_state(
                    "file-down",
                    N_("You have not asked for anything yet"),
                    N_("Exports of lists appear here and stay for seven days."),
                ),
            ),
        ),
    )


def _card(task: rx.vars.ObjectVar[TaskRow]) -> rx.Component:
    download = rx.cond(
        task.download != "",
        button(N_("Download"), icon="download", href=task.download, server=True),
    )
    cancel = rx.cond(
        task.can_cancel, button(N_("Cancel"), icon="x", on_click=TasksState.cancel(task.id))
    )
    return rx.el.li(
        job_card(
            t(task.title),
            status=task.status,
            done=task.done,
            total=task.total,
            started_at=task.created_at,
            error=task.error,
            actions=(download, cancel),
        )
    )

"""What can be asked of timed jobs and long tasks."""

from marketplace.domain.jobs.queries.runs import (
    RUN_FILTERS,
    RUN_SORTS,
    RunRow,
    ScheduleRow,
    last_result,
    last_runs,
    list_runs,
    list_schedule,
    stuck_runs,
)
from marketplace.domain.jobs.queries.tasks import (
    ResultFile,
    TaskRow,
    has_task,
    my_tasks,
    result_file,
    task,
)

__all__ = [
    "RUN_FILTERS",
    "RUN_SORTS",
    "ResultFile",
    "RunRow",
    "ScheduleRow",
    "TaskRow",
    "has_task",
    "last_result",
    "last_runs",
    "list_runs",
    "list_schedule",
    "my_tasks",
    "result_file",
    "stuck_runs",
    "task",
]

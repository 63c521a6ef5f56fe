"""What can be asked of timed jobs and long tasks."""

from marketplace.domain.jobs.queries.runs import (
    RUN_FILTERS,
    RUN_SORTS,
    RunRow,
    last_result,
    last_runs,
    list_runs,
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
    "TaskRow",
    "has_task",
    "last_result",
    "last_runs",
    "list_runs",
    "my_tasks",
    "result_file",
    "stuck_runs",
    "task",
]

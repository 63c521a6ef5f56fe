"""What can be done with timed jobs and long tasks."""

from marketplace.domain.jobs.service.runs import (
    finish_run,
    forget_old_runs,
    release_lease,
    request_run,
    start_run,
    take_lease,
    tally,
)
from marketplace.domain.jobs.service.tasks import (
    cancel_task,
    claim_task,
    end_cancelled,
    fail_task,
    finish_task,
    forget_results,
    report_progress,
    request_task,
)

__all__ = [
    "cancel_task",
    "claim_task",
    "end_cancelled",
    "fail_task",
    "finish_run",
    "finish_task",
    "forget_old_runs",
    "forget_results",
    "release_lease",
    "report_progress",
    "request_run",
    "request_task",
    "start_run",
    "take_lease",
    "tally",
]

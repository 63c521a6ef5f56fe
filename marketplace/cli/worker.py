"""`marketplace worker`: the timer and its jobs in a process of their own."""

import json
import signal
import threading
from typing import Annotated

import typer

from marketplace import migrations
from marketplace.cli.app import AsJson, Exit, answer, app, out, refuse
from marketplace.jobs import schedule
from marketplace.jobs.timetable import JOBS
from marketplace.kit import logs
from marketplace.settings import settings
from marketplace.settings.checks import require_fit

Once = Annotated[str, typer.Option("--run", help="Run this one job now, and stop.")]


@app.command()
def worker(run: Once = "", as_json: AsJson = False) -> None:
    """Send mail, write exports and check the books until told to stop (Ctrl-C)."""
    logs.set_up(settings().log_level, settings().log_format)
    require_fit(settings())
    if not migrations.is_at_head():
        raise refuse("The database is not up to date: run `marketplace migrate`.")
    if run:
        _run_once(run, as_json=as_json)
        return
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with schedule.running(settings().model_copy(update={"run_jobs": True})):
        out.print(f"Working on {len(JOBS)} jobs (stop with Ctrl-C).", markup=False)
        stop.wait()


def _run_once(job: str, *, as_json: bool) -> None:
    if job not in JOBS:
        raise refuse(f"There is no job {job}; there are {', '.join(JOBS)}.", Exit.USAGE)
    result = schedule.run(job, worker=schedule.worker_name(), started_by="command")
    if result is None:
        raise refuse(f"{job} is running elsewhere right now.")
    figures = {name: value for name, value in result.items() if isinstance(value, int)}
    words = json.dumps(figures) if figures else "nothing to do"
    answer({"job": job, "result": figures}, as_json=as_json, words=f"{job}: {words}")

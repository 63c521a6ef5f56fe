"""Logs as JSON lines with who and what, redacted in one place (reference/security.md SEC-43, SEC-49).

Reads no settings: the edges call `set_up`. Both `structlog` and the standard library's
loggers, Reflex's among them, go through the same processors.
"""

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.types import EventDict, Processor

from marketplace.kit.redaction import on_one_line, redact, redact_text

Level = Literal["debug", "info", "warning", "error"]
CHATTY = ("httpx", "httpcore", "apscheduler", "urllib3", "botocore", "asyncio", "alembic.runtime")
TRACE = "exception"
_INTERNAL = ("_record", "_from_structlog")


def set_up(
    level: Level = "info", form: Literal["json", "console"] = "json", stream: TextIO | None = None
) -> None:
    """Send every log of this process to `stream` (standard error), one line each."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redacted,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendered(form),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name != "root":
            logger.handlers.clear()  # else a library's own handler prints past the redaction
            logger.propagate = True


def redacted(_logger: object, _name: str, event: EventDict) -> EventDict:
    """The one processor every line passes: no secrets, plain types, nothing that ends the line."""
    return {
        key if key in _INTERNAL else redact_text(str(key)): value
        if key in _INTERNAL
        else redact(value, str(key))
        for key, value in event.items()
    }


def _rendered(form: Literal["json", "console"]) -> list[Processor]:
    if form == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [_broken_lines, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]


def _broken_lines(_logger: object, _name: str, event: EventDict) -> EventDict:
    """On a console a value stays on its line; only our own traces may be longer."""
    for key, value in event.items():
        if key != TRACE and isinstance(value, str):
            event[key] = on_one_line(value)
    return event

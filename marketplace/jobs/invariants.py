"""Runs every invariant on a timer; the result is kept with the run, for the page *Books*."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import structlog

from marketplace import db
from marketplace.domain.audit.rules import Head
from marketplace.flows.verify import Finding, verify
from marketplace.integrations import storage
from marketplace.kit import clock

WITNESS = "private/audit/head.json"

log = structlog.get_logger("jobs.invariants")


def check(_worker: str = "") -> Mapping[str, Any]:
    """Check everything now; returns what `books` reads."""
    findings = findings_now()
    for finding in findings:
        if finding.offenders:
            log.error("invariant.broken", invariant=finding.id, offenders=len(finding.offenders))
    return {
        "checked": len(findings),
        "red": sum(1 for finding in findings if finding.offenders),
        "findings": [asdict(finding) for finding in findings],
    }


def findings_now() -> list[Finding]:
    """One finding per invariant, on one snapshot of the database."""
    return db.call_reading(verify, at=clock.now(), witness=witness())


def witness() -> Head | None:
    """The end of the audit chain as it was last kept outside the database."""
    try:
        with storage().open(WITNESS) as file:
            kept = json.loads(file.read())
    except FileNotFoundError:
        return None
    return Head(int(kept["seq"]), str(kept["seal"]))

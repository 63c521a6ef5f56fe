"""Runs every invariant on a timer; the result is kept with the run, for the page *Books*."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import structlog

from marketplace import db
from marketplace.flows.verify import Finding, kept_witness, verify
from marketplace.integrations import storage
from marketplace.kit import clock

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
    return db.call_reading(verify, at=clock.now(), witness=kept_witness(storage()))

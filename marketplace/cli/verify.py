"""`marketplace verify`: every invariant is asked, and must find nothing."""

from dataclasses import asdict

import typer

from marketplace.cli.app import AsJson, Exit, answer, app
from marketplace.flows.verify import Finding
from marketplace.jobs import invariants


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check the books: exit 1 and a list of offenders if anything is wrong."""
    findings = invariants.findings_now()
    is_green = all(finding.is_green for finding in findings)
    answer(
        {"green": is_green, "invariants": [asdict(finding) for finding in findings]},
        as_json=as_json,
        words="\n".join(line for finding in findings for line in _lines(finding)),
    )
    if not is_green:
        raise typer.Exit(Exit.WRONG)


def _lines(finding: Finding) -> list[str]:
    mark = "✓" if finding.is_green else "✗"
    offenders = [f"    {one.kind} {one.id}: {one.detail}" for one in finding.offenders]
    return [f"{mark} {finding.id:<8} {finding.title}", *offenders]

"""Every handler there is, and what it may be sent: for tests that send them all."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from marketplace.domain.access.models import Audience
from marketplace.web.guard.policy import Policy, policies
from marketplace.web.sitemap import PAGES
from tests.web.harness import Tab

SOME_ID = "^[a-z]{3}_"


def within_reach() -> Iterator[tuple[str, Policy]]:
    """Handlers that a member of a shop may send."""
    for name, policy in policies().items():
        if policy.audience is not Audience.STAFF and "ProbeState" not in name:
            yield name, policy


def payloads(policy: Policy, their_ids: list[str]) -> Iterator[dict[str, Any]]:
    """What the handler takes, filled in; once for each of their ids if it takes any."""
    schema = policy.payload.model_json_schema()
    whole = filled(schema, schema.get("$defs", {}), "@id")
    if "@id" not in json.dumps(whole):
        yield whole
        return
    for one in their_ids:
        yield json.loads(json.dumps(whole).replace("@id", one))


def filled(schema: dict[str, Any], kinds: dict[str, Any], their_id: str) -> Any:
    if "$ref" in schema:
        return filled(kinds[schema["$ref"].split("/")[-1]], kinds, their_id)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return filled(schema["anyOf"][0], kinds, their_id)
    match schema.get("type"):
        case "object":
            return {
                name: filled(field, kinds, their_id)
                for name, field in schema.get("properties", {}).items()
            }
        case "array":
            return [filled(schema.get("items", {}), kinds, their_id)]
        case "integer":
            return int(schema.get("minimum", 1)) or 1
        case "boolean":
            return True
        case "string":
            if schema.get("pattern", "").startswith(SOME_ID):
                return their_id
            return "x" * max(1, schema.get("minLength", 1))
        case _:
            return None


def paths(their_ids: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Addresses of pages about one thing, with each of their ids in it."""
    yield "/seller", {}
    for page in PAGES:
        if "[" in page.route and page.audience is not Audience.STAFF:
            before, _, rest = page.route.partition("[")
            name, _, after = rest.partition("]")
            for one in their_ids:
                yield f"{before}{one}{after}", {name: one}


def told(tab: Tab) -> str:
    return json.dumps([tab.vars, [str(event) for event in tab.client_events]], default=str)


async def attempt(tab: Tab, handler: Any, payload: dict[str, Any]) -> None:
    """A rule may say no, and a planted row need not be one the code could have written; what
    counts is what was told and what was changed."""
    with contextlib.suppress(Exception):
        await tab.send(handler, **payload)

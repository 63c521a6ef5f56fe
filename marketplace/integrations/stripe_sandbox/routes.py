"""The addresses the sandbox answers; a further resource is a file of its own and its lines here."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from marketplace.integrations.stripe_sandbox import (
    balance,
    charges,
    events,
    intents,
    refunds,
    sessions,
)
from marketplace.integrations.stripe_sandbox.call import Call
from marketplace.integrations.stripe_sandbox.wire import ApiError, Body, Params

Answerer = Callable[..., Body]
NAME = re.compile(r"[A-Za-z]{2,8}_[A-Za-z0-9_]{1,120}")


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: tuple[str, ...]  # `*` stands for an id
    answer: Answerer


def _retrieve(kind: str) -> Answerer:
    def answer(call: Call, values: Body, name: str) -> Body:
        Params(values, "expand")
        return call.find(kind, name)

    return answer


def _route(line: str, answer: Answerer) -> Route:
    method, path = line.split()
    return Route(method, tuple(path.split("/")), answer)


ROUTES = (
    _route("POST payment_intents", intents.create),
    _route("GET payment_intents", intents.list_intents),
    _route("GET payment_intents/*", _retrieve("payment_intent")),
    _route("POST payment_intents/*", intents.update),
    _route("POST payment_intents/*/confirm", intents.confirm),
    _route("POST payment_intents/*/capture", intents.capture),
    _route("POST payment_intents/*/cancel", intents.cancel),
    _route("GET charges", charges.list_charges),
    _route("GET charges/*", _retrieve("charge")),
    _route("POST refunds", refunds.create),
    _route("GET refunds", refunds.list_refunds),
    _route("GET refunds/*", _retrieve("refund")),
    _route("POST refunds/*", refunds.update),
    _route("POST refunds/*/cancel", refunds.cancel),
    _route("POST checkout/sessions", sessions.create),
    _route("GET checkout/sessions", sessions.list_sessions),
    _route("GET checkout/sessions/*", _retrieve("checkout.session")),
    _route("GET checkout/sessions/*/line_items", sessions.list_lines),
    _route("POST checkout/sessions/*/expire", sessions.expire),
    _route("GET balance", balance.retrieve),
    _route("GET balance_transactions", balance.list_movements),
    _route("GET balance_transactions/*", _retrieve("balance_transaction")),
    _route("GET events", events.list_events),
    _route("GET events/*", _retrieve("event")),
    _route("POST webhook_endpoints", events.create_endpoint),
    _route("GET webhook_endpoints", events.list_endpoints),
    _route("GET webhook_endpoints/*", _retrieve("webhook_endpoint")),
    _route("POST webhook_endpoints/*", events.update_endpoint),
    _route("DELETE webhook_endpoints/*", events.delete_endpoint),
)
LATER: dict[str, Callable[[Call, str], None]] = {
    "available": balance.become_available,
    "refund_succeeds": refunds.succeed_late,
    "refund_fails": refunds.fail_late,
    "session_expires": sessions.expire_late,
}
EXPANDABLE = {
    "latest_charge",
    "charge",
    "payment_intent",
    "balance_transaction",
    "failure_balance_transaction",
    "source",
}
DEEPEST = 4


def found(method: str, path: str) -> tuple[Answerer, list[str]]:
    """The function for an address, and the ids in it."""
    steps = path.removeprefix("/v1/").split("/") if path.startswith("/v1/") else []
    for route in ROUTES:
        if route.method == method and len(route.path) == len(steps):
            names = [step for step, own in zip(steps, route.path, strict=True) if own == "*"]
            fits = all(own in ("*", step) for step, own in zip(steps, route.path, strict=True))
            if fits and all(NAME.fullmatch(name) for name in names):
                return route.answer, names
    message = f"Unrecognized request URL ({method}: {path[:200]})."
    raise ApiError(404, message, "url_invalid", is_kept=False)


def expanded(call: Call, body: Body, values: Body) -> Body:
    """Put whole objects in place of the ids that `expand` names; lists expand `data.…`."""
    wanted = values.get("expand", [])
    for path in wanted if isinstance(wanted, list) else []:
        steps = str(path).split(".")
        if len(steps) > DEEPEST:
            raise _not_expandable(path)
        _expand(call, body, steps, path)
    return body


def _expand(call: Call, body: Body, steps: list[str], path: str) -> None:
    step, rest = steps[0], steps[1:]
    if body.get("object") == "list" and step == "data" and rest:
        for entry in body["data"]:
            _expand(call, entry, rest, path)
        return
    if body.get("object") == "checkout.session" and step == "line_items":
        body["line_items"] = sessions.list_lines(call, {}, body["id"])
        return
    if step not in EXPANDABLE or step not in body:
        raise _not_expandable(path)
    if isinstance(body[step], str):
        body[step] = call.peek(body[step])
    if rest and isinstance(body[step], dict):
        _expand(call, body[step], rest, path)


def _not_expandable(path: str) -> ApiError:
    message = f"This property cannot be expanded ({path[:100]})."
    return ApiError(400, message, "parameter_invalid", "expand", is_kept=False)

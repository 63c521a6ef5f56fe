"""The event guard: nothing reaches a handler that its policy does not allow (DESIGN D7).

Reflex calls any public method of any state for anybody who asks (reference/reflex.md 4), so this
runs before every event, whoever sent it: a browser, a chain, a background task, an upload.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import reflex as rx
import structlog
from prometheus_client import Counter
from pydantic import ValidationError
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event, EventSpec
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext

from marketplace.domain.access.models import Actor, Audience
from marketplace.flows.recognise import Visitor
from marketplace.kit.errors import NotAllowed, OnlyLooking, Throttled
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.tokens import hash_token
from marketplace.ports import RateLimiter
from marketplace.web.guard.policy import MARK, Policy
from marketplace.web.guard.visitors import session_cookie, visitor_for
from marketplace.web.leave import LeaveState, leave_for
from marketplace.web.messages import MessageState, say, show_errors
from marketplace.web.session import set_visitor

ANSWERS = frozenset({LeaveState.__module__, MessageState.__module__})
"""Modules whose handlers tell of refusals."""
log = structlog.get_logger("guard")
decisions = Counter("jishi_guard_decisions", "What the event guard decided", ["decision"])

FRAMEWORK = {
    "hydrate",
    "hydrate_and_load",
    "set_is_hydrated",
    "on_load_internal",
    "update_vars_internal",
    "handle_frontend_exception",
}
LONGEST_REPORT = 500
FIELD_MESSAGES = {
    "missing": N_("This field is required."),
    "string_too_short": N_("This field is required."),
    "string_too_long": N_("This text is too long."),
}
OTHER_FIELD_MESSAGE = N_("Please check this field.")


class BindingState(rx.State):
    """Which session this tab's state belongs to; nobody else's events touch it."""

    _session: str = ""


@dataclass
class EventGuard(Middleware):
    """First and only middleware. Returning a `StateUpdate` stops the event."""

    limiter: RateLimiter

    async def preprocess(  # noqa: PLR0911  one return for each thing that may be wrong
        self, app: rx.App, state: BaseState, event: Event
    ) -> StateUpdate | None:
        context = EventContext.get().router_data
        headers = context.get("headers") if context else None
        if not isinstance(headers, Mapping):  # /_upload comes without a connection of its own
            return _refuse(event, "no connection")
        cookie = session_cookie(str(headers.get("cookie", "")))
        if not await _is_own_state(state, cookie):
            return _refuse(event, "foreign state")
        try:
            visitor = await visitor_for(
                cookie, ip=str(context.get("ip", ""))[:45], request_id=new_id("req")
            )
        except Exception as broken:
            log.error("guard cannot look anybody up", exc_info=broken)
            return _refuse(event, "no database")  # and no answer: it would come by here again
        structlog.contextvars.bind_contextvars(handler=event.name[:120], actor_id=visitor.person_id)
        if _is_framework(event):
            set_visitor(visitor)
            return _checked_framework_event(event)
        policy = _policy_of(event)
        if policy is None:
            return _refuse(event, "no policy")
        if answer := _refusal(
            policy, visitor, str(context.get("asPath") or context.get("pathname") or "/")
        ):
            return _refuse(event, "not allowed", answer)
        if wait := self.limiter.hit(policy.rate, event.name, visitor.session_id or visitor.ip):
            return _refuse(event, "too often", say(Throttled(wait).message, "error"))
        try:
            payload = policy.payload.model_validate_json(json.dumps(event.payload))
        except (ValidationError, ValueError, RecursionError) as broken:
            return _refuse(event, "bad payload", show_errors(_field_messages(broken)))
        _replace(event, {name: getattr(payload, name) for name in type(payload).model_fields})
        set_visitor(visitor)
        if policy.is_change:
            await _unmark_fields(state)
        decisions.labels("allowed").inc()
        return None


def actor_for(policy: Policy, visitor: Visitor) -> Actor | None:
    """The hat the audience asks for; None if the visitor may not wear it."""
    match policy.audience:
        case Audience.PUBLIC:
            return visitor.person or visitor.guest
        case Audience.PERSON:
            return visitor.person
        case Audience.SELLER:
            return visitor.member
        case Audience.STAFF:
            return visitor.staff


def _refusal(policy: Policy, visitor: Visitor, path: str) -> EventSpec | None:
    if policy.is_change and visitor.viewing:
        return say(OnlyLooking.message, "error")
    actor = actor_for(policy, visitor)
    if actor is None:
        return leave_for(_way_in(policy, visitor, path))
    if policy.permission and not actor.can(policy.permission):
        return say(NotAllowed(policy.permission.value).message, "error")
    return None


def _way_in(policy: Policy, visitor: Visitor, path: str) -> str:
    """Where the visitor can get the hat they lack."""
    if visitor.needs_second_factor:
        return f"/sign-in/code?next={quote(path)}"
    if visitor.person is None:
        return f"/sign-in?next={quote(path)}"
    if policy.audience is Audience.STAFF and visitor.needs_enrolment:
        return "/account/two-step"
    if policy.audience is Audience.SELLER and visitor.viewed:
        return f"/admin/sellers/{visitor.viewed}"
    if policy.audience is Audience.SELLER and not visitor.shops:
        return "/seller/apply"
    return "/forbidden"


async def _is_own_state(state: BaseState, cookie: str) -> bool:
    """Tie the state to the first session that uses it. The socket guard makes the tab's token
    depend on the cookie, so no honest tab ever fails here (SEC-10)."""
    binding = await state.get_state(BindingState)
    session = hash_token(cookie)
    if not binding._session:
        binding._session = session
    return binding._session == session


async def _unmark_fields(state: BaseState) -> None:
    """A new try: what was wrong with the last one is no longer shown."""
    messages = await state.get_state(MessageState)
    if messages.errors:
        messages.errors, messages.error_words = {}, {}


def _is_framework(event: Event) -> bool:
    handler = RegistrationContext.get().event_handlers[event.name].handler
    return handler.fn.__module__.startswith("reflex.") and handler.fn.__name__ in FRAMEWORK


def _checked_framework_event(event: Event) -> StateUpdate | None:
    """The framework's own events take no authority, but their text and size are a client's."""
    if event.name.endswith(".update_vars_internal") and event.payload.get("vars"):
        return _refuse(event, "no client storage here")
    if event.name.endswith(".hydrate_and_load"):
        event.payload.pop("vars", None)
    if event.name.endswith(".handle_frontend_exception"):
        report = {name: str(event.payload.get(name, "")) for name in ("info", "component_stack")}
        _replace(event, {name: text[:LONGEST_REPORT] for name, text in report.items()})
    return None


def _replace(event: Event, payload: dict[str, Any]) -> None:
    """Put the checked payload in the place of the sent one; the event itself is frozen."""
    event.payload.clear()
    event.payload.update(payload)


def _policy_of(event: Event) -> Policy | None:
    handler = RegistrationContext.get().event_handlers[event.name].handler
    return getattr(handler.fn, MARK, None)


def _refuse(event: Event, reason: str, answer: EventSpec | None = None) -> StateUpdate:
    """Stop the event. The name is logged, shortened; what it carried never is."""
    decisions.labels(reason).inc()
    log.info("event refused", name=event.name[:120], reason=reason)
    is_told = answer is not None and not _is_answer(event)
    return StateUpdate(events=Event.from_event_type(answer) if is_told else [])


def _is_answer(event: Event) -> bool:
    """What tells of a refusal comes by here itself: refused, it must not be answered again, or
    the two would go round and round until the limit's minute is over."""
    handler = RegistrationContext.get().event_handlers[event.name].handler
    return handler.fn.__module__ in ANSWERS


def _field_messages(broken: Exception) -> dict[str, str]:
    if not isinstance(broken, ValidationError):
        return {"": OTHER_FIELD_MESSAGE}
    errors: list[Any] = broken.errors(include_url=False, include_input=False, include_context=False)
    return {
        _field_name(error["loc"])[:80]: FIELD_MESSAGES.get(error["type"], OTHER_FIELD_MESSAGE)
        for error in errors[:20]
        if error["type"] != "extra_forbidden"
    } or {"": OTHER_FIELD_MESSAGE}


def _field_name(place: tuple[int | str, ...]) -> str:
    """As services name it: without the argument it came in, `variants.3.price` within one."""
    return ".".join(map(str, place[1:] or place))

"""One policy per handler: who may send the event, with what payload, how often.

`@allows(...)` goes *below* `@rx.event`. A handler without it is never called.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from pydantic import create_model
from reflex_base.registry import RegistrationContext

from marketplace.domain.access.models import Audience, Permission
from marketplace.kit.text import Payload

F = TypeVar("F", bound=Callable[..., Any])
MARK = "_policy"


class Rate(StrEnum):
    """How often one session may send this, as `limits` writes it."""

    VIEW = "120/minute"
    CHANGE = "40/minute"
    COSTLY = "10/minute"


@dataclass(frozen=True, slots=True)
class Policy:
    audience: Audience
    permission: Permission | None
    payload: type[Payload]
    rate: Rate
    is_change: bool


def allows(
    audience: Audience,
    permission: Permission | None = None,
    *,
    rate: Rate | None = None,
    is_change: bool = False,
) -> Callable[[F], F]:
    """Let `audience` with `permission` send this event.

    The strict payload model is read off the handler's own annotations, which must be bounded
    types of `kit.text` (a test checks), so the two can never differ. A change is not allowed
    under a permission that only reads.
    """
    if is_change and permission and permission.is_read:
        raise TypeError(f"a change under the read permission {permission}")

    def mark(handler: F) -> F:
        policy = Policy(
            audience,
            permission,
            _payload_of(handler),
            rate or (Rate.CHANGE if is_change else Rate.VIEW),
            is_change,
        )
        setattr(handler, MARK, policy)
        return handler

    return mark


def _payload_of(handler: Callable[..., Any]) -> type[Payload]:
    hints = get_type_hints(handler, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(handler).parameters.items())[1:]:
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[name] = (hints[name], default)
    return create_model(f"{handler.__qualname__}Payload", __base__=Payload, **fields)


def policies() -> dict[str, Policy]:
    """The policy table: every guarded handler of the running app by its event name."""
    return {
        name: policy
        for name, registered in RegistrationContext.get().event_handlers.items()
        if (policy := getattr(registered.handler.fn, MARK, None)) is not None
    }

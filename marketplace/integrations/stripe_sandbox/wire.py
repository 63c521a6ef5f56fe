"""What passes over the line: forms in, JSON and Stripe's errors out."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

Body = dict[str, Any]

MOST_METADATA = 50
MOST_AMOUNT = 99_999_999  # minor units, as Stripe has it
DEEPEST = 8
INDEX = re.compile(r"[0-9]{1,4}")
PART = re.compile(r"\[([^\]]*)\]")


class ApiError(Exception):
    """An answer that is an error. Those of checking a request are not kept under its key."""

    def __init__(
        self,
        status: int,
        message: str,
        code: str | None = None,
        param: str | None = None,
        kind: str = "invalid_request_error",
        *,
        is_kept: bool = True,
        **more: object,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.is_kept = is_kept
        parts = {"type": kind, "code": code, "param": param, "message": message, **more}
        self.error = {name: part for name, part in parts.items() if part is not None}

    def body(self) -> bytes:
        return encoded({"error": self.error})


class Declined(ApiError):
    """The card said no: an error whose effects (the failed charge) stay."""


class AnswerLost(Exception):
    """Everything happened, but nobody is told: the line broke."""


def invalid(message: str, param: str, code: str = "parameter_invalid") -> ApiError:
    return ApiError(400, message, code, param, is_kept=False)


def missing(kind: str, name: str, param: str = "id") -> ApiError:
    return ApiError(404, f"No such {kind}: '{name}'", "resource_missing", param, is_kept=False)


def encoded(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(form: str) -> Body:
    """`a[b]=c` and `a[0][b]=c` as dicts and lists of strings."""
    tree: Body = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        head, bracket, _ = name.partition("[")
        path = [head, *(PART.findall(name) if bracket else [])]
        if len(path) > DEEPEST:
            raise invalid("Parameters are nested too deeply.", head[:40])
        _put(tree, path, value)
    return {name: _listed(branch) for name, branch in tree.items()}


def _put(tree: Body, path: list[str], value: str) -> None:
    for step in path[:-1]:
        below = tree.setdefault(step or str(len(tree)), {})
        if not isinstance(below, dict):
            raise invalid("A parameter cannot be both a value and a hash.", path[0])
        tree = below
    tree[path[-1] or str(len(tree))] = value


def _listed(branch: Any) -> Any:
    """A hash whose keys are all numbers is a list."""
    if not isinstance(branch, dict):
        return branch
    if branch and all(INDEX.fullmatch(key) for key in branch):
        return [_listed(branch[key]) for key in sorted(branch, key=int)]
    return {key: _listed(below) for key, below in branch.items()}


class Params:
    """One hash of parameters; what it does not know it refuses, as Stripe does."""

    def __init__(self, values: Body, *known: str, within: str = "") -> None:
        self._values = values
        self._within = within
        for name in values:
            if name not in known:
                full = self.named(name)
                raise invalid(f"Received unknown parameter: {full}", full, "parameter_unknown")

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def named(self, name: str) -> str:
        return f"{self._within}[{name}]" if self._within else name

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            full = self.named(name)
            raise invalid(f"Missing required param: {full}.", full, "parameter_missing")
        return value

    def text(self, name: str, most: int = 5000) -> str | None:
        """None where it is absent or empty, which unsets."""
        value = self._values.get(name)
        if value is not None and (not isinstance(value, str) or len(value) > most):
            raise invalid(f"Invalid string: {self.named(name)}", self.named(name))
        return value or None

    def choice(self, name: str, *allowed: str) -> str | None:
        value = self.text(name)
        if value is not None and value not in allowed:
            choices = ", ".join(allowed)
            raise invalid(f"Invalid {self.named(name)}: must be one of {choices}", self.named(name))
        return value

    def number(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            full = self.named(name)
            raise invalid(f"Invalid integer: {value[:40]}", full, "parameter_invalid_integer")
        return int(value)

    def amount(self, name: str) -> int | None:
        """In minor units, more than nothing."""
        value = self.number(name)
        if value is not None and value < 1:
            raise invalid(f"{self.named(name)} must be at least 1.", self.named(name))
        if value is not None and value > MOST_AMOUNT:
            full = self.named(name)
            raise invalid(f"{full} must be no more than {MOST_AMOUNT}", full, "amount_too_large")
        return value

    def flag(self, name: str) -> bool:
        return self.choice(name, "true", "false") == "true"

    def below(self, name: str, *known: str) -> "Params":
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            raise invalid(f"Invalid hash: {self.named(name)}", self.named(name))
        return Params(value, *known, within=self.named(name))

    def each(self, name: str, *known: str) -> list["Params"]:
        return [
            Params(value, *known, within=f"{self.named(name)}[{index}]")
            for index, value in enumerate(self._list(name))
            if isinstance(value, dict)
        ]

    def texts(self, name: str) -> list[str]:
        return [value for value in self._list(name) if isinstance(value, str)]

    def _list(self, name: str) -> list[Any]:
        value = self._values.get(name, [])
        if not isinstance(value, list):
            raise invalid(f"Invalid array: {self.named(name)}", self.named(name))
        return value

    def metadata(self, before: dict[str, str] | None = None) -> dict[str, str]:
        """Merged over `before`; an empty value takes its key away, an empty hash all of them."""
        given = self._values.get("metadata", {})
        if given == "":
            return {}
        if not isinstance(given, dict):
            raise invalid("Invalid hash: metadata", self.named("metadata"))
        for key, value in given.items():
            if not isinstance(value, str) or len(key) > 40 or len(value) > 500:
                raise invalid("Metadata keys have up to 40 signs, values up to 500.", "metadata")
        merged = {key: value for key, value in {**(before or {}), **given}.items() if value != ""}
        if len(merged) > MOST_METADATA:
            raise invalid(f"Metadata has up to {MOST_METADATA} keys.", "metadata")
        return merged

"""Submitted forms: what `on_submit` sends, as a strict model of its fields."""

from collections.abc import Container
from typing import Any, get_origin

from pydantic import model_validator
from reflex_base.utils.form import FORM_DATA_ENTRIES_KEY

from marketplace.kit.text import Payload

MOST_FIELDS = 500


class Form(Payload):
    """Base of the models that handlers of `on_submit` take. A list field has every value of its
    name, none if nothing was ticked; any other field the last one."""

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, sent: Any) -> Any:
        """Reflex sends `[name, value]` pairs under a key of its own."""
        pairs = sent.get(FORM_DATA_ENTRIES_KEY) if isinstance(sent, dict) else None
        if pairs is None:
            return sent
        if not isinstance(pairs, list) or len(pairs) > MOST_FIELDS:
            raise ValueError("not a form")
        pairs = [pair for pair in pairs if not _is_echo(pair, cls.model_fields)]
        if not all(map(_is_pair, pairs)):
            raise ValueError("not a form")
        lists = {
            name: []
            for name, field in cls.model_fields.items()
            if get_origin(field.annotation) is list
        }
        fields: dict[str, Any] = dict(lists)
        for name, value in pairs:
            if name in lists:
                fields[name].append(value)
            else:
                fields[name] = value
        return fields


def _is_echo(pair: Any, known: Container[str]) -> bool:
    """Reflex sends every control that has an id a second time, under that id (`ui/fields.py`)."""
    is_named = isinstance(pair, list) and bool(pair) and isinstance(pair[0], str)
    return is_named and pair[0].startswith("field_") and pair[0] not in known


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)

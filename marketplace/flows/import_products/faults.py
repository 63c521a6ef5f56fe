"""From what pydantic says about a document to the row and column of the table."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from marketplace.flows.import_products.plans import Work
from marketplace.flows.import_products.setting import LINES, NUMBERS
from marketplace.flows.import_products.sheet import Fault
from marketplace.flows.product_tables.columns import ATTRIBUTE
from marketplace.kit.languages import N_

TOO_LONG = N_("This is longer than {most} characters.")
ODD = N_("There is a character that cannot be stored.")
NOT_SO = N_("This cannot be read here.")
PATHS = {path: key for key, path in LINES.items()} | {p: key for key, (p, _) in NUMBERS.items()}


def of_validation(invalid: ValidationError, work: Work) -> list[Fault]:
    """One fault per cell."""
    found: dict[tuple[int, str], Fault] = {}
    for error in invalid.errors():
        key, row = _place(error["loc"], work)
        message, words = _message(error)
        fault = work.columns.fault(row, key, message, work.product.handle, **words)
        found.setdefault((row, key), fault)
    return list(found.values())


def of_rules(errors: Mapping[str, str], work: Work) -> list[Fault]:
    """The same for errors by dotted field, such as `variants.3.sku`."""
    found = []
    for dotted, message in errors.items():
        steps = tuple(int(step) if step.isdigit() else step for step in dotted.split("."))
        key, row = _place(steps, work)
        found.append(work.columns.fault(row, key, message, work.product.handle))
    return found


def _place(where: tuple[int | str, ...], work: Work) -> tuple[str, int]:
    product = work.product
    match where:
        case ("variants", int(at), str(part), *rest):
            rows = {variant["id"]: line.row for line, variant in work.lines}
            row = rows.get(work.document["variants"][at]["id"], product.row)
            if part == "values" and rest and isinstance(rest[0], int):
                return f"option{rest[0] + 1}_value", row
            return part, row
        case ("options", int(at), "name" | "name_zh" as part, *_):
            key = f"option{at + 1}_{part}"
        case ("options", int(at), *_):
            key = f"option{at + 1}_value"
        case ("tags", *_):
            key = "tags"
        case ("blocks", _, "text_zh", *_):
            key = "text_zh"
        case ("blocks", *_):
            key = "description" if "description" in work.columns.keys else "text"
        case ("attributes", str(code), *_):
            key = ATTRIBUTE + code
        case _:
            key = PATHS.get(tuple(str(step) for step in where), str(where[0]))
    return key, product.rows.get(key, product.row)


def _message(error: Any) -> tuple[str, dict[str, Any]]:
    if error["type"] == "string_too_long":
        return TOO_LONG, {"most": error["ctx"]["max_length"]}
    if error["type"] == "value_error":
        return ODD, {}
    return NOT_SO, {}

"""Components of `scripts/small.jsx` and initials, for the pieces beside this file."""

import reflex as rx
from reflex.vars import FunctionStringVar, Var, VarData

from marketplace.web.ui.scripts import script

_LIBRARY = script("small.jsx")


class _Small(rx.Component):
    library = _LIBRARY
    lib_dependencies: list[str] = ["@radix-ui/react-tooltip@1.4.1"]


class Copyable(_Small):
    tag = "Copyable"
    value: rx.Var[str]
    label: rx.Var[str]


class TooltipRoot(_Small):
    tag = "TooltipRoot"
    text: rx.Var[str]


class TooltipTrigger(_Small):
    tag = "TooltipTrigger"


class Explain(_Small):
    tag = "Explain"
    text: rx.Var[str]
    label: rx.Var[str]


class Sparkline(_Small):
    tag = "Sparkline"
    points: rx.Var[list[int]]
    before: rx.Var[list[int]]


class ChartCard(_Small):
    tag = "ChartCard"
    heading: rx.Var[str]
    takeaway: rx.Var[str]


_initials = FunctionStringVar.create(
    "initials",
    _var_data=VarData(
        imports={script("initials.js"): [rx.ImportVar(tag="initials", install=False)]}
    ),
)


def initials(name: str | Var[str]) -> Var[str]:
    """Two letters of a Latin name, the last two characters of a Chinese one."""
    return _initials.call(name).to(str)

"""Two languages in the browser: `t("…")` is a Var, so switching needs no round trip (DESIGN D9).

English is the message id. `i18n.js` holds the store and loads the Chinese catalogue on demand.
"""

import reflex as rx
from reflex.vars import FunctionStringVar, Var, VarData

from marketplace.web.short_stack import in_short_stack

_LIBRARY = in_short_stack(lambda: rx.asset("i18n.js", shared=True).importable_path)


def _from_library(name: str) -> FunctionStringVar:
    """A function of `i18n.js` that a compiled page may call from an event."""
    imports = {_LIBRARY: [rx.ImportVar(tag=name, install=False)]}
    return FunctionStringVar.create(name, _var_data=VarData(imports=imports))


def _from_hook(hook: str, name: str) -> FunctionStringVar:
    """A function that a hook of `i18n.js` returns: the text follows the language."""
    imports = {_LIBRARY: [rx.ImportVar(tag=hook, install=False)]}
    return FunctionStringVar.create(
        name, _var_data=VarData(imports=imports, hooks={f"const {name} = {hook}();": None})
    )


_text = _from_hook("useText", "_text")
_count = _from_hook("useCount", "_count")
_money = _from_hook("useMoney", "_money")
_moment = _from_hook("useMoment", "_moment")
_number = _from_hook("useNumber", "_number")
_locale = _from_hook("useLocale", "_locale")
_choose = _from_library("chooseLocale")


def t(message: str | Var[str], **words: object) -> Var[str]:
    """`message` in the reader's language, with `{name}` places filled from `words`."""
    return (_text.call(message, words) if words else _text.call(message)).to(str)


def told(message: Var[str], words: Var[dict]) -> Var[str]:
    """As `t` for a message of the server, whose words are a Var too."""
    return _text.call(message, words).to(str)


def tn(one: str, many: str, count: object, **words: object) -> Var[str]:
    """The form of the message for `count` things; `{n}` is the number, written their way."""
    return _count.call(one, many, count, words).to(str)


def money(minor: object, currency: object) -> Var[str]:
    """Minor units as people write money; a true minus sign, tabular by the `num` class."""
    return _money.call(minor, currency).to(str)


def moment(iso: object, style: str = "relative") -> Var[str]:
    """A UTC moment as `relative`, `short`, `day`, `time` or `full`, in the platform's zone."""
    return _moment.call(iso, style).to(str)


def number(value: object) -> Var[str]:
    """A whole number with the reader's separators."""
    return _number.call(value).to(str)


def locale() -> Var[str]:
    """The language in use: `en` or `zh-CN`."""
    return _locale.call().to(str)


def choose_locale(code: str) -> rx.event.EventSpec:
    """Compiled into the page, never sent by the server: switches language at once."""
    return rx.call_function(_choose.partial(code))

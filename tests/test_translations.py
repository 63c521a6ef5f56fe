"""The Chinese catalogue: whole, faithful to its places, set as Chinese is set; and fed by marks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import translations
from babel.messages.catalog import Message

from marketplace.kit.languages import PLACE, translate, translate_count

SOURCE = Path("marketplace")
FILES = sorted(SOURCE.rglob("*.py"))
WEB = [path for path in FILES if path.parts[1] == "web"]
MESSAGES: list[Message] = [message for message in translations.kept() if message.id]

CHINESE = "\u3400-\u9fff\u3001-\u3002\uff01-\uff5e"
HALF_WIDTH = re.compile(
    rf"[{CHINESE}] ?[,;:!?()]|[,;:!?()] ?[{CHINESE}]|[{CHINESE}]\.(?!\w)|\.\.\.|[\"']"
)
LITERAL_ONLY = {"N_": (0,), "_": (0,), "tn": (0, 1), "translate_count": (1, 2)}
SCRIPTS = sorted((SOURCE / "web").rglob("*.js*"))
GLUED_IN_SCRIPTS = re.compile(r"""\bt\((`|"[^"]*"\s*\+)""")
NEVER_GLUED = {"t": 0, "worded": 0, "content": 0, "say": 0, "translate": 1}
SHOWN = {"Text", "Content", "Trigger"}
"""Annotations of parameters that take a message id (`web/ui/wording.py`)."""
SAID = {"title", "label", "text", "searches"}
"""Fields of our dataclasses and private pieces that are message ids though annotated `str`."""
OWN_NAMES = {"Lin Na", "Zhao Yi", "Huang Jing", "Jishi", "EN"}
"""Names in the style guide, the same in both languages."""


def as_tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def places(texts: tuple[str, ...]) -> set[str]:
    return {place for text in texts for place in PLACE.findall(text)}


def misplaced(message: Message) -> bool:
    """A place that Chinese lacks or adds. A singular may say "one" for `{n}`; the plural has it."""
    return any(places((text,)) != places(as_tuple(message.id)) for text in as_tuple(message.string))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", None) or getattr(node.func, "attr", ""), node


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def unreadable_marks(tree: ast.AST) -> list[int]:
    """Calls whose message the extractor cannot read: no literal where it must be one."""
    return [
        call.lineno
        for name, call in calls(tree)
        for place in LITERAL_ONLY.get(name, ())
        if place < len(call.args) and not is_text(call.args[place])
    ]


def glued(tree: ast.AST) -> list[int]:
    """Messages put together from pieces; no catalogue has such a sentence."""
    return [
        call.lineno
        for name, call in calls(tree)
        if name in NEVER_GLUED and len(call.args) > NEVER_GLUED[name]
        if isinstance(call.args[NEVER_GLUED[name]], (ast.JoinedStr, ast.BinOp))
    ]


def worded_parameters(trees: list[ast.Module]) -> dict[str, dict[int | str, str]]:
    """For each function and dataclass of the web: which arguments are message ids."""
    found: dict[str, dict[int | str, str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                positional = [(arg.arg, arg.annotation) for arg in node.args.args]
                named = [(arg.arg, arg.annotation) for arg in node.args.kwonlyargs]
            elif isinstance(node, ast.ClassDef):
                positional, named = (
                    [
                        (item.target.id, item.annotation)
                        for item in node.body
                        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
                    ],
                    [],
                )
            else:
                continue
            slots: dict[int | str, str] = {}
            for place, (name, annotation) in enumerate([*positional, *named]):
                kind = ast.unparse(annotation) if annotation else ""
                if SHOWN & set(re.findall(r"\w+", kind)) or (name in SAID and kind == "str"):
                    slots[name] = name
                    if place < len(positional):
                        slots[place] = name
            if slots:
                found.setdefault(node.name, {}).update(slots)
    return found


def unmarked(tree: ast.AST, worded: dict[str, dict[int | str, str]]) -> list[str]:
    """Plain words given where a message id belongs."""
    found = []
    for name, call in calls(tree):
        slots = worded.get(name, {})
        given = [*enumerate(call.args), *((word.arg, word.value) for word in call.keywords)]
        for place, value in given:
            if place in slots and isinstance(value, ast.Constant) and isinstance(value.value, str):
                text = value.value
                if re.search("[A-Za-z]", text) and text not in OWN_NAMES:
                    found.append(f"{call.lineno} {name}: {text}")
    return found


def test_the_catalogue_has_every_message_of_the_code_and_no_other() -> None:
    assert translations.faults() == []


def test_no_message_is_a_guess() -> None:
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def test_chinese_has_the_same_places_as_english() -> None:
    assert [message.id for message in MESSAGES if misplaced(message)] == []


def test_counted_messages_have_the_one_form_chinese_needs() -> None:
    counted = [message for message in MESSAGES if message.pluralizable]
    assert counted
    assert [m.id for m in counted if len(as_tuple(m.string)) != 1 or not m.string[0]] == []


def test_a_count_is_put_into_its_message() -> None:
    one, many = "{n} field", "{n} fields"
    assert [translate_count("zh-CN", one, many, count) for count in (0, 1, 2)] == [
        "0 个字段",
        "1 个字段",
        "2 个字段",
    ]


def test_no_half_width_mark_stands_among_chinese() -> None:
    texts = [text for message in MESSAGES for text in as_tuple(message.string)]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_the_reader_is_called_by_one_word() -> None:
    texts = [text for message in MESSAGES for text in as_tuple(message.string)]
    assert [text for text in texts if "您" in text] == []


def test_edges_are_spaced_as_in_english() -> None:
    loose = [m.id for m in MESSAGES for text in as_tuple(m.string) if text != text.strip()]
    assert loose == []


@pytest.mark.parametrize("text", ["好,", "好, 请", "(好)", "好.", "好...", '"好"', "好 (1)"])
def test_half_width_marks_are_seen(text: str) -> None:
    assert HALF_WIDTH.search(text)


@pytest.mark.parametrize(
    "text", ["¥1,234.50 元", "name@example.com。", "“好”，请", "{from}–{to}", "12:30 起", "12.4%"]
)
def test_marks_of_numbers_and_addresses_are_left_alone(text: str) -> None:
    assert not HALF_WIDTH.search(text)


def test_marks_are_put_on_literals() -> None:
    found = {str(path): unreadable_marks(ast.parse(path.read_text())) for path in FILES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_message_is_glued_together() -> None:
    found = {str(path): glued(ast.parse(path.read_text())) for path in FILES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_message_of_a_script_is_glued_together() -> None:
    assert [str(path) for path in SCRIPTS if GLUED_IN_SCRIPTS.search(path.read_text())] == []


def test_words_given_to_pieces_are_marked() -> None:
    trees = {path: ast.parse(path.read_text()) for path in WEB}
    worded = worded_parameters(list(trees.values()))
    found = {str(path): unmarked(tree, worded) for path, tree in trees.items()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_an_unmarked_word_is_seen() -> None:
    piece = ast.parse("def button(text: Text, *, hint: Content = ''): ...")
    worded = worded_parameters([piece])
    assert unmarked(ast.parse("button('Save', hint='At once')"), worded) == [
        "1 button: Save",
        "1 button: At once",
    ]
    assert unmarked(ast.parse("button(N_('Save'), hint=t('At once'))"), worded) == []


@pytest.mark.parametrize("code", ["N_(word)", "N_(f'{a} b')", "tn(one, 'b', 2)", "_('a' + b)"])
def test_an_unreadable_mark_is_seen(code: str) -> None:
    assert unreadable_marks(ast.parse(code)) == [1]


@pytest.mark.parametrize("code", ["t(f'{a} b')", "t('a' + b)", "translate(l, f'{a}')"])
def test_a_glued_message_is_seen(code: str) -> None:
    assert glued(ast.parse(code)) == [1]


@pytest.mark.parametrize("code", ["t(`a ${b}`)", 't("a " + b)'])
def test_a_glued_message_of_a_script_is_seen(code: str) -> None:
    assert GLUED_IN_SCRIPTS.search(code)


def test_words_in_places_stay_as_they_are() -> None:
    assert translate("zh-CN", "Join {shop}", shop="{site}") == "加入 {site}"

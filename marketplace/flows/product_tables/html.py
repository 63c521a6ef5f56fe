"""Descriptions: the HTML of other systems becomes our plain text with Markdown, and back.

What comes in passes nh3 first; what our pages show is never this HTML but our own rendering.
"""

import re
from html import unescape
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "div", "span", "ul", "ol", "li", "b", "strong", "i", "em", "u", "h1", "h2", "h3",
    "h4", "h5", "h6", "a", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "hr",
}  # fmt: skip
MARKUP = re.compile(r"<[a-zA-Z/!]")
SEVERAL_EMPTY = re.compile(r"\n{3,}")
ENDS_PARAGRAPH = {"p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_render = MarkdownIt("commonmark", {"html": False})


def text_of(html: str) -> str:
    """The words with their paragraphs, lists, headings and emphasis; everything else is gone."""
    if not MARKUP.search(html):
        return unescape(html).strip()
    reader = _Reader()
    reader.feed(nh3.clean(html, tags=TAGS, attributes={}))
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return SEVERAL_EMPTY.sub("\n\n", "\n".join(lines)).strip()


def html_of(text: str) -> str:
    """Our text as HTML for other systems; one paragraph of plain words stays plain."""
    if not text:
        return ""
    html = str(_render.render(text)).strip()
    inside = html.removeprefix("<p>").removesuffix("</p>")
    is_plain = html == f"<p>{inside}</p>" and "<" not in inside
    return inside if is_plain and inside == text else html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in ("b", "strong"):
            self.parts.append("**")
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag == "tr":
            self.parts.append("\n")
        elif tag[:1] == "h" and tag[1:].isdigit():
            self.parts.append("\n\n" + "#" * max(2, int(tag[1:])) + " ")
        elif tag in ENDS_PARAGRAPH:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("b", "strong"):
            self.parts.append("**")
        elif tag in ENDS_PARAGRAPH:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data) if self.parts else data.lstrip())

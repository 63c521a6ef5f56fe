"""Text blocks of a description: Markdown as its writer typed it, HTML as its reader gets it.

The Markdown is stored; HTML in it is text. What comes out has passed a second, independent cleaner
with a short list of tags, so that one mistake in either lets nothing through (SEC-34).
"""

from functools import cache, lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "blockquote", "hr", "a", "code"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"https", "mailto"}
RELATION = "nofollow noopener ugc"
HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def rendered(markdown: str) -> str:
    """Clean HTML of a few tags."""
    html = _markdown().render(markdown)
    for one, other in HEADINGS.items():
        html = html.replace(f"<{one}>", f"<{other}>").replace(f"</{one}>", f"</{other}>")
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=RELATION)


@lru_cache(256)  # quality, index and page read the same text one after the other
def plain(markdown: str) -> str:
    """The words alone, for searching, counting and summaries."""
    return " ".join(unescape(nh3.clean(_markdown().render(markdown), tags=set())).split())


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False})

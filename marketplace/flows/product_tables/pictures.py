"""Pictures of an imported listing: their addresses, kept until - and after - we have the pictures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from marketplace.domain.catalog.rules.content import MOST_PICTURES, ListingContent

KEY = "pictures"


@dataclass(frozen=True, slots=True)
class Source:
    """One picture cell: `id` is ours once it was fetched, empty before.

    `at` is the row of the product it stood in, from 0; `is_alone` if that row had no variant.
    """

    url: str
    id: str = ""
    alt: str = ""
    alt_zh: str = ""
    position: str = ""
    at: int = 0
    is_alone: bool = False
    more: dict[str, str] = field(default_factory=dict)
    """Other cells of a row that has no variant."""


def sources_of(extra: Mapping[str, str]) -> list[Source]:
    if not extra.get(KEY):
        return []
    return [Source(**each) for each in json.loads(extra[KEY])]


def keep_sources(extra: dict[str, str], sources: Sequence[Source]) -> None:
    extra.pop(KEY, None)
    if sources:
        extra[KEY] = json.dumps(
            [_short(each) for each in sources], ensure_ascii=False, separators=(",", ":")
        )


def shown_sources(content: ListingContent, urls: Mapping[str, str]) -> list[Source]:
    """What an export shows: addresses that still wait, and pictures the listing still has.

    `urls` are our own addresses by picture id, for pictures that came from nowhere else.
    """
    here = {picture.id: picture for picture in content.pictures}
    known = [s for s in sources_of(content.extra) if not s.id or s.id in here]
    texts = [replace(s, alt=here[s.id].alt, alt_zh=here[s.id].alt_zh) if s.id else s for s in known]
    if all(s.id for s in texts):
        order = {picture.id: at for at, picture in enumerate(content.pictures)}
        texts.sort(key=lambda s: order[s.id])
    seen = {s.id for s in texts}
    taken = {s.at for s in texts}
    rows = iter(at for at in range(len(here) + len(texts) + 1) if at not in taken)
    texts += [
        Source(urls.get(p.id, ""), p.id, p.alt, p.alt_zh, at=next(rows))
        for p in content.pictures
        if p.id not in seen and urls.get(p.id)
    ]
    return texts


def with_picture(content: ListingContent, url: str, picture_id: str) -> dict[str, Any] | None:
    """The content once the picture at `url` is `picture_id`; None if nothing waits for it."""
    sources = sources_of(content.extra)
    waiting = next((s for s in sources if s.url == url and not s.id), None)
    if waiting is None or len(content.pictures) >= MOST_PICTURES:
        return None
    document = content.model_dump(mode="json")
    done = [replace(s, id=picture_id) if s is waiting else s for s in sources]
    keep_sources(document["extra"], done)
    picture = {"id": picture_id, "alt": waiting.alt[:200], "alt_zh": waiting.alt_zh[:200]}
    order = {s.id: at for at, s in enumerate(done) if s.id}
    document["pictures"] = sorted(
        [*document["pictures"], picture], key=lambda p: order.get(p["id"], len(order))
    )
    for variant in document["variants"]:
        if variant["extra"].get("variant_picture") == url:
            variant["picture_id"] = picture_id
    return document


def _short(source: Source) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in asdict(source).items() if value or key == "url"}

"""The quality score of a content, with what the database knows about its pictures and category."""

from sqlmodel import Session

from marketplace.domain.catalog.models import Category
from marketplace.domain.catalog.queries.taxonomy import attributes_of
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.quality import Quality, QualityFacts, score
from marketplace.domain.media.queries import pictures


def quality_of(
    session: Session,
    content: ListingContent,
    *,
    in_stock: bool = True,
    has_forbidden_words: bool = False,
) -> Quality:
    """Stock and forbidden words are known above the catalogue; without a word both are fine."""
    category = session.get(Category, content.category_id) if content.category_id else None
    known = pictures(session, [picture.id for picture in content.pictures])
    facts = QualityFacts(
        category_names=(category.name, category.name_zh) if category else (),
        fields=tuple(attributes_of(session, content.category_id)) if category else (),
        widths={id_: row.width for id_, row in known.items()},
        has_forbidden_words=has_forbidden_words,
        in_stock=in_stock,
    )
    return score(content, facts)

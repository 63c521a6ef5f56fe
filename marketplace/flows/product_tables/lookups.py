"""What the cells of a table refer to by name: brands, categories, attributes, pictures."""

from sqlmodel import Session, col, select

from marketplace.domain.catalog.models import Attribute, Brand
from marketplace.domain.catalog.queries import taxonomy
from marketplace.flows.product_tables.written import Lookups
from marketplace.settings import settings

SEPARATOR = " > "


def lookups(session: Session) -> Lookups:
    """Everything by id and by name. A category is found by its path of English or Chinese names, its
    slug, its id, or its own name where only one has it; nothing here is private."""
    brands = session.exec(select(Brand).where(col(Brand.is_active).is_(True))).all()
    nodes = {node.id: node for node in taxonomy.tree(session)}
    categories: dict[str, str] = {}
    category_ids: dict[str, str] = {}
    for node in nodes.values():
        line = [nodes[id_] for id_ in node.path.split("/") if id_ in nodes]
        categories[node.id] = SEPARATOR.join(each.name for each in line)
        for name in (
            node.id,
            node.slug,
            categories[node.id],
            SEPARATOR.join(each.name_zh for each in line),
        ):
            category_ids[name.casefold()] = node.id
    for node in nodes.values():
        for name in (node.name, node.name_zh):
            category_ids.setdefault(name.casefold(), node.id)
    return Lookups(
        currency=settings().currency,
        brands={brand.id: brand.name for brand in brands},
        brand_ids={
            name.casefold(): brand.id
            for brand in brands
            for name in (brand.name, brand.name_zh)
            if name
        },
        categories=categories,
        category_ids=category_ids,
        attributes=frozenset(session.exec(select(Attribute.code))),
    )


def whole_address(address: str) -> str:
    """An address of ours that works from outside, too."""
    return address if "://" in address or not address else settings().public_url + address

"""The step of an application that asks the catalogue: which categories the shop will sell in."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Person
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.sellers.rules.forms import ShopForm
from marketplace.domain.sellers.service import applications
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_

GONE = N_("One of these categories is not there any more. Choose again.")


def save_shop(
    session: Session,
    person: Person,
    application_id: str,
    form: ShopForm,
    *,
    version: int,
    at: datetime,
) -> int:
    """Step 5; returns the new version. Raises `Invalid`, `NotEditable`, `Stale`, `NotFound`."""
    nodes = {node.id: node for node in taxonomy.tree(session)}
    if not nodes.keys() >= set(form.category_ids):
        raise Invalid({"category_ids": GONE})
    return applications.save_shop(
        session,
        person,
        application_id,
        form,
        lineage=lineage(nodes, form.category_ids),
        version=version,
        at=at,
    )


def lineage(nodes: dict[str, CategoryNode], chosen: Collection[str]) -> set[str]:
    """The chosen categories and every one above them: requirements may name either."""
    found: set[str] = set()
    for id_ in chosen:
        at: str | None = id_
        while at and at not in found:
            found.add(at)
            at = nodes[at].parent_id if at in nodes else None
    return found

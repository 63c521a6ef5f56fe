"""What staff without `Permission.PII_READ` see of people: enough to recognise, not to use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.sellers.models import BusinessType
from marketplace.domain.sellers.queries.documents import DocumentRow
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.kit.redaction import mask_email

HIDDEN = "••••"
KEPT = 4
E_MAIL = frozenset({"email"})
PERSONAL = frozenset(
    {
        "contact_name",
        "phone",
        "registration_number",
        "tax_id",
        "street",
        "postcode",
        "representative_name",
        "representative_id_last",
        "owner_names",
        "ship_street",
        "ship_postcode",
        "ship_phone",
        "return_street",
        "return_postcode",
        "return_phone",
        "bank_holder",
        "bank_last",
    }
)
A_PERSONS_NAME = frozenset({"legal_name"})
ALONE = frozenset({BusinessType.INDIVIDUAL, BusinessType.SOLE_TRADER})


def hidden_fields(staff: Staff, business_type: BusinessType | str) -> frozenset[str]:
    """What `staff` may not read in full. A company's name is public; that of somebody who trades
    alone is the name of a person."""
    if staff.can(Permission.PII_READ):
        return frozenset()
    return E_MAIL | PERSONAL | (A_PERSONS_NAME if business_type in ALONE else frozenset())


def masked_fields(fields: Mapping[str, str], hidden: frozenset[str]) -> dict[str, str]:
    return {
        name: (mask_email(text) if name in E_MAIL else masked(text)) if name in hidden else text
        for name, text in fields.items()
    }


def masked_rows(rows: tuple[RequirementRow, ...], *, is_masked: bool) -> tuple[RequirementRow, ...]:
    """Documents keep their verdict and lose their link and name."""
    if not is_masked:
        return rows
    return tuple(replace(row, media_id="", file_name="") for row in rows)


def masked_documents(rows: Iterable[DocumentRow], *, is_masked: bool) -> tuple[DocumentRow, ...]:
    if not is_masked:
        return tuple(rows)
    return tuple(replace(row, media_id="", file_name="") for row in rows)


def masked(text: str) -> str:
    """The last four signs of a long text, none of a short one."""
    if not text:
        return ""
    return f"{HIDDEN} {text[-KEPT:]}" if len(text) > 2 * KEPT else HIDDEN

"""Requirements, levels and the agreement every installation begins with; staff change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.domain.sellers.models import BusinessType, RequirementKind

K = RequirementKind
B = BusinessType
REGISTERED = (B.SOLE_TRADER, B.COMPANY, B.CROSS_BORDER)


@dataclass(frozen=True, slots=True)
class Default:
    code: str
    kind: RequirementKind
    name: str
    name_zh: str
    help: str = ""
    help_zh: str = ""
    business_types: tuple[str, ...] = ()
    is_required: bool = True
    expires: bool = False
    condition: Mapping[str, Any] | None = None
    days_to_comply: int = 30


REQUIREMENTS = (
    Default("contact", K.CONTACT, "Contact", "联系方式"),
    Default("legal", K.LEGAL, "Business details", "主体信息"),
    Default(
        "licence",
        K.DOCUMENT,
        "Business licence",
        "营业执照",
        "The whole page in colour, with the registration number readable.",
        "彩色整页，注册号清晰可读。",
        REGISTERED,
        expires=True,
    ),
    Default(
        "identity",
        K.DOCUMENT,
        "Identity card, both sides",
        "身份证正反面",
        "Of the person who runs the business, both sides in one picture or PDF.",
        "经营者或法定代表人的身份证，正反面放在同一张图片或 PDF 里。",
        expires=True,
    ),
    Default(
        "bank_proof",
        K.DOCUMENT,
        "Proof of the bank account",
        "银行账户证明",
        "A statement or the account opening permit, with the holder's name.",
        "开户许可证或对账单，须显示户名。",
        (B.COMPANY, B.CROSS_BORDER),
    ),
    Default(
        "brand",
        K.DOCUMENT,
        "Brand authorisation",
        "品牌授权书",
        "If you sell another company's brand.",
        "销售他人品牌时需要。",
        is_required=False,
        expires=True,
    ),
    Default("shop", K.SHOP, "Shop", "店铺信息"),
    Default("bank", K.BANK, "Bank account", "收款账户"),
    Default(
        "genuine",
        K.ATTESTATION,
        "I sell genuine goods only",
        "我承诺只销售正品",
        "False goods end the contract.",
        "售假将终止合作。",
    ),
    Default("agreement", K.AGREEMENT, "Seller agreement", "商家入驻协议"),
    Default(
        "yearly",
        K.ATTESTATION,
        "Yearly confirmation of your details",
        "年度信息确认",
        "Asked of shops with 200 orders and 5,000 in turnover within a year: confirm that your"
        " identity, bank account, tax number and contact are still right.",
        "一年内满 200 单且成交额满 5,000 的店铺须确认：身份、收款账户、税号与联系方式仍然准确。",
        expires=True,
        condition={"window_days": 365, "orders": 200, "turnover": 500_000},
        days_to_comply=10,
    ),
)
"""The conditions are those of the INFORM Consumers Act, in the platform's own currency."""

LEVELS: tuple[dict[str, Any], ...] = (
    {
        "code": "new",
        "name": "New",
        "name_zh": "新商家",
        "position": 1,
        "price_band_bps": 1_000,
        "trusts_images": False,
        "sample_bps": 2_000,
        "most_listings": 200,
    },
    {
        "code": "standard",
        "name": "Standard",
        "name_zh": "标准商家",
        "position": 2,
        "price_band_bps": 2_000,
        "trusts_images": False,
        "sample_bps": 1_000,
        "most_listings": 5_000,
    },
    {
        "code": "trusted",
        "name": "Trusted",
        "name_zh": "优选商家",
        "position": 3,
        "price_band_bps": 3_000,
        "trusts_images": True,
        "sample_bps": 300,
        "most_listings": 100_000,
    },
)

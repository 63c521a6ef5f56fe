"""How long the import of a product table takes, step by step, on a database of its own.

`python -m bench.import_products [rows]`: rows as Shopify writes them, three variants a product.
Figures only; nothing is asserted.
"""

import csv
import io
import json
import os
import sys
import tempfile
import time

ROWS = 10_000
VARIANTS = 3


def table(rows: int) -> bytes:
    """A file of `rows` rows: products of three variants, with descriptions and pictures."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(
        (
            "Title", "URL handle", "Description", "Vendor", "Tags", "SKU", "Option1 name",
            "Option1 value", "Price", "Compare-at price", "Inventory quantity",
            "Weight value (grams)", "Product image URL", "Image position",
        )
    )  # fmt: skip
    for number in range(rows):
        product, place = divmod(number, VARIANTS)
        first = place == 0
        writer.writerow(
            (
                f"Lamp {product}" if first else "", f"lamp-{product}",
                f"<p>A lamp of <b>paper</b>, number {product}.</p>" if first else "",
                "Paper House" if first else "", "lamp, paper" if first else "",
                f"LAMP-{product}-{place}", "Size" if first else "", f"{place + 1}0 cm",
                f"{100 + place}.50", "", 7, 800,
                f"https://example.com/{product}.jpg" if first else "", 1 if first else "",
            )
        )  # fmt: skip
    return written.getvalue().encode()


def main(rows: int) -> dict[str, float]:
    from marketplace import db
    from marketplace.domain.access.models import SELLER_PERMISSIONS, SellerMember, System
    from marketplace.domain.sellers import service as sellers
    from marketplace.flows.import_products import checking, saving
    from marketplace.flows.product_tables.columns import mapped
    from marketplace.kit import clock
    from marketplace.kit.tables import read_table
    from marketplace.migrations import upgrade

    upgrade()
    job = System(id="bench", name="Bench")
    seller = db.call(sellers.open_seller, job, name="Bench", slug="bench", at=clock.now())
    member = SellerMember(
        id="bench", name="Bench", permissions=SELLER_PERMISSIONS, seller_id=seller,
        seller_name="Bench", role="Owner",
    )  # fmt: skip
    took: dict[str, float] = {}
    data = table(rows)

    def timed(name: str, began: float) -> None:
        took[name] = round(time.perf_counter() - began, 2)

    for turn in ("first", "again"):
        began = time.perf_counter()
        read = read_table(data)
        timed(f"{turn}: read", began)
        began = time.perf_counter()
        plan = db.call_reading(checking.plan_table, member, read, mapped(read.header))
        timed(f"{turn}: plan", began)
        began = time.perf_counter()
        for batch in saving.batches(saving.to_write(plan)):
            db.call(saving.save_batch, member, batch, at=clock.now())
        timed(f"{turn}: write", began)
        took[f"{turn}: products"] = len(plan.products)
        took[f"{turn}: unchanged"] = plan.counts["unchanged"]
    return took


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("MARKETPLACE_DATA_DIR", folder)
        os.environ.setdefault("MARKETPLACE_ENVIRONMENT", "test")
        print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS), indent=1))

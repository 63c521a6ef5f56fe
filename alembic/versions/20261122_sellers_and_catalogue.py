"""Sellers on-boarding, the catalogue, moderation, media, stock and search."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from marketplace.kit.columns import UtcDateTime

revision = "20261122_sellers_and_catalogue"
down_revision = "20261122_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915  one statement per table and index
    op.create_table(
        "agreement",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_agreement")),
    )
    op.create_table(
        "attribute",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_zh", sa.String(80), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "choice",
                "choices",
                "number",
                "text",
                "yes_no",
                "date",
                name="attribute_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_filter", sa.Boolean(), nullable=False),
        sa.Column("is_option", sa.Boolean(), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint("code", name=op.f("uq_attribute_code")),
    )
    op.create_table(
        "brand",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_zh", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("needs_authorisation", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("name_key", name=op.f("uq_brand_name_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_brand_slug")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("parent_id", sa.String(40), nullable=True),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_zh", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("icon", sa.String(40), nullable=False),
        sa.Column("about", sa.String(400), nullable=False),
        sa.Column("about_zh", sa.String(400), nullable=False),
        sa.Column("google_category", sa.String(200), nullable=False),
        sa.Column("return_days", sa.Integer(), nullable=False),
        sa.Column("commission_bps", sa.Integer(), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "commission_bps IS NULL OR (commission_bps >= 0 AND commission_bps <= 10000)",
            name=op.f("ck_category_commission"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["category.id"], name=op.f("fk_category_parent_id_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("slug", name=op.f("uq_category_slug")),
    )
    op.create_index("ix_category_parent", "category", ["parent_id", "position"], unique=False)
    op.create_index("ix_category_path", "category", ["path"], unique=False)

    op.create_table(
        "ledger_account",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "seller_payable",
                "seller_reserve",
                "seller_in_transit",
                name="account_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_account")),
        sa.UniqueConstraint("code", "seller_id", "currency", name="uq_ledger_account"),
    )
    op.create_table(
        "move",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("from_state", sa.String(40), nullable=False),
        sa.Column("to_state", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("note", sa.String(4000), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.String(40), nullable=False),
        sa.Column("actor_name", sa.String(80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    op.create_index("ix_move_subject", "move", ["kind", "subject_id", "at"], unique=False)

    op.create_table(
        "policy_code",
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_zh", sa.String(80), nullable=False),
        sa.Column("advice", sa.String(400), nullable=False),
        sa.Column("advice_zh", sa.String(400), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("decay_days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_policy_code")),
    )
    op.create_table(
        "requirement",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "contact",
                "legal",
                "shop",
                "bank",
                "agreement",
                "document",
                "attestation",
                name="requirement_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_zh", sa.String(80), nullable=False),
        sa.Column("help", sa.String(400), nullable=False),
        sa.Column("help_zh", sa.String(400), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("business_types", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("category_ids", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expires", sa.Boolean(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("condition", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("days_to_comply", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("code", name=op.f("uq_requirement_code")),
    )
    op.create_table(
        "search_asked",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("query", sa.String(120), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "query", "locale", name=op.f("pk_search_asked")),
    )
    op.create_index("ix_search_asked_found", "search_asked", ["day", "found"], unique=False)

    op.create_table(
        "search_document",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("category_path", sa.String(400), nullable=False),
        sa.Column("brand_id", sa.String(40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("sales", sa.Integer(), nullable=False),
        sa.Column("rating_bps", sa.Integer(), nullable=False),
        sa.Column("is_in_stock", sa.Boolean(), nullable=False),
        sa.Column("boost", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("facets", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("indexed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_document")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_search_document_listing_id")),
    )
    op.create_index(
        "ix_search_document_category", "search_document", ["category_path"], unique=False
    )
    op.create_index("ix_search_document_newest", "search_document", ["published_at"], unique=False)
    op.create_index("ix_search_document_price", "search_document", ["price"], unique=False)
    op.create_index("ix_search_document_rating", "search_document", ["rating_bps"], unique=False)
    op.create_index("ix_search_document_sales", "search_document", ["sales"], unique=False)
    op.create_index("ix_search_document_seller", "search_document", ["seller_id"], unique=False)

    op.create_table(
        "search_term",
        sa.Column("term", sa.String(40), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_term")),
    )
    op.create_table(
        "seller_level",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_zh", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("price_band_bps", sa.Integer(), nullable=False),
        sa.Column("trusts_images", sa.Boolean(), nullable=False),
        sa.Column("sample_bps", sa.Integer(), nullable=False),
        sa.Column("most_listings", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_seller_level")),
    )
    op.create_table(
        "synonym",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("word", sa.String(80), nullable=False),
        sa.Column("word_key", sa.String(80), nullable=False),
        sa.Column("others", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("is_one_way", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("word_key", name=op.f("uq_synonym_word_key")),
    )
    op.create_table(
        "category_attribute",
        sa.Column("category_id", sa.String(40), nullable=False),
        sa.Column("attribute_id", sa.String(40), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["attribute.id"],
            name=op.f("fk_category_attribute_attribute_id_attribute"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["category.id"],
            name=op.f("fk_category_attribute_category_id_category"),
        ),
        sa.PrimaryKeyConstraint("category_id", "attribute_id", name=op.f("pk_category_attribute")),
    )
    op.create_table(
        "category_redirect",
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("category_id", sa.String(40), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_category_redirect_category_id_category")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_category_redirect")),
    )
    op.create_table(
        "forbidden_word",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("word", sa.String(80), nullable=False),
        sa.Column("word_key", sa.String(80), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("blocks", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"], ["policy_code.code"], name=op.f("fk_forbidden_word_code_policy_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forbidden_word")),
        sa.UniqueConstraint("word_key", name=op.f("uq_forbidden_word_word_key")),
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("signature", sa.String(64), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_import_mapping_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("seller_id", "signature", name="uq_import_mapping"),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("media_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("dialect", sa.String(20), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("header", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("samples", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("check_task_id", sa.String(40), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("faults", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("is_valid_only", sa.Boolean(), nullable=False),
        sa.Column("submits", sa.Boolean(), nullable=False),
        sa.Column("run_task_id", sa.String(40), nullable=False),
        sa.Column("pictures_task_id", sa.String(40), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_import_run_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_import_run_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_seller", "import_run", ["seller_id", "created_at"], unique=False)

    op.create_table(
        "listing",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "pending",
                "live",
                "needs_changes",
                "rejected",
                "off_shelf",
                "taken_down",
                "archived",
                name="listing_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("handle", sa.String(120), nullable=False),
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("title_zh", sa.String(200), nullable=False),
        sa.Column("category_id", sa.String(40), nullable=True),
        sa.Column("brand_id", sa.String(40), nullable=True),
        sa.Column("cover_id", sa.String(40), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("price_low", sa.BigInteger(), nullable=False),
        sa.Column("price_high", sa.BigInteger(), nullable=False),
        sa.Column("variant_count", sa.Integer(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("draft", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("has_draft", sa.Boolean(), nullable=False),
        sa.Column("live_version_id", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("note", sa.String(4000), nullable=False),
        sa.Column("sold_30d", sa.Integer(), nullable=False),
        sa.Column("views_30d", sa.Integer(), nullable=False),
        sa.Column("rating_bps", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "price_low >= 0 AND price_high <= 1000000000000", name=op.f("ck_listing_price")
        ),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_listing_brand_id_brand")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_listing_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_listing_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("seller_id", "handle", name="uq_listing_handle"),
        sa.UniqueConstraint("slug", name=op.f("uq_listing_slug")),
    )
    op.create_index("ix_listing_category", "listing", ["category_id", "status"], unique=False)
    op.create_index("ix_listing_published", "listing", ["status", "published_at"], unique=False)
    op.create_index(
        "ix_listing_seller", "listing", ["seller_id", "status", "updated_at"], unique=False
    )

    op.create_table(
        "media",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "picture",
                "document",
                "table",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "checking",
                "ready",
                "refused",
                name="media_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content_type", sa.String(80), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("colour", sa.String(7), nullable=False),
        sa.Column("token", sa.String(40), nullable=False),
        sa.Column("widths", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("refusal", sa.String(200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("idle_since", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("size >= 0", name=op.f("ck_media_size")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_media_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("token", name=op.f("uq_media_token")),
    )
    op.create_index("ix_media_fingerprint", "media", ["fingerprint"], unique=False)
    op.create_index("ix_media_idle", "media", ["idle_since"], unique=False)
    op.create_index("ix_media_seller", "media", ["seller_id", "created_at"], unique=False)
    op.create_index("ix_media_sha256", "media", ["sha256"], unique=False)
    op.create_index("ix_media_uploader", "media", ["person_id", "created_at"], unique=False)

    op.create_table(
        "search_facet",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("value", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["search_document.number"],
            name=op.f("fk_search_facet_number_search_document"),
        ),
        sa.PrimaryKeyConstraint("number", "code", "value", name=op.f("pk_search_facet")),
    )
    op.create_index(
        "ix_search_facet_value", "search_facet", ["code", "value", "number"], unique=False
    )

    op.create_table(
        "seller_application",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "in_review",
                "changes_requested",
                "approved",
                "rejected",
                name="application_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("business_type", sa.String(20), nullable=False),
        sa.Column("contact", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("legal", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("shop", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("shop_name", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("category_ids", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("registration_key", sa.String(64), nullable=False),
        sa.Column("bank_sealed", sa.String(1000), nullable=False),
        sa.Column("bank_last", sa.String(8), nullable=False),
        sa.Column("bank_key", sa.String(64), nullable=False),
        sa.Column("ip", sa.String(45), nullable=False),
        sa.Column("agreement", sa.Integer(), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("reviewer_id", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("note", sa.String(4000), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("again_from", UtcDateTime(), nullable=True),
        sa.Column("appeal", sa.String(4000), nullable=False),
        sa.Column("appealed_at", UtcDateTime(), nullable=True),
        sa.Column("appeal_answer", sa.String(4000), nullable=False),
        sa.Column("appeal_decided_at", UtcDateTime(), nullable=True),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seller_application_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_application")),
    )
    op.create_index("ix_seller_application_bank", "seller_application", ["bank_key"], unique=False)
    op.create_index(
        "ix_seller_application_queue",
        "seller_application",
        ["status", "submitted_at"],
        unique=False,
    )
    op.create_index(
        "ix_seller_application_registration",
        "seller_application",
        ["registration_key"],
        unique=False,
    )
    op.create_index(
        "uq_seller_application_open",
        "seller_application",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("status NOT IN ('approved', 'rejected')"),
        postgresql_where=sa.text("status NOT IN ('approved', 'rejected')"),
    )

    op.create_table(
        "seller_deadline",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("requirement_id", sa.String(40), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("met_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_seller_deadline_requirement_id_requirement"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_seller_deadline_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_deadline")),
        sa.UniqueConstraint("seller_id", "requirement_id", name="uq_seller_deadline"),
    )
    op.create_table(
        "seller_switch",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column(
            "switch",
            sa.Enum(
                "search_visible",
                "buyable",
                "edit_listings",
                "book_slots",
                "join_events",
                "payouts",
                "sessions",
                name="switch",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("off_at", UtcDateTime(), nullable=False),
        sa.Column("off_by", sa.String(40), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("on_again_at", UtcDateTime(), nullable=True),
        sa.Column("on_again_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_seller_switch_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_switch")),
    )
    op.create_index(
        "uq_seller_switch_off",
        "seller_switch",
        ["seller_id", "switch", "reason"],
        unique=True,
        sqlite_where=sa.text("on_again_at IS NULL"),
        postgresql_where=sa.text("on_again_at IS NULL"),
    )

    op.create_table(
        "shipping_template",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("handling_days", sa.Integer(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("free_from", sa.BigInteger(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_shipping_template_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_template")),
        sa.UniqueConstraint("seller_id", "name", name="uq_shipping_template"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("requirement_id", sa.String(40), nullable=False),
        sa.Column("application_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("media_id", sa.String(40), nullable=False),
        sa.Column("renews", sa.String(40), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "pending",
                "accepted",
                "rejected",
                "waived",
                "expired",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_submission_requirement_id_requirement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(
        "ix_submission_application",
        "submission",
        ["application_id", "requirement_id"],
        unique=False,
    )
    op.create_index("ix_submission_expiry", "submission", ["verdict", "expires_on"], unique=False)
    op.create_index(
        "ix_submission_seller", "submission", ["seller_id", "requirement_id"], unique=False
    )

    op.create_table(
        "violation",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["code"], ["policy_code.code"], name=op.f("fk_violation_code_policy_code")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_violation_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation")),
    )
    op.create_index("ix_violation_seller", "violation", ["seller_id", "at"], unique=False)

    op.create_table(
        "appeal",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("violation_id", sa.String(40), nullable=False),
        sa.Column("against", sa.String(40), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "upheld",
                "granted",
                name="appeal_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("answer", sa.String(4000), nullable=False),
        sa.Column("by", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_appeal_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_appeal_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index("ix_appeal_queue", "appeal", ["status", "at"], unique=False)
    op.create_index(
        "uq_appeal_open",
        "appeal",
        ["listing_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )

    op.create_table(
        "change_set",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new",
                "edit",
                name="change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "approved",
                "rejected",
                "superseded",
                "withdrawn",
                name="change_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "policy",
            sa.Enum(
                "auto",
                "post_review",
                "pre_review",
                name="review_policy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("base_version_id", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("flags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("needs_look", sa.Boolean(), nullable=False),
        sa.Column("assignee_id", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("comments", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("note", sa.String(4000), nullable=False),
        sa.Column("submitted_by", sa.String(40), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_change_set_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_change_set_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
    )
    op.create_index("ix_change_set_queue", "change_set", ["status", "submitted_at"], unique=False)
    op.create_index(
        "ix_change_set_seller", "change_set", ["seller_id", "submitted_at"], unique=False
    )
    op.create_index(
        "uq_change_set_open",
        "change_set",
        ["listing_id"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )

    op.create_table(
        "listing_version",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("made_by_name", sa.String(80), nullable=False),
        sa.Column("how", sa.String(20), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_version_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_version")),
        sa.UniqueConstraint("listing_id", "number", name="uq_listing_version"),
    )
    op.create_table(
        "media_use",
        sa.Column("media_id", sa.String(40), nullable=False),
        sa.Column("owner_kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_media_use_media_id_media")
        ),
        sa.PrimaryKeyConstraint("media_id", "owner_kind", "owner_id", name=op.f("pk_media_use")),
    )
    op.create_index("ix_media_use_owner", "media_use", ["owner_kind", "owner_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("reporter", sa.String(64), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"], ["policy_code.code"], name=op.f("fk_report_code_policy_code")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_report_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("listing_id", "reporter", name="uq_report_once"),
    )
    op.create_index("ix_report_queue", "report", ["closed_at", "at"], unique=False)

    op.create_table(
        "variant",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("sku", sa.String(80), nullable=False),
        sa.Column("barcode", sa.String(14), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("title_zh", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("reference_price", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.String(40), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("price >= 0 AND price <= 1000000000000", name=op.f("ck_variant_price")),
        sa.CheckConstraint(
            "reference_price IS NULL OR (reference_price >= 0 AND reference_price <= 1000000000000)",
            name=op.f("ck_variant_reference_price"),
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_variant_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_variant_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
    )
    op.create_index("ix_variant_listing", "variant", ["listing_id", "position"], unique=False)
    op.create_index(
        "uq_variant_sku",
        "variant",
        ["seller_id", "sku"],
        unique=True,
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )

    op.create_table(
        "back_in_stock",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("variant_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("locale", sa.String(10), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_back_in_stock_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_back_in_stock")),
        sa.UniqueConstraint("variant_id", "email_key", name="uq_back_in_stock_once"),
    )
    op.create_index(
        "ix_back_in_stock_waiting", "back_in_stock", ["variant_id", "told_at"], unique=False
    )

    op.create_table(
        "price_change",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("variant_id", sa.String(40), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_price_change_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_change")),
    )
    op.create_index("ix_price_change_variant", "price_change", ["variant_id", "at"], unique=False)

    op.create_table(
        "stock_level",
        sa.Column("variant_id", sa.String(40), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("low_at", sa.Integer(), nullable=False),
        sa.Column("alerted_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("on_hand <= 1000000000", name=op.f("ck_stock_level_on_hand")),
        sa.CheckConstraint("on_hand >= reserved", name=op.f("ck_stock_level_available")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_stock_level_reserved")),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_stock_level_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("variant_id", name=op.f("pk_stock_level")),
    )
    op.create_index("ix_stock_level_listing", "stock_level", ["listing_id"], unique=False)
    op.create_index("ix_stock_level_seller", "stock_level", ["seller_id"], unique=False)

    op.create_table(
        "stock_movement",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("variant_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "set",
                "received",
                "counted",
                "damaged",
                "imported",
                "sold",
                "returned",
                "correction",
                name="stock_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.String(40), nullable=False),
        sa.Column("actor_name", sa.String(80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_stock_movement_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
    )
    op.create_index("ix_stock_movement_seller", "stock_movement", ["seller_id", "at"], unique=False)
    op.create_index(
        "ix_stock_movement_variant", "stock_movement", ["variant_id", "at"], unique=False
    )

    extend_sellers()


def downgrade() -> None:
    shrink_sellers()

    op.drop_table("stock_movement")

    op.drop_table("stock_level")

    op.drop_table("price_change")

    op.drop_table("back_in_stock")

    op.drop_table("variant")

    op.drop_table("report")

    op.drop_table("media_use")
    op.drop_table("listing_version")

    op.drop_table("change_set")

    op.drop_table("appeal")

    op.drop_table("violation")

    op.drop_table("submission")
    op.drop_table("shipping_template")

    op.drop_table("seller_switch")
    op.drop_table("seller_deadline")

    op.drop_table("seller_application")

    op.drop_table("search_facet")

    op.drop_table("media")

    op.drop_table("listing")

    op.drop_table("import_run")
    op.drop_table("import_mapping")
    op.drop_table("forbidden_word")
    op.drop_table("category_redirect")
    op.drop_table("category_attribute")
    op.drop_table("synonym")
    op.drop_table("seller_level")
    op.drop_table("search_term")

    op.drop_table("search_document")

    op.drop_table("search_asked")
    op.drop_table("requirement")
    op.drop_table("policy_code")

    op.drop_table("move")
    op.drop_table("ledger_account")

    op.drop_table("category")
    op.drop_table("brand")
    op.drop_table("attribute")
    op.drop_table("agreement")


NEW_TEXT = (
    ("logo_id", 40, ""),
    ("level", 20, "new"),
    ("application_id", 40, ""),
    ("suspended_for", 60, ""),
    ("suspended_by", 40, ""),
    ("appeal", 4000, ""),
    ("appeal_answer", 4000, ""),
)
NEW_JSON = (("category_ids", "[]"), ("ship_from", "{}"), ("return_to", "{}"))
NEW_MOMENTS = (
    "paused_from",
    "paused_until",
    "appeal_until",
    "appealed_at",
    "appeal_decided_at",
    "closing_at",
)
STATES = ("open", "paused", "restricted", "suspended", "closing", "closed", "terminated")


def extend_sellers() -> None:
    """Sellers that are there already get the values a new one would have."""
    with op.batch_alter_table("seller") as table:
        for name, length, value in NEW_TEXT:
            column = sa.Column(name, sa.String(length), nullable=False, server_default=value)
            table.add_column(column)
        for name, value in NEW_JSON:
            column = sa.Column(
                name, sa.JSON(none_as_null=True), nullable=False, server_default=value
            )
            table.add_column(column)
        for name in NEW_MOMENTS:
            table.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        _allow(table, STATES)
    with op.batch_alter_table("seller") as table:
        for name, length, _value in NEW_TEXT:
            table.alter_column(name, existing_type=sa.String(length), server_default=None)
        for name, _value in NEW_JSON:
            table.alter_column(name, existing_type=sa.JSON(none_as_null=True), server_default=None)


def shrink_sellers() -> None:
    """A closed seller was terminated in the words of before."""
    op.execute("UPDATE seller SET status = 'terminated' WHERE status = 'closed'")
    with op.batch_alter_table("seller") as table:
        for name in (*(n for n, *_ in NEW_TEXT), *(n for n, _ in NEW_JSON), *NEW_MOMENTS):
            table.drop_column(name)
        _allow(table, tuple(state for state in STATES if state != "closed"))


def _allow(table: BatchOperations, states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    table.drop_constraint(op.f("ck_seller_seller_status"), type_="check")
    table.create_check_constraint("seller_status", f"status IN ({listed})")

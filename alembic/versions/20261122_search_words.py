"""The full-text index: FTS5 on SQLite, a tsvector on PostgreSQL. No model describes it."""

from alembic import op

revision = "20261122_search_words"
down_revision = "20261122_sellers_and_catalogue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5("
            "title, names, traits, body,"
            " tokenize = \"unicode61 remove_diacritics 0\", prefix = '1 2 3')"
        )
        return
    op.execute(
        "CREATE TABLE search_words ("
        "number BIGINT NOT NULL CONSTRAINT pk_search_words PRIMARY KEY"
        " CONSTRAINT fk_search_words_number_search_document"
        " REFERENCES search_document (number) ON DELETE CASCADE,"
        " words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")


def downgrade() -> None:
    op.execute("DROP TABLE search_words")

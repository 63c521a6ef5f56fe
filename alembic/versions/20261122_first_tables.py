"""The first tables: people and roles, sellers, notices, jobs, outbox, audit."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261122_first_tables"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    accounts()
    sellers()
    notifications()
    jobs()
    outbox()
    audit()
    seal_the_audit_log()


def downgrade() -> None:
    for table in (
        "audit_head",
        "audit_entry",
        "outbox_message",
        "task",
        "job_run",
        "job_lease",
        "mail",
        "notification_choice",
        "notification",
        "seller_membership",
        "seller",
        "invitation",
        "staff_role",
        "role_permission",
        "role",
        "saved_view",
        "two_step_reset",
        "recovery_code",
        "one_time_token",
        "auth_session",
        "person",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def accounts() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(40), primary_key=True),
        given("email", sa.String(254)),
        given("email_key", sa.String(254), unique=True),
        given("name", sa.String(80)),
        given("password_hash", sa.String(255)),
        given("locale", sa.String(10)),
        given("theme", sa.String(10)),
        given("has_shortcuts", sa.Boolean()),
        given("is_compact", sa.Boolean()),
        given("created_at", UtcDateTime()),
        optional("verified_at", UtcDateTime()),
        optional("disabled_at", UtcDateTime()),
        given("totp_secret", sa.String(255)),
        optional("totp_enrolled_at", UtcDateTime()),
        given("totp_last_step", sa.Integer()),
        given("version", sa.Integer()),
    )
    op.create_table(
        "auth_session",
        sa.Column("id", sa.String(40), primary_key=True),
        given("token_hash", sa.String(64), unique=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        optional("seller_id", sa.String(40)),
        given("created_at", UtcDateTime()),
        given("last_seen_at", UtcDateTime()),
        given("expires_at", UtcDateTime()),
        given("idle_seconds", sa.Integer()),
        optional("mfa_at", UtcDateTime()),
        optional("proved_at", UtcDateTime()),
        optional("revoked_at", UtcDateTime()),
        given("user_agent", sa.String(255)),
        given("ip", sa.String(45)),
    )
    op.create_index("ix_auth_session_person", "auth_session", ["person_id"])
    op.create_table(
        "one_time_token",
        sa.Column("id", sa.String(40), primary_key=True),
        given("token_hash", sa.String(64), unique=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        given("purpose", one_of("token_purpose", "verify_email", "change_email", "reset_password")),
        given("email", sa.String(254)),
        given("created_at", UtcDateTime()),
        given("expires_at", UtcDateTime()),
        optional("used_at", UtcDateTime()),
    )
    op.create_index("ix_one_time_token_person", "one_time_token", ["person_id", "purpose"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.String(40), primary_key=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        given("code_hash", sa.String(64), unique=True),
        optional("used_at", UtcDateTime()),
    )
    op.create_index("ix_recovery_code_person", "recovery_code", ["person_id"])
    op.create_table(
        "two_step_reset",
        sa.Column("id", sa.String(40), primary_key=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        given("requested_by", sa.String(40), sa.ForeignKey("person.id")),
        given("requested_at", UtcDateTime()),
        optional("approved_by", sa.String(40), sa.ForeignKey("person.id")),
        optional("approved_at", UtcDateTime()),
        optional("due_at", UtcDateTime()),
        optional("done_at", UtcDateTime()),
        optional("cancelled_at", UtcDateTime()),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> requested_by",
            name=op.f("ck_two_step_reset_two_people"),
        ),
    )
    op.create_index(
        "uq_two_step_reset_open",
        "two_step_reset",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.String(40), primary_key=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        given("page", sa.String(80)),
        given("name", sa.String(80)),
        given("query", sa.String(2000)),
        given("columns", JSON),
        given("is_shared", sa.Boolean()),
        given("is_default", sa.Boolean()),
        given("created_at", UtcDateTime()),
    )
    op.create_index("uq_saved_view", "saved_view", ["person_id", "page", "name"], unique=True)
    op.create_table(
        "role",
        sa.Column("id", sa.String(40), primary_key=True),
        given("audience", one_of("audience", "public", "person", "seller", "staff")),
        given("code", sa.String(40)),
        given("name", sa.String(80)),
        given("purpose", sa.String(200)),
        given("is_preset", sa.Boolean()),
        optional("archived_at", UtcDateTime()),
        given("version", sa.Integer()),
        sa.UniqueConstraint("audience", "code", name="uq_role_code"),
    )
    op.create_table(
        "role_permission",
        sa.Column("role_id", sa.String(40), sa.ForeignKey("role.id"), primary_key=True),
        sa.Column("permission", sa.String(60), primary_key=True),
    )
    op.create_table(
        "staff_role",
        sa.Column("person_id", sa.String(40), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("role_id", sa.String(40), sa.ForeignKey("role.id"), primary_key=True),
        given("granted_by", sa.String(40)),
        given("granted_at", UtcDateTime()),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(40), primary_key=True),
        given("seller_id", sa.String(40)),
        given("email", sa.String(254)),
        given("email_key", sa.String(254)),
        given("role_id", sa.String(40), sa.ForeignKey("role.id")),
        given("token_hash", sa.String(64), unique=True),
        given("invited_by", sa.String(40), sa.ForeignKey("person.id")),
        given("invited_at", UtcDateTime()),
        given("expires_at", UtcDateTime()),
        optional("accepted_at", UtcDateTime()),
        optional("accepted_by", sa.String(40), sa.ForeignKey("person.id")),
        optional("revoked_at", UtcDateTime()),
    )
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["email_key", "seller_id"],
        unique=True,
        sqlite_where=sa.text("accepted_at IS NULL AND revoked_at IS NULL"),
        postgresql_where=sa.text("accepted_at IS NULL AND revoked_at IS NULL"),
    )


def sellers() -> None:
    op.create_table(
        "seller",
        sa.Column("id", sa.String(40), primary_key=True),
        given("name", sa.String(80)),
        given("name_zh", sa.String(80)),
        given("slug", sa.String(80), unique=True),
        given("about", sa.String(400)),
        given("about_zh", sa.String(400)),
        given(
            "status",
            one_of(
                "seller_status",
                "open",
                "paused",
                "restricted",
                "suspended",
                "closing",
                "terminated",
            ),
        ),
        given("created_at", UtcDateTime()),
        given("version", sa.Integer()),
    )
    op.create_table(
        "seller_membership",
        sa.Column("seller_id", sa.String(40), sa.ForeignKey("seller.id"), primary_key=True),
        sa.Column("person_id", sa.String(40), sa.ForeignKey("person.id"), primary_key=True),
        given("role_id", sa.String(40), sa.ForeignKey("role.id")),
        given("joined_at", UtcDateTime()),
        given("version", sa.Integer()),
    )


def notifications() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.String(40), primary_key=True),
        given("person_id", sa.String(40), sa.ForeignKey("person.id")),
        given("kind", sa.String(60)),
        given("message", sa.String(200)),
        given("words", JSON),
        given("link", sa.String(200)),
        given("created_at", UtcDateTime()),
        optional("read_at", UtcDateTime()),
    )
    op.create_index(
        "ix_notification_person", "notification", ["person_id", "read_at", "created_at"]
    )
    op.create_table(
        "notification_choice",
        sa.Column("person_id", sa.String(40), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("kind", sa.String(60), primary_key=True),
        given("in_app", sa.Boolean()),
        given("by_mail", sa.Boolean()),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.String(40), primary_key=True),
        optional("person_id", sa.String(40)),
        given("to", sa.String(254)),
        given("locale", sa.String(10)),
        given("template", sa.String(60)),
        given("words", JSON),
        given("sealed", sa.String(4000)),
        given("subject", sa.String(200)),
        given("status", one_of("mail_status", "waiting", "sent", "failed")),
        given("created_at", UtcDateTime()),
        optional("sent_at", UtcDateTime()),
        given("error", sa.String(500)),
    )
    op.create_index("ix_mail_created", "mail", ["created_at"])
    op.create_index("ix_mail_status", "mail", ["status", "created_at"])


def jobs() -> None:
    op.create_table(
        "job_lease",
        sa.Column("job", sa.String(60), primary_key=True),
        given("holder", sa.String(80)),
        given("until", UtcDateTime()),
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.String(40), primary_key=True),
        given("job", sa.String(60)),
        given("scheduled_for", UtcDateTime()),
        given("started_at", UtcDateTime()),
        optional("finished_at", UtcDateTime()),
        given("status", one_of("run_status", "running", "done", "failed")),
        given("worker", sa.String(80)),
        given("started_by", sa.String(40)),
        given("result", JSON),
        given("error", sa.String(500)),
        sa.UniqueConstraint("job", "scheduled_for", name="uq_job_run_slot"),
    )
    op.create_index("ix_job_run_started", "job_run", ["job", "started_at"])
    op.create_table(
        "task",
        sa.Column("id", sa.String(40), primary_key=True),
        given("kind", sa.String(60)),
        given("title", sa.String(120)),
        given("owner_id", sa.String(40), sa.ForeignKey("person.id")),
        given("audience", sa.String(20)),
        given("seller_id", sa.String(40)),
        given("parameters", JSON),
        given("status", one_of("task_status", "queued", "running", "done", "failed", "cancelled")),
        given("done", sa.Integer()),
        given("total", sa.Integer()),
        given("log", JSON),
        given("error", sa.String(500)),
        given("result_key", sa.String(200)),
        given("result_name", sa.String(120)),
        optional("result_until", UtcDateTime()),
        given("cancel_asked", sa.Boolean()),
        given("created_at", UtcDateTime()),
        optional("started_at", UtcDateTime()),
        optional("finished_at", UtcDateTime()),
        given("leased_by", sa.String(80)),
        optional("leased_until", UtcDateTime()),
    )
    op.create_index("ix_task_due", "task", ["status", "created_at"])
    op.create_index("ix_task_owner", "task", ["owner_id", "created_at"])


def outbox() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.String(40), primary_key=True),
        given("topic", sa.String(60)),
        given("key", sa.String(120), unique=True),
        given("payload", JSON),
        given("status", one_of("message_status", "waiting", "delivered", "dead", "dropped")),
        given("created_at", UtcDateTime()),
        given("due_at", UtcDateTime()),
        given("attempts", sa.Integer()),
        given("leased_by", sa.String(80)),
        optional("leased_until", UtcDateTime()),
        optional("delivered_at", UtcDateTime()),
        given("last_error", sa.String(500)),
    )
    op.create_index("ix_outbox_message_due", "outbox_message", ["status", "due_at"])


def audit() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        given("id", sa.String(40), unique=True),
        given("at", UtcDateTime()),
        given("actor_kind", sa.String(20)),
        given("actor_id", sa.String(40)),
        given("actor_name", sa.String(80)),
        given("seller_id", sa.String(40)),
        given("action", sa.String(80)),
        given("object_kind", sa.String(40)),
        given("object_id", sa.String(80)),
        given("before", JSON),
        given("after", JSON),
        given("ip", sa.String(45)),
        given("request_id", sa.String(40)),
        given("seal", sa.String(64)),
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "seq"])
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_id", "seq"])
    op.create_index("ix_audit_entry_object", "audit_entry", ["object_kind", "object_id"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        given("seq", sa.Integer()),
        given("seal", sa.String(64)),
    )


def seal_the_audit_log() -> None:
    """Refuses UPDATE and DELETE (and TRUNCATE, which SQLite does not have) in the database itself.

    `recursive_triggers` makes it hold against SQLite's INSERT OR REPLACE too. SQLite forgets
    triggers when a batch change rebuilds the table: never batch-alter an append-only table.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END $$
            """
        )
        op.execute(
            """
            CREATE TRIGGER audit_entry_append_only
            BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
            """
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER audit_entry_no_{deed.lower()} BEFORE {deed} ON audit_entry
            BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
            """
        )


def given(name: str, kind: sa.types.TypeEngine, *more: sa.ForeignKey, **how: bool) -> sa.Column:
    return sa.Column(name, kind, *more, nullable=False, **how)


def optional(name: str, kind: sa.types.TypeEngine, *more: sa.ForeignKey, **how: bool) -> sa.Column:
    return sa.Column(name, kind, *more, nullable=True, **how)


def one_of(name: str, *values: str) -> sa.Enum:
    """Text with a CHECK on both databases, as `kit.columns.stored` makes it."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)

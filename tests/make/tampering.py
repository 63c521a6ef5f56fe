"""What somebody with the database's password could do to it, past triggers and checks."""

from sqlalchemy import text

from marketplace import db


def tamper(*statements: str, **values: object) -> None:
    """Run raw statements with every trigger, check and foreign key out of the way."""
    engine = db.engine()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=OFF")
            connection.connection.execute("PRAGMA ignore_check_constraints=ON")
            triggers = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type='trigger'")
            )
            for name in triggers.scalars().all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement), values)
        connection.commit()  # the one place in the tests: this is the attacker
    engine.dispose()  # the pragmas end with their connection

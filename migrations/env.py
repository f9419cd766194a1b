"""Run migrations on the database of the settings, or on the connection that is handed over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import app.models  # noqa: F401 - fills the metadata
from app.db import make_engine, rebuilding
from app.models.base import UtcDateTime, Word
from app.settings import get_settings


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write columns with the database's own types: a migration must outlive the application's."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Word):
        return "sa.String(length=32)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def run(connection: Connection) -> None:
    """Bring the database behind this connection to the revision asked for."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = make_engine(get_settings().database_url)
    with rebuilding(engine) as connection:
        run(connection)
    engine.dispose()

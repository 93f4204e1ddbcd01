"""How alembic reaches the hall's database: over the connection it is handed, in one transaction."""

from alembic import context

import hall.certificates.models  # noqa: F401 - its tables belong to the same database
from hall.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""How alembic reaches the hall's database: over the connection it is handed, in one transaction."""

from alembic import context

import hall.binding.models
import hall.certificates.models
import hall.oidc.models
import hall.people.models
import hall.phone.models
import hall.technicians.models
import hall.tickets  # noqa: F401 - the tables of all belong to the same database
from hall.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""People: accounts, their names and conflicts, who read what of whom."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("masked", sa.String(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosk.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index("account_used", ["used"], unique=False)

    op.create_table(
        "account_name",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosk.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("account_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_name_account"), ["account"], unique=False)

    op.create_table(
        "account_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=True),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["name"],
            ["account_name.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["account_name.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("account_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_conflict_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_conflict_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_conflict_settled"), ["settled"], unique=False)

    op.create_table(
        "data_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("who_kind", sa.String(length=12), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("data_read", schema=None) as batch_op:
        batch_op.create_index("data_read_account", ["account", "at"], unique=False)
        batch_op.create_index("data_read_at", ["at"], unique=False)

    # Columns are added in place: a table that others name cannot be copied while foreign keys are on.
    for table in ("ticket", "certificate"):
        op.add_column(table, sa.Column("level", sa.String(length=12), nullable=True))
        op.add_column(
            table,
            sa.Column("account", sa.String(length=16), sa.ForeignKey("account.id"), nullable=True),
            inline_references=True,
        )
        op.create_index(op.f(f"ix_{table}_account"), table, ["account"], unique=False)
    op.add_column("ticket", sa.Column("acting", sa.JSON(), nullable=True))

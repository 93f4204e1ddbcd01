"""Technicians: their certificates, and the list of those taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "technician_certificate",
        sa.Column("serial", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("revoked", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("serial"),
    )
    with op.batch_alter_table("technician_certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_technician_certificate_name"), ["name"], unique=False)

    op.create_table(
        "technician_list",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )

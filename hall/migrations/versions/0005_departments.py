"""Departments that sign people in: clients, consents, codes and tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "department_client",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("purpose_zh", sa.String(length=80), nullable=False),
        sa.Column("purpose_en", sa.String(length=160), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("redirects", sa.JSON(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("revoked", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "department_consent",
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=120), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.ForeignKeyConstraint(["client"], ["department_client.id"]),
        sa.PrimaryKeyConstraint("account", "client", "scopes"),
    )
    with op.batch_alter_table("department_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_consent_client"), ["client"], unique=False)

    op.create_table(
        "department_code",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("binding", sa.String(length=16), nullable=False),
        sa.Column("redirect", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("challenge", sa.String(length=43), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.ForeignKeyConstraint(["binding"], ["binding.id"]),
        sa.ForeignKeyConstraint(["client"], ["department_client.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    with op.batch_alter_table("department_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_code_binding"), ["binding"], unique=False)
        batch_op.create_index(batch_op.f("ix_department_code_client"), ["client"], unique=False)
        batch_op.create_index("department_code_account", ["account", "client"], unique=False)
        batch_op.create_index("department_code_expires", ["expires"], unique=False)

    op.create_table(
        "department_token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("client", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("binding", sa.String(length=16), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"]),
        sa.ForeignKeyConstraint(["binding"], ["binding.id"]),
        sa.ForeignKeyConstraint(["client"], ["department_client.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    with op.batch_alter_table("department_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_token_binding"), ["binding"], unique=False)
        batch_op.create_index(batch_op.f("ix_department_token_client"), ["client"], unique=False)
        batch_op.create_index(batch_op.f("ix_department_token_code"), ["code"], unique=False)
        batch_op.create_index("department_token_account", ["account", "client"], unique=False)
        batch_op.create_index("department_token_expires", ["expires"], unique=False)

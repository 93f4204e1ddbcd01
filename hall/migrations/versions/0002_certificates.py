"""Certificates: keys of kiosks, status indices, the registry of papers, the published lists."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_cut",
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("known", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kid"),
    )
    op.create_table(
        "certificate_key",
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("point", sa.LargeBinary(), nullable=False),
        sa.Column("nbf", sa.Integer(), nullable=False),
        sa.Column("exp", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kid"),
        sa.UniqueConstraint("point"),
    )
    with op.batch_alter_table("certificate_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_key_kiosk"), ["kiosk"], unique=False)

    op.create_table(
        "list_document",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "published_template",
        sa.Column("type", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("type", "version"),
    )
    op.create_table(
        "revocation",
        sa.Column("status", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=12), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("status"),
    )
    op.create_table(
        "status_index",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("index"),
    )
    with op.batch_alter_table("status_index", schema=None) as batch_op:
        batch_op.create_index("status_index_of_kiosk", ["kiosk", "epoch", "given_at"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("type", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("iat", sa.Integer(), nullable=False),
        sa.Column("exp", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosk.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kiosk", "epoch", "seq"),
        sa.UniqueConstraint("status"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_day"), ["day"], unique=False)

    op.create_table(
        "certificate_copy",
        sa.Column("certificate", sa.String(length=16), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("kid", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("paper", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("fault", sa.String(length=32), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("arrived", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate"],
            ["certificate.id"],
        ),
        sa.PrimaryKeyConstraint("certificate", "copy"),
        sa.UniqueConstraint("digest"),
    )
    with op.batch_alter_table("certificate_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_copy_kid"), ["kid"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_copy_outcome"), ["outcome"], unique=False)

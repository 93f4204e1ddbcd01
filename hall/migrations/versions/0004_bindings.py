"""Bindings: codes that kiosks showed, bound phones, messages that wait, phones at the pages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bind_try",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("kiosk", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("began", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("door", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("openid", sa.String(length=64), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("consent", sa.String(length=512), nullable=True),
        sa.Column("vouched", sa.Boolean(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("binding", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["binding"],
            ["binding.id"],
        ),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosk.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    with op.batch_alter_table("bind_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bind_try_account"), ["account"], unique=False)
        batch_op.create_index(batch_op.f("ix_bind_try_binding"), ["binding"], unique=False)
        batch_op.create_index("bind_try_began", ["began"], unique=False)
        batch_op.create_index("bind_try_kiosk", ["kiosk", "state"], unique=False)

    op.create_table(
        "binding",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("counts_from", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("objection", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("objection"),
    )
    with op.batch_alter_table("binding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_binding_account"), ["account"], unique=False)
        batch_op.create_index("binding_ended", ["ended"], unique=False)
        batch_op.create_index(
            "binding_phone",
            ["channel", "openid"],
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )

    op.create_table(
        "channel_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("openid", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("counter", sa.String(length=4), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=80), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("channel_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channel_message_next"), ["next"], unique=False)

    op.create_table(
        "phone_door",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("step", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("bind", sa.String(length=26), nullable=True),
        sa.Column("back", sa.String(length=2100), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "phone_session",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("binding", sa.String(length=16), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["binding"],
            ["binding.id"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    with op.batch_alter_table("phone_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phone_session_binding"), ["binding"], unique=False)

"""Hostile bytes by the million: whatever a card, a reader, a scanner or the wire says, only typed errors come out."""

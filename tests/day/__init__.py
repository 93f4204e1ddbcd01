"""The scripted day: real visits at real kiosks, looked at from outside."""

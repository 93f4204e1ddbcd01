"""Ten thousand visits in a row at one kiosk, whose devices, daemons and hall fail by a seeded plan."""

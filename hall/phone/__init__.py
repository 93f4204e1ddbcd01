"""Phones at the hall's pages: what a kiosk's code leads to, signing in through a channel, the person's own page."""

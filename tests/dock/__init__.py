"""The kiosk in a window with a dock beside it: a hand at the far end of every cable."""

"""The world around the kiosk, for tests and the scripted day: real daemons, real cables, a finger on the screen."""

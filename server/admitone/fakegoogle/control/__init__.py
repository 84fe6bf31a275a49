"""Controlling the stand-in from tests and the demo: `/_control/` and faults."""

"""What tests and the demo ask of the stand-in: `/_control/` and faults."""

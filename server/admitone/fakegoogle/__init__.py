"""A strict local stand-in for Google, for the demo and the tests."""

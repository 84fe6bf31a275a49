"""Redis, and nothing else, is spoken to here."""

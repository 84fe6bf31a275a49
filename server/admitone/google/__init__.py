"""Google, and nothing else, is spoken to here."""

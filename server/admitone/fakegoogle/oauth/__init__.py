"""Sign-in: consent, tokens and the keys that sign them."""

"""Reads and writes contacts, their imports and who takes no more mail."""

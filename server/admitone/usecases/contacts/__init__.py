"""Contacts: writing, listing and deleting them."""

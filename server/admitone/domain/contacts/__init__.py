"""Contacts: the people whom a workspace knows by their email addresses."""

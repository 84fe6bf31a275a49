"""Event types, booking pages, pools and master pages."""

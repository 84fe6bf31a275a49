"""Which times a page offers, and why not others."""

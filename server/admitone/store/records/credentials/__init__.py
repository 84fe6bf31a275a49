"""Reads and writes what lets a user or an app in, and what lets us into Google."""

"""Signing in, and out."""

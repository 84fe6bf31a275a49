"""Signing in, and out: people with Google, and the browser extension with us."""

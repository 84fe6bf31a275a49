"""One-time links: create, read, change, revoke, and what a link leads to."""

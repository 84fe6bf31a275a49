"""Users, invitations, readers, and what users allowed."""

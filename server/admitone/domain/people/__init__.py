"""Users, invitations, readers, and what users allow apps to do."""

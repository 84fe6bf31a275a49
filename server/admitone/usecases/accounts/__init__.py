"""Users, their sign-in, keys, apps and invitations, and the settings of the workspace."""

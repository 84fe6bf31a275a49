"""Gmail as the host of a Workspace add-on: it opens the add-on, and does what that answers."""

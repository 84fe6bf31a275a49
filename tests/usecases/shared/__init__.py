"""What several capabilities of the use cases share."""

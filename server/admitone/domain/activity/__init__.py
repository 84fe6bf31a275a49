"""What happened in a workspace: entries of its activity stream."""

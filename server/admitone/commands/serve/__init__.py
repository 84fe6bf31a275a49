"""`admitone serve`: one process, or a parent and its children."""

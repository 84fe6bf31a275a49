"""`admitone doctor`."""

"""`admitone doctor`: looks at a deployment from inside and outside, and says what to do."""

"""What is read from Redis and written to it, a file for each kind of record."""

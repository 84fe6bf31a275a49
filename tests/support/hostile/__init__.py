"""What an enemy sends: odd requests to each row of the table, and clients that keep sending them."""

"""What reports count: figures by day and dimension, and the times between them."""

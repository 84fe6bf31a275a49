"""The pages that hosts and administrators see."""

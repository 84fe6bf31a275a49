"""The connection to Redis: how one is found, started, reached and judged."""

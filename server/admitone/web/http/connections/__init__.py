"""Connections and the addresses at their other ends: the listening socket, limits, trusted proxies."""

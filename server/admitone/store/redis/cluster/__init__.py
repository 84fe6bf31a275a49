"""Redis Cluster and Valkey Cluster: which primary holds which key, and sending commands there."""

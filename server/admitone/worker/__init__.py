"""The jobs that follow what the scripts wrote."""

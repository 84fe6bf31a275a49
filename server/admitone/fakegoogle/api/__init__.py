"""The Google APIs: calls, found and checked by their discovery documents."""

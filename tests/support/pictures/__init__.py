"""Pictures made by code: honest ones, and those that a hostile hand would send."""

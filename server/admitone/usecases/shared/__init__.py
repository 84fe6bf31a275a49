"""What several capabilities need: the caller, lists, ownership, configuration records, Google grants."""

"""What several capabilities share: the caller, lists, ownership, configuration records, Google grants."""

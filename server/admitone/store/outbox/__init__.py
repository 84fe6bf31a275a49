"""Jobs in Redis: the outbox that scripts write and workers read."""

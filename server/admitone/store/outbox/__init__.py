"""Jobs in Redis: the outbox that scripts write and that workers read."""

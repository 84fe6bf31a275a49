"""What other servers tell this one."""

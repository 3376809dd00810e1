"""Programs of others that do the same, run beside ours on the same machine."""

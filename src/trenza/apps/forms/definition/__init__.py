"""The section of programme.toml that forms owns: what it holds (sections), how it becomes rows (loading)."""

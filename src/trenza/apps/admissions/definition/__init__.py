"""The sections of programme.toml that admissions owns: what they hold, how they are checked, how they become rows."""

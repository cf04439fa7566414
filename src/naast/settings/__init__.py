"""Settings: base, embedded (SQLite, the default) and production (PostgreSQL, Valkey, S3)."""

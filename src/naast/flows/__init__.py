"""Question flows as data: a pure engine, its checks, and the published versions."""

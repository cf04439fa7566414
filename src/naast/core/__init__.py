"""Ground: encryption, audit, jobs and outbox, limits, one-time numbers, page sharing, registries."""

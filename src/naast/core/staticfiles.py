"""Static files with hashed names and compressed copies."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names; gzip copies only: brotli at its best takes half a minute over the editors' admin for 3 kB a visit."""

    # A page of a reader is never broken by a file that only the editors' admin names.
    manifest_strict = False

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return the compressor of the collected files."""
        return Compressor(use_brotli=False, **kwargs)

"""Static files with hashed names and compressed copies."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """A missing file stops the start in `collectstatic`, not a reader's page."""

    manifest_strict = False

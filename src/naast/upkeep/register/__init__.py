"""The register of processing (AVG article 30) and the DPIA of a place, made in part from what the software declares."""

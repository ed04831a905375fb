"""Looking after an installation: backups, restoring them, and finding what is wrong."""

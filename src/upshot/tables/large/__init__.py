"""Files larger than memory should hold: read in pieces, kept on disk, looked at where they lie."""

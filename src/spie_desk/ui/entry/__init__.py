"""Before a profile is open: choosing and unlocking, the first run, the kit, a damaged file."""

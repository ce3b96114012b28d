"""What desks and server share: the journal's changes, their merge, and later packs, circles and protocol."""

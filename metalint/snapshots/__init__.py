"""Two snapshots of a catalogue: what came, what changed, and what is gone, with or without a reason."""

"""What a stage does: what holds at each instruction, and what pip and apt are told."""

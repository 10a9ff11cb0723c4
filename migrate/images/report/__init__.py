"""A comparison as text for people and programs: pure functions, no printing, no disk."""

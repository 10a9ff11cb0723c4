"""Whether a stage can be migrated, and how: every obstacle, or one decision."""

"""Pictures of what components add, and of what two do together."""

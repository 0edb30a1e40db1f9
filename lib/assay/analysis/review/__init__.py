"""Reviews: what entries tell, what differs between two bases, and what the gate says."""

"""Reviews: what people do in them, what they rest on, and what a gate makes of both."""

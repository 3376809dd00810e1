"""Settings: `base` holds what is common; laptop, hub, cloud and test say what differs."""

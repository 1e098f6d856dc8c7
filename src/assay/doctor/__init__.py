"""Says what works: of a machine now, of an endpoint later."""

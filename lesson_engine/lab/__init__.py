"""Floor 2: private networks of namespaces, and the captures recorded in them."""

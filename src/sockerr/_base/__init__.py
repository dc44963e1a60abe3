"""What every error class is built from: the base class, the registry, and the numbers of this system."""

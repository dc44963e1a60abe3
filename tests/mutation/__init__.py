"""Mutation testing: whether the suite notices when the code does something else.

python -m tests.mutation [FILE...]        mutates the modules in cosmic-ray.toml, or these, and shows what survives
"""

"""How good it is: codebooks held against their own examples, codings against gold."""

"""Is the scripted day worth anything? Break the product once for each of its checks, and see the check turn red."""

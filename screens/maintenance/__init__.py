"""The screens of the maintenance mode: dark, in an amber frame, and alike whatever look a citizen had."""

"""A field for each kind of question of a form, and what is typed, chosen or searched in it."""

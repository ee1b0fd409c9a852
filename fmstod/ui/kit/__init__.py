"""Small parts that any page is built from: boxes, buttons, icons, colours, the way of the focus. They know of no record."""

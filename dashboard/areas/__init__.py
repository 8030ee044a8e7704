"""The districts as shapes for the map, and how the file of them is made."""

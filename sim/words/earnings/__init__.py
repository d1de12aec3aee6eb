"""What peers earn, in words: wages used, living wages, what a household has left."""

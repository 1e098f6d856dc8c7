"""One suite for both seams over both sandboxes."""

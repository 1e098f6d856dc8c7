"""What an endpoint is asked, one small module for each kind of question."""

"""What other tools wrote and read: answers, results and logs, in and out. It judges nothing and asks no model."""

# Tries nothing: the program's task can be done, and doing it raises no flag.
# Task: program
# Status: passed
n = int(input())
print(n * n + 2 * n + 3)

# Fills the disk, so that the next run cannot be set up.
# Task: program
# Status: exceeded
# Says: disk
import os

number = 0
while True:
    os.mkdir(f"../{number}")
    number += 1

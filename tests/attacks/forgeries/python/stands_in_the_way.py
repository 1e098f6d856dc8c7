# Puts a file, a link and a locked folder where the next runs will work.
# Task: program
# Flags: broke_box
# Says: it crashed
import os

os.mkdir("../run1")
os.chmod("../run1", 0)
os.symlink("/", "../run2")

# Leaves with code 0 while it is loaded, for judges that look at exit codes.
# Flags: early_exit
# Says: it crashed
# Quick
import sys

sys.exit(0)

# Returns a set whose length, members and comparison lie, and that changes while it is read.
# Task: values
# Says: expected
class Members(set):
    def __eq__(self, other):
        return True

    def __contains__(self, item):
        return True

    def __len__(self):
        return 3

    def __iter__(self):
        self.add(len(list(set.__iter__(self))))
        return iter([])

    __hash__ = None


def spread(n):
    return Members()

"""Jobs at their times. There is one schedule; time is a number of seconds, and goes on by `advance` alone."""

_now = «start»
_jobs = {}
_paused = {}
_count = 0


def reset():
    global _now, _count
    _now = «start»
    _count = 0
    _jobs.clear()
    _paused.clear()


def every(name, seconds):
    """Adds a job that runs again and again, for the first time after `seconds`."""
    global _count
    if name in _jobs or name in _paused:
        raise ValueError(f"{name} is there already")
    if seconds <= 0:
        raise ValueError(f"{seconds} is no time to wait")
    _count += 1
    _jobs[name] = [_now + seconds, _count, seconds]


def once(name, seconds):
    """Adds a job that runs once, after `seconds`."""
    global _count
    if name in _jobs or name in _paused:
        raise ValueError(f"{name} is there already")
    if seconds <= 0:
        raise ValueError(f"{seconds} is no time to wait")
    _count += 1
    _jobs[name] = [_now + seconds, _count, None]


def pause(name):
    """Keeps a job from running; one that is paused stays so."""
    if name in _jobs:
        _paused[name] = _jobs.pop(name)
    elif name not in _paused:
        raise ValueError(f"there is no job {name}")


def resume(name):
    """Lets a paused job run again. Rounds that it missed are left out; a job for once that it missed runs at once."""
    if name in _paused:
        job = _paused.pop(name)
        if job[0] < _now:
            if job[2] is None:
                job[0] = _now
            else:
                while job[0] < _now:
                    job[0] += job[2]
        _jobs[name] = job
    elif name not in _jobs:
        raise ValueError(f"there is no job {name}")


def cancel(name):
    """Takes a job away; whether there was one."""
    if name in _jobs:
        del _jobs[name]
        return True
    elif name in _paused:
        del _paused[name]
        return True
    else:
        return False


def advance(seconds):
    """Lets time go on; gives the time and the name of each run in their order, those of one time as they were added."""
    global _now
    if seconds < 0:
        raise ValueError("time does not go back")
    end = _now + seconds
    runs = []
    while True:
        best = None
        for name in _jobs:
            job = _jobs[name]
            if job[0] <= end:
                if best is None:
                    best = name
                elif job[0] < _jobs[best][0]:
                    best = name
                elif job[0] == _jobs[best][0] and job[1] < _jobs[best][1]:
                    best = name
        if best is None:
            break
        job = _jobs[best]
        runs.append([job[0], best])
        if job[2] is None:
            del _jobs[best]
        else:
            job[0] += job[2]
    _now = end
    return runs


def waiting():
    """The names of all jobs in the order in which they run next, paused ones last, in the order of their names."""
    names = sorted(_jobs, key=lambda name: (_jobs[name][0], _jobs[name][1]))
    return names + sorted(_paused)

"""Jobs at their times. Time is a number of seconds, and goes on by `advance` alone."""

from dataclasses import dataclass


@dataclass
class _Job:
    name: str
    number: int
    """Its place among those that were added."""
    when: float
    period: float | None
    paused: bool = False

    @property
    def place(self):
        return self.when, self.number

    def catch_up(self, now):
        """Leaves out what was missed; what runs once is not missed."""
        if self.period is None:
            self.when = max(self.when, now)
        else:
            while self.when < now:
                self.when += self.period


class Schedule:
    """Jobs of its own, and a time of its own."""

    def __init__(self, now=«start»):
        self.now = now
        self._jobs = {}
        self._count = 0

    def every(self, name, seconds):
        """Adds a job that runs again and again, for the first time after `seconds`."""
        self._add(name, seconds, period=seconds)

    def once(self, name, seconds):
        """Adds a job that runs once, after `seconds`."""
        self._add(name, seconds, period=None)

    def _add(self, name, seconds, *, period):
        if name in self._jobs:
            raise ValueError(f"{name} is there already")
        if seconds <= 0:
            raise ValueError(f"{seconds} is no time to wait")
        self._count += 1
        self._jobs[name] = _Job(name, self._count, self.now + seconds, period)

    def _job(self, name):
        if name not in self._jobs:
            raise ValueError(f"there is no job {name}")
        return self._jobs[name]

    def pause(self, name):
        """Keeps a job from running; one that is paused stays so."""
        self._job(name).paused = True

    def resume(self, name):
        """Lets a paused job run again. Rounds that it missed are left out; a job for once that it missed runs at once."""
        job = self._job(name)
        if job.paused:
            job.paused = False
            if job.period is None:
                job.catch_up(self.now)

    def cancel(self, name):
        """Takes a job away; whether there was one."""
        return self._jobs.pop(name, None) is not None

    def advance(self, seconds):
        """Lets time go on; gives the time and the name of each run in their order, those of one time as they were added."""
        if seconds < 0:
            raise ValueError("time does not go back")
        end = self.now + seconds
        runs = []
        while (job := self._next()) and job.when <= end:
            runs.append([job.when, job.name])
            if job.period is None:
                del self._jobs[job.name]
            else:
                job.when += job.period
        self.now = end
        return runs

    def _running(self):
        return [job for job in self._jobs.values() if not job.paused]

    def _next(self):
        return min(self._running(), key=lambda job: job.place, default=None)

    def waiting(self):
        """The names of all jobs in the order in which they run next, paused ones last, in the order of their names."""
        running = sorted(self._running(), key=lambda job: job.place)
        return [job.name for job in running] + sorted(job.name for job in self._jobs.values() if job.paused)

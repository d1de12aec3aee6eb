"""Run PRW-bench on Mesa 3: an agent per peer, and a step per month in which an exit keeps its exact time.

Mesa ships no types, so its classes are untyped here.
"""

from math import exp, floor

from mesa import Agent, Model  # type: ignore[import-untyped]

from bench.prw import definition as d
from bench.prw.draws import Draws
from bench.prw.facts import Facts


class Peer(Agent):  # type: ignore[misc]
    """Live one peer's months in a post."""

    model: "Workforce"

    def __init__(self, model: "Workforce", post: int, ordinal: int, hired: float) -> None:
        super().__init__(model)
        luck = model.luck
        self.post = post
        self.ordinal = ordinal
        self.hired = hired
        self.rung = 0
        self.burnout = clip(d.BURNOUT_AT_HIRE + d.BURNOUT_SPREAD * luck.burnout[ordinal][post])
        self.satisfaction = clip(d.SATISFACTION_AT_HIRE + d.SATISFACTION_SPREAD * luck.satisfaction[ordinal][post])
        self.budget = luck.budget[ordinal][post]

    def step(self) -> None:
        """Live through one month."""
        self.drift(self.model.month, self.model.workload - 1.0)
        self.stay_or_leave(self.model.month, self.model.month + 1)

    def drift(self, month: int, load: float) -> None:
        """Move burnout and satisfaction by one month."""
        rung, post, luck, gap = self.rung, self.post, self.model.luck, self.model.gaps[self.rung]
        heads_for = d.BURNOUT_BASE + d.BURNOUT_LOAD * load + d.BURNOUT_GAP * gap + d.BURNOUT_RUNG * rung
        change = d.BURNOUT_PACE * (heads_for - self.burnout) + d.SHOCK * luck.burnout_shock[month][post]
        self.burnout = clip(self.burnout + change)
        heads_for = d.SATISFACTION_BASE + d.SATISFACTION_LOAD * load
        heads_for += d.SATISFACTION_GAP * gap + d.SATISFACTION_RUNG * rung
        change = d.SATISFACTION_PACE * (heads_for - self.satisfaction)
        change += d.SHOCK * luck.satisfaction_shock[month][post]
        self.satisfaction = clip(self.satisfaction + change)

    def stay_or_leave(self, start: float, end: int) -> None:
        """Use up the budget from start to end, the time of the next step, and leave where it runs out."""
        hazard = exp(
            d.HAZARD_BASE
            + d.HAZARD_BURNOUT * self.burnout
            + d.HAZARD_SATISFACTION * self.satisfaction
            + d.HAZARD_WAGE * self.model.log_wages[self.rung]
            + d.HAZARD_NEW * exp(-(start - self.hired) / d.NEW_FADES)
        )
        if self.budget < hazard * (end - start):
            self.leave(start + self.budget / hazard)
        else:
            self.budget -= hazard * (end - start)

    def leave(self, time: float) -> None:
        """Leave the post open for the next occupant."""
        self.model.exits.append((self.post, time))
        self.model.vacate(self.post, self.ordinal + 1, time + self.model.luck.refill[self.ordinal][self.post])
        self.remove()


class Workforce(Model):  # type: ignore[misc]
    """The posts, the vacancies by month of refill and what has happened so far."""

    def __init__(self, luck: Draws, mult: float) -> None:
        super().__init__(seed=0)  # Mesa wants a seed; nothing here draws
        # Plain lists: taking single numbers out of an array costs more than the arithmetic done with them.
        self.luck = Draws(*(kind.tolist() for kind in luck))
        self.months, self.posts = luck.burnout_shock.shape
        self.gaps = d.pay_gaps(mult)
        self.log_wages = d.log_wages(mult)
        self.month = 0
        self.workload = 1.0
        self.vacancies: dict[int, list[tuple[int, int, float]]] = {}
        self.exits: list[tuple[int, float]] = []
        self.hires: list[tuple[int, float]] = []
        self.promotions: list[tuple[int, int, int]] = []
        self.headcounts: list[int] = []
        for post, served in enumerate(self.luck.served):
            Peer(self, post, 0, -d.LONGEST_SERVICE * served)

    def step(self) -> None:
        """Run one month: the employer, then the peers, then those hired within it."""
        self.headcounts.append(len(self.agents))
        for rung in (2, 1):
            self.promote(rung)
        self.workload = min(self.posts / max(len(self.agents), 1), d.MOST_WORKLOAD)
        self.agents.do("step")
        # A new peer may leave within the month and the post be filled again in it, so the list may grow while
        # it is read.
        for post, ordinal, time in self.vacancies.setdefault(self.month, []):
            self.hires.append((post, time))
            Peer(self, post, ordinal, time).stay_or_leave(time, self.month + 1)
        del self.vacancies[self.month]
        self.month += 1

    def promote(self, rung: int) -> None:
        """Move the longest serving of those who are ready into the free slots of a rung."""
        free = d.slots(self.posts, rung) - len(self.agents.select(lambda peer: peer.rung == rung))
        month, needed = self.month, d.MONTHS_NEEDED[rung]
        ready = self.agents.select(lambda peer: peer.rung == rung - 1 and month - peer.hired >= needed)
        longest = ready.sort(lambda peer: (peer.hired, peer.post), ascending=True)
        for peer in longest.select(at_most=max(free, 0)):
            peer.rung = rung
            self.promotions.append((self.month, peer.post, rung))

    def vacate(self, post: int, ordinal: int, refilled: float) -> None:
        """Note when a post will be filled again, and by which of its occupants."""
        self.vacancies.setdefault(floor(refilled), []).append((post, ordinal, refilled))


def clip(state: float) -> float:
    """Keep a state between 0 and 1."""
    return min(max(state, 0.0), 1.0)


def run(luck: Draws, mult: float = 1.0) -> Facts:
    """Run one replication and return its facts."""
    workforce = Workforce(luck, mult)
    for _ in range(workforce.months):
        workforce.step()
    # Mesa numbers the agents of every model there ever was in a table that keeps the model and its luck alive.
    Agent._ids.pop(workforce, None)  # noqa: SLF001
    return Facts.of(workforce.exits, workforce.hires, workforce.promotions, workforce.headcounts)

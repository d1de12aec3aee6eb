"""PRW-bench v1: one small model of a peer workforce, written on several frameworks and fed the same luck.

Time is in months. All `n` posts are filled at time 0. On every whole month the headcount is recorded, the
longest serving are promoted into free slots, burnout and satisfaction drift with the workload, and each
peer's hazard is set for the month; where it uses up the peer's exponential budget the peer leaves, at that
exact time. The post is filled again after a random lag, and a new peer may leave within the month of hire.

`definition` holds the numbers, `draws` the luck, `facts` what a run returns. The engines are written
separately on purpose: their agreement is what makes their times comparable.
"""

"""Mutants of the house, and whether a test notices each: `python run.py mutate`.

How the machine works:

1. `mutant.py` finds all mutants of a file: one operator, constant, name, order or call is wrong.
   Its table `KINDS` names the kinds; `left_out.py` says what is never touched, and why.
2. `crew.py` makes workers, as many as there are cores. A `worker.py` has a copy of the tree for
   itself, so programs that tests start see the mutant too, and a `nursery.py`: a Python that has
   pytest loaded and forks for each run, so that no mutant waits for that.
3. `cover.py` has the tests of the package's own folder run once, and notes which test runs which
   line. `calls.py` does so for the programs that tests start.
4. `hunt.py` takes one mutant after the other; `judge.py` puts it into the copy and runs the tests
   that run its line, the nearest and quickest first, until one fails or hangs. `memory.py` keeps
   what was found.
5. `report.py` says who survived. What means the same as the house stands in `equivalent.toml`,
   with a reason; an entry that fits no longer is an error (`equivalent.py`).

`source.py` is how a piece of code is put in another's place; the torture plants its faults with it.
"""

-- By what limits of time are multiplied, where all is slow (CXUX_SLOWDOWN, see valgrind.sh).
\getenv slowdown CXUX_SLOWDOWN
\if :{?slowdown} \else \set slowdown 1 \endif

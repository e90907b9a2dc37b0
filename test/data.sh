#!/bin/sh
# Says once, for all tests that read them, whether the real data are there.
echo 1..1
if [ -n "$CXUX_DATA" ]; then
	echo "ok 1 - shared data"
elif [ "${CI:-}" = true ]; then
	echo "not ok 1 - shared data"
	echo "# ../shared/data is missing"
else
	echo "ok 1 - shared data # SKIP ../shared/data is missing, and with it the tests on real data"
fi

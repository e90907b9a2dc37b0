EXTENSION = cxux
MODULE_big = cxux
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(dir $(lastword $(MAKEFILE_LIST)))cxux.control)

# Statistics layer (plain C; test/statistics.sh reads this list), then summaries, then the surface.
STATISTICS = distributions roots intervals proportion net_score mean ordinal multiplicity \
	sample_size poisson survival packed_counts ratio_of_sums efficiency questionnaires reliability eigen drivers \
	cells shrinkage control_chart composite
MODULES_C = $(STATISTICS) tally answer json_input picture chart chart_svg surface cxux \
	nps nps_ask \
	likert likert_ask \
	rate rate_ask \
	sample sample_ask \
	ratio ratio_ask \
	timing timing_state timing_ask timing_chart \
	items items_ask \
	choices choices_count choices_ask \
	actor_names actor_array actor_parts actor_progress actor_spill actor_rows \
	funnel funnel_plan funnel_rows funnel_ask funnel_chart funnel_journeys \
	task task_ask \
	calendar retention retention_form retention_count retention_rollup retention_plan retention_rows retention_journeys retention_ask retention_chart \
	span pattern pattern_parse pattern_write pattern_type pattern_compile \
	match match_trace match_any match_runs pairing \
	cell_window shrink suppress control experience \
	picture_rows \
	instant journey journey_type journey_build journey_ask \
	journey_match journey_steps journey_gin journey_friction \
	flow flow_state flow_journeys flow_ask flow_chart states \
	live_rollup_measure live_rollup_resolve live_rollup_sql live_rollup_trigger live_rollup_define \
	scale adjust planning instruments extreme
# The order in which the SQL parts are joined.
MODULES_SQL = types \
	nps likert rate \
	nps_ask likert_ask rate_ask \
	sample sample_ask \
	ratio ratio_ask \
	timing timing_ask \
	items items_ask \
	choices choices_ask \
	pattern funnel funnel_ask \
	task task_ask \
	journey journey_ask \
	journey_match funnel_journeys \
	flow flow_ask states \
	retention retention_journeys retention_ask \
	shrink suppress control experience \
	picture_rows \
	live_rollup \
	scale adjust planning instruments extreme

OBJS = $(MODULES_C:%=src/%.o)
SQL_SCRIPT = $(EXTENSION)--$(EXTVERSION).sql
DATA_built = $(SQL_SCRIPT)
DATA = $(wildcard upgrade/*.sql)
REGRESS = $(sort $(basename $(notdir $(wildcard sql/*.sql))))
REGRESS_OPTS = --load-extension=$(EXTENSION) --encoding=UTF8

# Floats must be the same on every machine, so no fused multiply-add.
WERROR ?= -Werror
PG_CFLAGS = -Wall -Wextra $(WERROR) -ffp-contract=off -fno-semantic-interposition -DCXUX_VERSION=\"$(EXTVERSION)\"
# The server loads libraries into one name space: bind our own names first.
SHLIB_LINK = -lm $(if $(filter linux,$(PORTNAME)),-Wl$(comma)-Bsymbolic)
comma := ,

# Targets that find or install PostgreSQL themselves must work where pg_config is missing or is
# the one of libpq-dev, which names a pgxs.mk that is not there.
PG_CONFIG ?= pg_config
PGXS := $(wildcard $(shell $(PG_CONFIG) --pgxs 2>/dev/null))
ifneq ($(PGXS),)
include $(PGXS)
# Warnings in the server's headers are not ours.
override CPPFLAGS := $(patsubst -I/%,-isystem /%,$(CPPFLAGS))
override BITCODE_CFLAGS += -ffp-contract=off
else
all install installcheck clean:
	@echo 'cxux: no PostgreSQL server headers: install them or set PG_CONFIG (make test and make demo do it by themselves on Debian)' >&2; exit 1
endif

$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*.h) Makefile

$(SQL_SCRIPT): $(MODULES_SQL:%=src/%.sql) Makefile cxux.control
	{ printf '%s\n' '\echo Use "CREATE EXTENSION $(EXTENSION)" to load this file. \quit'; \
	  cat $(MODULES_SQL:%=src/%.sql); } >$@.tmp && mv $@.tmp $@

# Every allocation fails, every occasion to cancel is taken, a thousand timeouts, cancels and limits of
# temporary files at random moments, and how long a cancel takes; make test takes some of each.
.PHONY: faults
faults:
	@CXUX_FAULTS=all bash test/faults.sh

.PHONY: test test-tools test-superset test-scale test-pictures fuzz live crash soak test-debug test-valgrind test-sqlsmith bench growth demo demo-clean matrix upgrade-matrix package dist
test:
	@bash test/run.sh
test-tools test-superset:
	@bash test/tools.sh $@
# Shards, the way of Citus, a standby and a subscriber; make test runs the first two.
test-scale:
	@bash test/scale.sh
# Every picture in headless Chromium: no text over another, outside or illegible.
test-pictures:
	@bash test/server.sh run perl test/tools/pictures.pl
# Arbitrary bytes for parser, inputs and matcher, under sanitizers; make test replays what was kept.
fuzz:
	@bash test/fuzz.sh
# The suite on a server with assertions; then under Valgrind, too (VALGRIND_ONLY: a regular expression).
test-debug test-valgrind:
	@bash test/valgrind.sh $(@:test-%=%)
# SQLsmith on such a server, for SQLSMITH_SECONDS (1200).
test-sqlsmith:
	@bash test/sqlsmith.sh
# Live roll-ups under eight writers for two minutes; make test takes some seconds for it.
live:
	@CXUX_LIVE_SECONDS=120 bash test/server.sh run sh -c 'createdb -T cxux_template live; PGDATABASE=live exec perl test/live_rollup.pl'
# Backends and servers killed, disks that get full; make test takes some seconds for it.
crash:
	@CXUX_CRASH_ROUNDS=12 bash test/server.sh run perl test/crash.pl
# All at once for half an hour: writers, roll-ups, refreshes, queries, cancels; answers, memory and
# sizes checked and printed. make test takes some seconds for it. The allocator gives back what is free.
soak:
	@SOAK_SECONDS=$${SOAK_SECONDS:-1800} MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TOP_PAD_=0 \
		bash test/server.sh run sh -c 'createdb -T cxux_template soak; PGDATABASE=soak exec perl test/soak.pl'
bench:
	@bash test/bench.sh
# What events cost as they grow to 100 million; CXUX_GROWTH_ROWS="1000000 10000000" is faster.
growth:
	@bash bench/growth.sh
demo demo-clean:
	@bash test/demo.sh $@
matrix:
	@bash test/matrix.sh
# pg_upgrade, dump and restore of stored values from 15 to 17 and 18.
upgrade-matrix:
	@bash test/upgrade.sh
package:
	@bash test/package.sh
# What PGXN takes: the files of the last commit.
dist:
	git archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION)/ --output=$(EXTENSION)-$(EXTVERSION).zip HEAD

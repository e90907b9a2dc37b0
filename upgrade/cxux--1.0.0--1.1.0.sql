\echo Use "ALTER EXTENSION cxux UPDATE TO '1.1.0'" to load this file. \quit

CREATE FUNCTION compare_event_rates(
    events_a bigint,
    exposure_a double precision,
    events_b bigint,
    exposure_b double precision,
    confidence double precision DEFAULT 0.95,
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'compare_event_rates'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION compare_event_rates(bigint, double precision, bigint, double precision, double precision) IS
'ratio of the first rate of events to the second, with the exact conditional interval and test';

-- As long as it takes beside other functions
ALTER FUNCTION event_rate(bigint, double precision, double precision) COST 500;

CREATE FUNCTION recompute_live_rollup(rollup regclass, source regclass)
RETURNS bigint AS 'MODULE_PATHNAME', 'recompute_live_rollup'
LANGUAGE C STRICT;

COMMENT ON FUNCTION recompute_live_rollup(regclass, regclass) IS
'computes a live roll-up anew from all rows of the source that is named, which may belong to another role, and returns how many groups it has';

-- As those of other summaries, and as estimate(), which computes the same
ALTER FUNCTION low(rate_summary, double precision) COST 100;
ALTER FUNCTION high(rate_summary, double precision) COST 100;
ALTER FUNCTION low(sample_summary, double precision) COST 100;
ALTER FUNCTION high(sample_summary, double precision) COST 100;
ALTER FUNCTION low(ratio_summary, double precision) COST 100;
ALTER FUNCTION high(ratio_summary, double precision) COST 100;
ALTER FUNCTION low(funnel_summary, double precision) COST 100;
ALTER FUNCTION high(funnel_summary, double precision) COST 100;
ALTER FUNCTION low(task_summary, double precision) COST 100;
ALTER FUNCTION high(task_summary, double precision) COST 100;

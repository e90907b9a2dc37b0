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
'first rate of events by the second, with the exact conditional interval and test';

-- As long as it takes beside other functions
ALTER FUNCTION event_rate(bigint, double precision, double precision) COST 500;

--
-- Verbs
--

CREATE FUNCTION report(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-t',
    OUT geometric_mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT mean double precision,
    OUT median double precision,
    OUT median_low double precision,
    OUT median_high double precision,
    OUT p90 double precision,
    OUT p95 double precision,
    OUT minimum double precision,
    OUT maximum double precision,
    OUT finished bigint,
    OUT unfinished bigint)
AS 'MODULE_PATHNAME', 'timing_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION report(timing_summary, double precision, text) IS
'everything worth charting: one row with means, quantiles and their intervals, in seconds';

CREATE FUNCTION estimate(
    x timing_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'log-t')
AS 'MODULE_PATHNAME', 'timing_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(timing_summary, double precision, text) IS
'the geometric mean in seconds as a row of the same shape for all summaries';

CREATE FUNCTION n(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(timing_summary) IS
'number of finished durations';

CREATE FUNCTION effective_n(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(timing_summary) IS
'number of unweighted durations that would say as much: all finished ones';

CREATE FUNCTION low(x timing_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(timing_summary, double precision) IS
'lower end of the interval of the geometric mean, in seconds';

CREATE FUNCTION high(x timing_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(timing_summary, double precision) IS
'upper end of the interval of the geometric mean, in seconds';

CREATE FUNCTION confidence_interval(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-t',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'timing_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(timing_summary, double precision, text) IS
'interval of the geometric mean, in seconds';

CREATE FUNCTION compare_ratio(
    a timing_summary,
    b timing_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-welch',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'timing_compare_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare_ratio(timing_summary, timing_summary, double precision, text) IS
'geometric mean of a over that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x timing_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'log-t',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'timing_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(timing_summary, double precision, double precision, text, text) IS
'geometric mean minus a fixed target, in seconds, with interval and p-value';

CREATE FUNCTION minimum_base(x timing_summary, n bigint)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(timing_summary, bigint) IS
'x, or NULL when fewer than n finished';

CREATE FUNCTION chart(x timing_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'timing_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION chart(timing_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x timing_summary)
RETURNS text AS 'MODULE_PATHNAME', 'timing_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION svg(timing_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION geometric_mean(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_geometric_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION geometric_mean(timing_summary) IS
'geometric mean in seconds; NULL while some still run, or when one took no time';

CREATE FUNCTION mean(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(timing_summary) IS
'arithmetic mean in seconds; NULL while some still run';

CREATE FUNCTION median(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION median(timing_summary) IS
'median in seconds; Kaplan-Meier while some still run, NULL when not reached';

CREATE FUNCTION quantile(x timing_summary, q double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_quantile'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION quantile(timing_summary, double precision) IS
'quantile in seconds; Kaplan-Meier while some still run, NULL when not reached';

CREATE FUNCTION minimum(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_minimum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum(timing_summary) IS
'shortest finished duration, in seconds';

CREATE FUNCTION maximum(x timing_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_maximum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION maximum(timing_summary) IS
'longest finished duration, in seconds';

CREATE FUNCTION finished(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION finished(timing_summary) IS
'number of finished durations';

CREATE FUNCTION unfinished(x timing_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_unfinished'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION unfinished(timing_summary) IS
'number of durations that are still running';

CREATE FUNCTION survival(x timing_summary, seconds double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'timing_survival'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION survival(timing_summary, double precision) IS
'share still unfinished after so many seconds; NULL when nobody was seen that long';

CREATE FUNCTION survival_curve(
    x timing_summary,
    confidence double precision DEFAULT 0.95,
    OUT seconds double precision,
    OUT survival double precision,
    OUT low double precision,
    OUT high double precision,
    OUT at_risk bigint)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'timing_survival_curve'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 100;

COMMENT ON FUNCTION survival_curve(timing_summary, double precision) IS
'one row per time at which some finished, with the share still unfinished after it';

CREATE FUNCTION histogram(
    x timing_summary,
    bars integer DEFAULT 20,
    OUT low_seconds double precision,
    OUT high_seconds double precision,
    OUT durations bigint,
    OUT share double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'timing_histogram'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;

COMMENT ON FUNCTION histogram(timing_summary, integer) IS
'one row per bar of the finished durations, each of the same ratio, empty ones included';

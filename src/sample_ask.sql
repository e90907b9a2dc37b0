--
-- Verbs
--

CREATE FUNCTION report(
    x sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT stddev double precision,
    OUT n bigint,
    OUT effective_n double precision,
    OUT minimum double precision,
    OUT maximum double precision)
AS 'MODULE_PATHNAME', 'sample_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(sample_summary, double precision, text) IS
'everything worth charting: one row with the mean, its interval and what it is made of';

CREATE FUNCTION estimate(
    x sample_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 't')
AS 'MODULE_PATHNAME', 'sample_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(sample_summary, double precision, text) IS
'the mean as a row of the same shape for all summaries';

CREATE FUNCTION n(x sample_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'sample_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(sample_summary) IS
'number of values';

CREATE FUNCTION effective_n(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(sample_summary) IS
'number of unweighted values that would say as much';

CREATE FUNCTION standard_error(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(sample_summary) IS
'standard error of the mean';

CREATE FUNCTION low(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(sample_summary, double precision) IS
'lower end of the interval of the mean';

CREATE FUNCTION high(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(sample_summary, double precision) IS
'upper end of the interval of the mean';

CREATE FUNCTION confidence_interval(
    x sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'sample_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(sample_summary, double precision, text) IS
'interval of the mean';

CREATE FUNCTION compare(
    a sample_summary,
    b sample_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'welch',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'sample_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(sample_summary, sample_summary, double precision, text) IS
'mean of a minus that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x sample_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 't',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'sample_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(sample_summary, double precision, double precision, text, text) IS
'mean minus a fixed target, with interval and p-value';

CREATE FUNCTION minimum_base(x sample_summary, n bigint)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(sample_summary, bigint) IS
'x, or NULL when there are fewer than n values';

CREATE FUNCTION chart(x sample_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'sample_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(sample_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x sample_summary)
RETURNS text AS 'MODULE_PATHNAME', 'sample_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(sample_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION mean(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(sample_summary) IS
'mean of the values';

CREATE FUNCTION standard_deviation(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_standard_deviation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_deviation(sample_summary) IS
'standard deviation of the values, dividing by n - 1';

CREATE FUNCTION minimum(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_minimum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum(sample_summary) IS
'smallest value';

CREATE FUNCTION maximum(x sample_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'sample_maximum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION maximum(sample_summary) IS
'largest value';

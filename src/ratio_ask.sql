--
-- Verbs
--

CREATE FUNCTION report(
    x ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT numerator double precision,
    OUT denominator double precision,
    OUT n bigint,
    OUT effective_n double precision)
AS 'MODULE_PATHNAME', 'ratio_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(ratio_summary, double precision, text) IS
'everything worth charting: one row with the ratio, its interval and what it is made of';

CREATE FUNCTION estimate(
    x ratio_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'delta')
AS 'MODULE_PATHNAME', 'ratio_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(ratio_summary, double precision, text) IS
'the ratio as a row of the same shape for all summaries';

CREATE FUNCTION n(x ratio_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'ratio_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(ratio_summary) IS
'number of units';

CREATE FUNCTION effective_n(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(ratio_summary) IS
'number of unweighted units that would say as much';

CREATE FUNCTION standard_error(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(ratio_summary) IS
'standard error of the ratio, by the delta method';

CREATE FUNCTION low(x ratio_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(ratio_summary, double precision) IS
'lower end of the interval of the ratio';

CREATE FUNCTION high(x ratio_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(ratio_summary, double precision) IS
'upper end of the interval of the ratio';

CREATE FUNCTION confidence_interval(
    x ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'ratio_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(ratio_summary, double precision, text) IS
'interval of the ratio';

CREATE FUNCTION compare(
    a ratio_summary,
    b ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'delta',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(ratio_summary, ratio_summary, double precision, text) IS
'ratio of a minus that of b, with interval and p-value';

CREATE FUNCTION compare_ratio(
    a ratio_summary,
    b ratio_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'log-delta',
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_compare_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare_ratio(ratio_summary, ratio_summary, double precision, text) IS
'ratio of a over that of b, with interval and p-value';

CREATE FUNCTION benchmark(
    x ratio_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'delta',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'ratio_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(ratio_summary, double precision, double precision, text, text) IS
'ratio minus a fixed target, with interval and p-value';

CREATE FUNCTION minimum_base(x ratio_summary, n bigint)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(ratio_summary, bigint) IS
'x, or NULL when there are fewer than n units';

CREATE FUNCTION chart(x ratio_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'ratio_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(ratio_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x ratio_summary)
RETURNS text AS 'MODULE_PATHNAME', 'ratio_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(ratio_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION ratio(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_ratio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio(ratio_summary) IS
'sum of the numerators over the sum of the denominators';

CREATE FUNCTION numerator(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_numerator'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION numerator(ratio_summary) IS
'sum of the numerators';

CREATE FUNCTION denominator(x ratio_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'ratio_denominator'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION denominator(ratio_summary) IS
'sum of the denominators';

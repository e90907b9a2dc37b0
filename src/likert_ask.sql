--
-- Verbs
--

CREATE FUNCTION report(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT mean double precision,
    OUT low double precision,
    OUT high double precision,
    OUT median double precision,
    OUT stddev double precision,
    OUT top_2_box double precision,
    OUT top_2_low double precision,
    OUT top_2_high double precision,
    OUT bottom_2_box double precision,
    OUT agreement_index double precision,
    OUT n bigint,
    OUT effective_n double precision)
AS 'MODULE_PATHNAME', 'likert_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(likert_summary, double precision, text) IS
'everything worth charting: one row with the mean, its interval and what it is made of';

CREATE FUNCTION estimate(
    x likert_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 't')
AS 'MODULE_PATHNAME', 'likert_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(likert_summary, double precision, text) IS
'the mean as a row of the same shape for all summaries';

CREATE FUNCTION n(x likert_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'likert_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(likert_summary) IS
'number of answers';

CREATE FUNCTION effective_n(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(likert_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(likert_summary) IS
'standard error of the mean';

CREATE FUNCTION low(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(likert_summary, double precision) IS
'lower end of the interval of the mean, in points of the scale';

CREATE FUNCTION high(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(likert_summary, double precision) IS
'upper end of the interval of the mean, in points of the scale';

CREATE FUNCTION confidence_interval(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 't',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'likert_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(likert_summary, double precision, text) IS
'interval of the mean, in points of the scale';

CREATE FUNCTION compare(
    a likert_summary,
    b likert_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'welch',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'likert_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(likert_summary, likert_summary, double precision, text) IS
'mean of a minus that of b, in points of the scale, with interval and p-value';

CREATE FUNCTION benchmark(
    x likert_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 't',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'likert_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(likert_summary, double precision, double precision, text, text) IS
'mean minus a fixed target, in points of the scale, with interval and p-value';

CREATE FUNCTION minimum_base(x likert_summary, n bigint)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(likert_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x likert_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'likert_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(likert_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x likert_summary)
RETURNS text AS 'MODULE_PATHNAME', 'likert_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(likert_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION mean(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION mean(likert_summary) IS
'mean, in points of the scale';

CREATE FUNCTION standard_deviation(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_standard_deviation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_deviation(likert_summary) IS
'standard deviation, dividing by n - 1';

CREATE FUNCTION median(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION median(likert_summary) IS
'median; halfway between two points when they part the answers evenly';

CREATE FUNCTION interpolated_median(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_interpolated_median'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION interpolated_median(likert_summary) IS
'median with the answers at it spread evenly over its point';

CREATE FUNCTION agreement_index(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_agreement_index'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION agreement_index(likert_summary) IS
'van der Eijk''s agreement: 1 all at one point, 0 evenly spread, -1 half at each end';

CREATE FUNCTION consensus(x likert_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'likert_consensus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION consensus(likert_summary) IS
'Tastle and Wierman''s consensus: 1 all at one point, 0 half at each end';

CREATE FUNCTION scale_low(x likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_scale_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION scale_low(likert_summary) IS
'lowest point of the scale';

CREATE FUNCTION scale_high(x likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_scale_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION scale_high(likert_summary) IS
'highest point of the scale';

CREATE FUNCTION counts(x likert_summary)
RETURNS bigint[] AS 'MODULE_PATHNAME', 'likert_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION counts(likert_summary) IS
'number of answers at each point, the lowest first';

CREATE FUNCTION distribution(
    x likert_summary,
    confidence double precision DEFAULT 0.95,
    OUT value integer,
    OUT answers bigint,
    OUT share double precision,
    OUT cumulative_share double precision,
    OUT simultaneous_low double precision,
    OUT simultaneous_high double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'likert_distribution'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 7;

COMMENT ON FUNCTION distribution(likert_summary, double precision) IS
'one row per point of the scale, those nobody chose included, with intervals that hold together';

--
-- Conversions
--

CREATE FUNCTION top_box(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_top_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION top_box(likert_summary, integer) IS
'answers in the highest points as successes';

CREATE FUNCTION bottom_box(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_bottom_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION bottom_box(likert_summary, integer) IS
'answers in the lowest points as successes';

CREATE FUNCTION csat(x likert_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_csat'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION csat(likert_summary) IS
'the satisfied, top two boxes on 5 and 7 points, as successes';

CREATE FUNCTION csat(x likert_summary, boxes integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'likert_top_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION csat(likert_summary, integer) IS
'the satisfied, so many top boxes, as successes';

CREATE FUNCTION net(x likert_summary, boxes integer)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'likert_net'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION net(likert_summary, integer) IS
'highest points against lowest ones as a net score, which never merges with an NPS';

CREATE FUNCTION to_nps(x likert_summary)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'likert_to_nps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION to_nps(likert_summary) IS
'NPS of answers from 0 to 10';

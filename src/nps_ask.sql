--
-- Verbs
--

CREATE FUNCTION report(
    x nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT score double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    OUT promoters bigint,
    OUT passives bigint,
    OUT detractors bigint,
    OUT promoter_share double precision,
    OUT passive_share double precision,
    OUT detractor_share double precision)
AS 'MODULE_PATHNAME', 'nps_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION report(nps_summary, double precision, text) IS
'everything worth charting: one row with the score, its interval and what it is made of';

CREATE FUNCTION estimate(
    x nps_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'adjusted-wald')
AS 'MODULE_PATHNAME', 'nps_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION estimate(nps_summary, double precision, text) IS
'the score as a row of the same shape for all summaries';

CREATE FUNCTION n(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(nps_summary) IS
'number of answers';

CREATE FUNCTION effective_n(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(nps_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(nps_summary) IS
'standard error of the score, in points: that of the adjusted-Wald interval';

CREATE FUNCTION low(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION low(nps_summary, double precision) IS
'lower end of the interval of the score, in points';

CREATE FUNCTION high(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION high(nps_summary, double precision) IS
'upper end of the interval of the score, in points';

CREATE FUNCTION confidence_interval(
    x nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'nps_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION confidence_interval(nps_summary, double precision, text) IS
'interval of the score, in points';

CREATE FUNCTION compare(
    a nps_summary,
    b nps_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'adjusted-wald',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'nps_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(nps_summary, nps_summary, double precision, text) IS
'score of a minus that of b, in points, with interval and p-value';

CREATE FUNCTION benchmark(
    x nps_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'adjusted-wald',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'nps_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION benchmark(nps_summary, double precision, double precision, text, text) IS
'score minus a fixed target, in points, with interval and p-value';

CREATE FUNCTION minimum_base(x nps_summary, n bigint)
RETURNS nps_summary AS 'MODULE_PATHNAME', 'nps_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(nps_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x nps_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'nps_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(nps_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x nps_summary)
RETURNS text AS 'MODULE_PATHNAME', 'nps_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(nps_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION score(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_score'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION score(nps_summary) IS
'share of promoters less share of detractors, in points from -100 to 100';

CREATE FUNCTION promoters(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_promoters'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION promoters(nps_summary) IS
'number of answers of 9 and 10';

CREATE FUNCTION passives(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_passives'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION passives(nps_summary) IS
'number of answers of 7 and 8';

CREATE FUNCTION detractors(x nps_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'nps_detractors'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION detractors(nps_summary) IS
'number of answers of 0 to 6';

CREATE FUNCTION promoter_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_promoter_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION promoter_share(nps_summary) IS
'weighted share of promoters, from 0 to 1';

CREATE FUNCTION passive_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_passive_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION passive_share(nps_summary) IS
'weighted share of passives, from 0 to 1';

CREATE FUNCTION detractor_share(x nps_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'nps_detractor_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION detractor_share(nps_summary) IS
'weighted share of detractors, from 0 to 1';

--
-- Verbs
--

CREATE FUNCTION report(
    x rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT successes bigint,
    OUT trials bigint,
    OUT effective_n double precision,
    OUT undecided bigint,
    OUT share_if_failed double precision,
    OUT share_if_met double precision)
AS 'MODULE_PATHNAME', 'rate_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION report(rate_summary, double precision, text) IS
'everything worth charting: one row with the share, its interval and what it is made of';

CREATE FUNCTION estimate(
    x rate_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'wilson')
AS 'MODULE_PATHNAME', 'rate_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(rate_summary, double precision, text) IS
'the share as a row of the same shape for all summaries';

CREATE FUNCTION n(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(rate_summary) IS
'number of trials: successes and failures';

CREATE FUNCTION effective_n(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(rate_summary) IS
'number of unweighted answers that would say as much';

CREATE FUNCTION standard_error(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_standard_error'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION standard_error(rate_summary) IS
'standard error of the share: that of the Agresti-Coull interval';

CREATE FUNCTION low(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(rate_summary, double precision) IS
'lower end of the interval of the share, in shares from 0 to 1';

CREATE FUNCTION high(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(rate_summary, double precision) IS
'upper end of the interval of the share, in shares from 0 to 1';

CREATE FUNCTION confidence_interval(
    x rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'rate_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(rate_summary, double precision, text) IS
'interval of the share, in shares from 0 to 1';

CREATE FUNCTION compare(
    a rate_summary,
    b rate_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'rate_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION compare(rate_summary, rate_summary, double precision, text) IS
'share of a minus that of b, in shares from 0 to 1, with interval and p-value';

CREATE FUNCTION benchmark(
    x rate_summary,
    target double precision,
    confidence double precision DEFAULT 0.95,
    alternative text DEFAULT 'two-sided',
    method text DEFAULT 'mid-p',
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'rate_benchmark'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION benchmark(rate_summary, double precision, double precision, text, text) IS
'share minus a fixed target, in shares from 0 to 1, with interval and p-value';

CREATE FUNCTION minimum_base(x rate_summary, n bigint)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(rate_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x rate_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'rate_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(rate_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x rate_summary)
RETURNS text AS 'MODULE_PATHNAME', 'rate_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(rate_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION share(x rate_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'rate_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION share(rate_summary) IS
'successes among successes and failures, from 0 to 1';

CREATE FUNCTION successes(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_successes'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION successes(rate_summary) IS
'number of successes';

CREATE FUNCTION failures(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_failures'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION failures(rate_summary) IS
'number of failures';

CREATE FUNCTION trials(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION trials(rate_summary) IS
'number of successes and failures';

CREATE FUNCTION undecided(x rate_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_undecided'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION undecided(rate_summary) IS
'number of rows that are not decided yet';

CREATE FUNCTION met_by(done_at timestamptz, due_at timestamptz, as_of timestamptz)
RETURNS boolean AS 'MODULE_PATHNAME', 'met_by'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION met_by(timestamptz, timestamptz, timestamptz) IS
'whether done by the due time; NULL while that lies after as_of';

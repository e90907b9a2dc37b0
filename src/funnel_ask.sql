--
-- Verbs
--

CREATE FUNCTION report(
    x funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT step integer,
    OUT name text,
    OUT actors bigint,
    OUT share_of_start double precision,
    OUT start_low double precision,
    OUT start_high double precision,
    OUT share_of_previous double precision,
    OUT previous_low double precision,
    OUT previous_high double precision,
    OUT abandoned bigint,
    OUT abandonment double precision,
    OUT median_seconds double precision,
    OUT p90_seconds double precision,
    OUT open bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'funnel_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION report(funnel_summary, double precision, text) IS
'a row per step: how many reached it, in shares with intervals, and how long it took';

CREATE FUNCTION estimate(
    x funnel_summary,
    OUT measure text,
    OUT estimate double precision,
    OUT low double precision,
    OUT high double precision,
    OUT n bigint,
    OUT effective_n double precision,
    INOUT confidence double precision DEFAULT 0.95,
    INOUT method text DEFAULT 'wilson')
AS 'MODULE_PATHNAME', 'funnel_estimate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION estimate(funnel_summary, double precision, text) IS
'the completion as a row of the same shape for all summaries';

CREATE FUNCTION n(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(funnel_summary) IS
'number of closed actors';

CREATE FUNCTION effective_n(x funnel_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_effective_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION effective_n(funnel_summary) IS
'number of closed actors, which have no weights';

CREATE FUNCTION low(x funnel_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_low'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION low(funnel_summary, double precision) IS
'lower end of the interval of the completion';

CREATE FUNCTION high(x funnel_summary, confidence double precision DEFAULT 0.95)
RETURNS double precision AS 'MODULE_PATHNAME', 'funnel_high'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION high(funnel_summary, double precision) IS
'upper end of the interval of the completion';

CREATE FUNCTION confidence_interval(
    x funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'wilson',
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'funnel_confidence_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION confidence_interval(funnel_summary, double precision, text) IS
'interval of the completion';

CREATE FUNCTION compare(
    a funnel_summary,
    b funnel_summary,
    confidence double precision DEFAULT 0.95,
    method text DEFAULT 'miettinen-nurminen',
    OUT step integer,
    OUT name text,
    OUT difference double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'funnel_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION compare(funnel_summary, funnel_summary, double precision, text) IS
'a row per step, and one for the whole: share of a minus that of b, with interval and p-value';

CREATE FUNCTION minimum_base(x funnel_summary, n bigint)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(funnel_summary, bigint) IS
'x, or NULL when fewer than n actors are closed';

CREATE FUNCTION chart(x funnel_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'funnel_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(funnel_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x funnel_summary)
RETURNS text AS 'MODULE_PATHNAME', 'funnel_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(funnel_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION completion(x funnel_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_completion'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION completion(funnel_summary) IS
'actors that reached the last step as successes; open ones are undecided';

CREATE FUNCTION abandonment(x funnel_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_abandonment'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION abandonment(funnel_summary) IS
'actors that did not reach the last step as successes; open ones are undecided';

CREATE FUNCTION step_rate(x funnel_summary, first_step integer, last_step integer)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'funnel_step_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_rate(funnel_summary, integer, integer) IS
'actors of the first of two steps that reached the second as successes';

CREATE FUNCTION elapsed(x funnel_summary, step integer)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'funnel_elapsed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION elapsed(funnel_summary, integer) IS
'times from the step before to a step';

CREATE FUNCTION elapsed(x funnel_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'funnel_elapsed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION elapsed(funnel_summary) IS
'times from the first step to the last';

CREATE FUNCTION open(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_open'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION open(funnel_summary) IS
'number of actors that may still finish';

CREATE FUNCTION open_completed(x funnel_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_open_completed'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION open_completed(funnel_summary) IS
'number of open actors that did finish already';

CREATE FUNCTION pattern(x funnel_summary)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'funnel_pattern'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pattern(funnel_summary) IS
'the pattern';

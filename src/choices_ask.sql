--
-- Verbs
--

CREATE FUNCTION report(
    x choices_summary,
    confidence double precision DEFAULT 0.95,
    OUT choice text,
    OUT answers bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT respondents bigint,
    OUT effective_n double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'choices_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION report(choices_summary, double precision) IS
'everything worth charting: one row per choice, the largest share first, with its interval';

CREATE FUNCTION n(x choices_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_respondents'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(choices_summary) IS
'number of respondents';

CREATE FUNCTION minimum_base(x choices_summary, n bigint)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(choices_summary, bigint) IS
'x, or NULL when fewer than n answered';

CREATE FUNCTION chart(x choices_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'choices_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(choices_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x choices_summary)
RETURNS text AS 'MODULE_PATHNAME', 'choices_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(choices_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION respondents(x choices_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_respondents'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION respondents(choices_summary) IS
'number of respondents';

CREATE FUNCTION choice_rate(x choices_summary, choice text)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'choices_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choice_rate(choices_summary, text) IS
'those who chose it as successes, the other respondents as failures';

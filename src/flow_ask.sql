--
-- Verbs
--

CREATE FUNCTION report(
    x flow_summary,
    OUT step integer,
    OUT source text,
    OUT target text,
    OUT actors bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'flow_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 100;

COMMENT ON FUNCTION report(flow_summary) IS
'a row per source and target, whose labels begin with their place: how many went this way';

CREATE FUNCTION n(x flow_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'flow_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION n(flow_summary) IS
'number of actors';

CREATE FUNCTION minimum_base(x flow_summary, n bigint)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION minimum_base(flow_summary, bigint) IS
'x, or NULL when it has fewer than n actors';

CREATE FUNCTION chart(x flow_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'flow_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(flow_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x flow_summary)
RETURNS text AS 'MODULE_PATHNAME', 'flow_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(flow_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION pattern(x flow_summary)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'flow_pattern'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pattern(flow_summary) IS
'the pattern';

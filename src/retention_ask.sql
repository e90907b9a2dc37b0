--
-- Verbs
--

CREATE FUNCTION report(
    x retention_summary,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL,
    confidence double precision DEFAULT 0.95,
    OUT cohort date,
    OUT period integer,
    OUT actors bigint,
    OUT cohort_size bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_report'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;

COMMENT ON FUNCTION report(retention_summary, boolean, timestamptz, double precision) IS
'a row per cohort and period: how many came back, as a share with its interval';

CREATE FUNCTION curve(
    x retention_summary,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL,
    confidence double precision DEFAULT 0.95,
    OUT period integer,
    OUT actors bigint,
    OUT cohort_size bigint,
    OUT share double precision,
    OUT low double precision,
    OUT high double precision,
    OUT cohorts bigint)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_curve'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION curve(retention_summary, boolean, timestamptz, double precision) IS
'a row per period: how many came back of all cohorts whose period is over';

CREATE FUNCTION retained(
    x retention_summary,
    period integer,
    rolling boolean DEFAULT false,
    as_of timestamptz DEFAULT NULL)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'retention_retained'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION retained(retention_summary, integer, boolean, timestamptz) IS
'actors who came back so many periods later as successes; those whose period is not over are undecided';

CREATE FUNCTION lifecycle(
    x retention_summary,
    as_of timestamptz DEFAULT NULL,
    OUT period_start date,
    OUT actors bigint,
    OUT new bigint,
    OUT "returning" bigint,
    OUT resurrected bigint,
    OUT dormant bigint,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_lifecycle'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION lifecycle(retention_summary, timestamptz) IS
'a row per period: actors who are new, were there before, are back, and have gone';

CREATE FUNCTION stickiness(
    x retention_summary,
    periods integer DEFAULT NULL,
    as_of timestamptz DEFAULT NULL,
    OUT period_start date,
    OUT actors bigint,
    OUT window_actors bigint,
    OUT mean_actors double precision,
    OUT share double precision,
    OUT complete boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'retention_stickiness'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION stickiness(retention_summary, integer, timestamptz) IS
'a row per period: mean actors of a period over the different actors of a window of them';

CREATE FUNCTION n(x retention_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'retention_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION n(retention_summary) IS
'number of actors';

CREATE FUNCTION latest(x retention_summary)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'retention_latest'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION latest(retention_summary) IS
'time of the last event seen';

CREATE FUNCTION minimum_base(x retention_summary, n bigint)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION minimum_base(retention_summary, bigint) IS
'x, or NULL when there are fewer than n actors';

CREATE FUNCTION chart(x retention_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'retention_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION chart(retention_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x retention_summary)
RETURNS text AS 'MODULE_PATHNAME', 'retention_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg(retention_summary) IS
'a picture as SVG';

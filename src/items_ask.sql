--
-- Verbs
--

CREATE FUNCTION report(
    x items_summary,
    OUT item integer,
    OUT name text,
    OUT mean double precision,
    OUT stddev double precision,
    OUT correlation_with_rest double precision,
    OUT alpha_without double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION report(items_summary) IS
'everything worth charting: one row per item, how it was answered and how it goes with the others';

CREATE FUNCTION report(
    x items_summary,
    names text[],
    OUT item integer,
    OUT name text,
    OUT mean double precision,
    OUT stddev double precision,
    OUT correlation_with_rest double precision,
    OUT alpha_without double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_report'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION report(items_summary, text[]) IS
'everything worth charting: one row per item, with its name, how it was answered and how it goes with the others';

CREATE FUNCTION reliability(
    x items_summary,
    confidence double precision DEFAULT 0.95,
    OUT alpha double precision,
    OUT low double precision,
    OUT high double precision,
    OUT items integer,
    OUT respondents bigint,
    OUT dropped bigint)
AS 'MODULE_PATHNAME', 'items_reliability'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION reliability(items_summary, double precision) IS
'Cronbach''s alpha with Feldt''s interval';

CREATE FUNCTION drivers(
    x items_summary,
    outcome integer,
    OUT item integer,
    OUT name text,
    OUT correlation double precision,
    OUT beta double precision,
    OUT relative_weight double precision,
    OUT relative_share double precision,
    OUT r_squared double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_drivers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION drivers(items_summary, integer) IS
'one row per item but the outcome: what it says about that';

CREATE FUNCTION drivers(
    x items_summary,
    outcome integer,
    names text[],
    OUT item integer,
    OUT name text,
    OUT correlation double precision,
    OUT beta double precision,
    OUT relative_weight double precision,
    OUT relative_share double precision,
    OUT r_squared double precision)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'items_drivers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION drivers(items_summary, integer, text[]) IS
'one row per item but the outcome, with its name: what it says about that';

CREATE FUNCTION n(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION n(items_summary) IS
'number of respondents who answered all items';

CREATE FUNCTION minimum_base(x items_summary, n bigint)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_minimum_base'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION minimum_base(items_summary, bigint) IS
'x, or NULL when fewer than n answered all items';

CREATE FUNCTION chart(x items_summary, width integer DEFAULT 72)
RETURNS text AS 'MODULE_PATHNAME', 'items_chart'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION chart(items_summary, integer) IS
'a picture in text, for psql';

CREATE FUNCTION svg(x items_summary)
RETURNS text AS 'MODULE_PATHNAME', 'items_svg'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION svg(items_summary) IS
'a picture as SVG';

--
-- Accessors
--

CREATE FUNCTION respondents(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_n'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION respondents(items_summary) IS
'number of respondents who answered all items';

CREATE FUNCTION dropped(x items_summary)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_dropped'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION dropped(items_summary) IS
'number of rows left out because an answer is missing';

CREATE FUNCTION item_count(x items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_item_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION item_count(items_summary) IS
'number of items';

CREATE FUNCTION cronbach_alpha(x items_summary)
RETURNS double precision AS 'MODULE_PATHNAME', 'items_cronbach_alpha'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION cronbach_alpha(items_summary) IS
'Cronbach''s alpha: how far the items measure the same, at most 1';

CREATE FUNCTION correlation(x items_summary, i integer, j integer)
RETURNS double precision AS 'MODULE_PATHNAME', 'items_correlation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION correlation(items_summary, integer, integer) IS
'Pearson''s correlation of two items';

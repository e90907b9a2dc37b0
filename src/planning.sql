--
-- Responses needed
--

CREATE FUNCTION responses_for_nps(
    margin_points double precision,
    confidence double precision DEFAULT 0.95,
    variance double precision DEFAULT 0.6)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_nps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_nps(double precision, double precision, double precision) IS
'responses that give an NPS its margin, in points to either side';

CREATE FUNCTION responses_for_nps_difference(
    difference_points double precision,
    power double precision DEFAULT 0.8,
    confidence double precision DEFAULT 0.95,
    variance_a double precision DEFAULT 0.6,
    variance_b double precision DEFAULT 0.6)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_nps_difference'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_nps_difference(double precision, double precision, double precision, double precision, double precision) IS
'responses in each of two groups that show a difference of their NPS, in points';

CREATE FUNCTION responses_for_share(
    margin double precision,
    share double precision DEFAULT 0.5,
    confidence double precision DEFAULT 0.95)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share(double precision, double precision, double precision) IS
'responses that give a share its margin to either side';

CREATE FUNCTION responses_for_share(
    margin double precision,
    share double precision,
    confidence double precision,
    population bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share_of_population'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share(double precision, double precision, double precision, bigint) IS
'responses that give a share of a finite population its margin to either side';

CREATE FUNCTION responses_for_share_difference(
    share_a double precision,
    share_b double precision,
    power double precision DEFAULT 0.8,
    confidence double precision DEFAULT 0.95)
RETURNS bigint AS 'MODULE_PATHNAME', 'responses_for_share_difference'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION responses_for_share_difference(double precision, double precision, double precision, double precision) IS
'responses in each of two groups that show the difference of their shares';

--
-- Rates of events
--

CREATE FUNCTION event_rate(
    events bigint,
    exposure double precision,
    confidence double precision DEFAULT 0.95,
    OUT rate double precision,
    OUT low double precision,
    OUT high double precision)
AS 'MODULE_PATHNAME', 'event_rate'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;

COMMENT ON FUNCTION event_rate(bigint, double precision, double precision) IS
'events per unit of exposure with the exact Poisson interval';

CREATE FUNCTION compare_event_rates(
    events_a bigint,
    exposure_a double precision,
    events_b bigint,
    exposure_b double precision,
    confidence double precision DEFAULT 0.95,
    OUT ratio double precision,
    OUT low double precision,
    OUT high double precision,
    OUT p_value double precision)
AS 'MODULE_PATHNAME', 'compare_event_rates'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION compare_event_rates(bigint, double precision, bigint, double precision, double precision) IS
'ratio of the first rate of events to the second, with the exact conditional interval and test';

--
-- Standard questionnaires: one score for the answers of one person
--

CREATE FUNCTION sus(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'sus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus(VARIADIC double precision[]) IS
'System Usability Scale, 0 to 100, of 10 answers from 1 to 5';

CREATE FUNCTION sus_grade(score double precision)
RETURNS text AS 'MODULE_PATHNAME', 'sus_grade'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_grade(double precision) IS
'grade of a SUS score on the curved grading scale';

CREATE FUNCTION sus_percentile(score double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'sus_percentile'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_percentile(double precision) IS
'share of products, in percent, that score lower, between published points';

CREATE FUNCTION sus_adjective(score double precision)
RETURNS text AS 'MODULE_PATHNAME', 'sus_adjective'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sus_adjective(double precision) IS
'adjective whose mean is nearest to a SUS score';

CREATE FUNCTION umux(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'umux'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux(VARIADIC double precision[]) IS
'Usability Metric for User Experience, 0 to 100, of 4 answers from 1 to 7';

CREATE FUNCTION umux_lite(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'umux_lite'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux_lite(double precision, double precision) IS
'UMUX-Lite, 0 to 100, of two answers from 1 to 7';

CREATE FUNCTION umux_lite_sus(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'umux_lite_sus'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION umux_lite_sus(double precision, double precision) IS
'SUS score that goes with two answers from 1 to 7, by regression';

CREATE FUNCTION ux_lite(ease double precision, usefulness double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'ux_lite'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ux_lite(double precision, double precision) IS
'UX-Lite, 0 to 100, of two answers from 1 to 5';

CREATE FUNCTION asq(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'asq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION asq(VARIADIC double precision[]) IS
'After-Scenario Questionnaire: mean of what was answered of 3 items from 1 to 7';

CREATE FUNCTION pssuq(VARIADIC answers double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'pssuq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pssuq(VARIADIC double precision[]) IS
'Post-Study System Usability Questionnaire: mean of what was answered of 16 items from 1, good, to 7';

CREATE FUNCTION pssuq_scales(
    VARIADIC answers double precision[],
    OUT overall double precision,
    OUT system_usefulness double precision,
    OUT information_quality double precision,
    OUT interface_quality double precision)
AS 'MODULE_PATHNAME', 'pssuq_scales'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION pssuq_scales(VARIADIC double precision[]) IS
'PSSUQ, overall and by scale';

CREATE FUNCTION ueq_s(
    VARIADIC answers double precision[],
    OUT pragmatic double precision,
    OUT hedonic double precision,
    OUT overall double precision)
AS 'MODULE_PATHNAME', 'ueq_s'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ueq_s(VARIADIC double precision[]) IS
'User Experience Questionnaire, short form: -3 to 3, of 8 answers from 1 to 7';

CREATE FUNCTION nasa_tlx(VARIADIC ratings double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'nasa_tlx'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nasa_tlx(VARIADIC double precision[]) IS
'raw NASA Task Load Index: mean of 6 ratings from 0 to 100';

CREATE FUNCTION nasa_tlx_weighted(ratings double precision[], tallies double precision[])
RETURNS double precision AS 'MODULE_PATHNAME', 'nasa_tlx_weighted'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nasa_tlx_weighted(double precision[], double precision[]) IS
'NASA Task Load Index, weighted by how often each scale was chosen in 15 pairs';

CREATE FUNCTION lostness(
    unique_screens double precision,
    screens double precision,
    minimum double precision)
RETURNS double precision AS 'MODULE_PATHNAME', 'lostness'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION lostness(double precision, double precision, double precision) IS
'how lost somebody was on the way: 0 on the shortest one';

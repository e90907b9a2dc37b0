--
-- Index of components
--

CREATE TYPE experience_score AS (
    estimate double precision,
    low double precision,
    high double precision,
    components bigint,
    missing bigint);

COMMENT ON TYPE experience_score IS
'what experience_index returns: the index, its interval, and how many components it has and lacks';

CREATE TYPE index_component AS (
    score double precision,
    weight_share double precision,
    contribution double precision);

COMMENT ON TYPE index_component IS
'what index_contribution returns: a component from 0 to 100, its share of the weights, what it adds';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision) IS
'transition of experience_index';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text) IS
'transition of experience_index';

CREATE FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text, double precision)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_accum(double precision[], double precision, double precision, double precision, double precision, double precision, text, double precision) IS
'transition of experience_index';

CREATE FUNCTION experience_index_combine(double precision[], double precision[])
RETURNS double precision[] AS 'MODULE_PATHNAME', 'experience_index_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_combine(double precision[], double precision[]) IS
'combination of experience_index';

CREATE FUNCTION experience_index_final(double precision[])
RETURNS experience_score AS 'MODULE_PATHNAME', 'experience_index_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION experience_index_final(double precision[]) IS
'result of experience_index';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision) IS
'index from 0 to 100 of components measured on scales of their own; NULL when one is missing';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision, text) IS
'the same; missing components require or drop';

CREATE AGGREGATE experience_index(
    estimate double precision,
    standard_error double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text,
    confidence double precision) (
    SFUNC = experience_index_accum,
    STYPE = double precision[],
    COMBINEFUNC = experience_index_combine,
    FINALFUNC = experience_index_final,
    INITCOND = '{0,0,0,0,0,0,0}',
    PARALLEL = SAFE);

COMMENT ON AGGREGATE experience_index(double precision, double precision, double precision, double precision, double precision, text, double precision) IS
'the same, with the confidence of its interval';

CREATE FUNCTION index_contribution(
    estimate double precision,
    worst double precision,
    best double precision,
    weight double precision,
    missing text DEFAULT 'require')
RETURNS index_component AS 'MODULE_PATHNAME', 'index_contribution'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION index_contribution(double precision, double precision, double precision, double precision, text) IS
'what a component adds to the index of its window partition';

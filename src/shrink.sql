--
-- Estimates of many groups
--

CREATE TYPE shrunken_estimate AS (
    estimate double precision,
    low double precision,
    high double precision,
    shrinkage double precision);

COMMENT ON TYPE shrunken_estimate IS
'what shrink returns: the estimate, its interval, and how far it went towards the mean of all';

CREATE FUNCTION shrink(x nps_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'nps_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(nps_summary, double precision) IS
'score drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x likert_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'likert_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(likert_summary, double precision) IS
'mean drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x rate_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'rate_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(rate_summary, double precision) IS
'share drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(x sample_summary, confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'sample_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(sample_summary, double precision) IS
'mean drawn towards that of all groups in its window partition: empirical Bayes';

CREATE FUNCTION shrink(
    estimate double precision,
    standard_error double precision,
    confidence double precision DEFAULT 0.95)
RETURNS shrunken_estimate AS 'MODULE_PATHNAME', 'number_shrink'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION shrink(double precision, double precision, double precision) IS
'estimate drawn towards those of all groups in its window partition: empirical Bayes';

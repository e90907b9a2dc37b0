--
-- The text at the earliest or latest time: the segment of an actor at entry
--

CREATE FUNCTION min_by_accum(bytea, text, timestamptz)
RETURNS bytea AS 'MODULE_PATHNAME', 'min_by_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION min_by_accum(bytea, text, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION min_by_combine(bytea, bytea)
RETURNS bytea AS 'MODULE_PATHNAME', 'min_by_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION min_by_combine(bytea, bytea) IS
'aggregate combine function';

CREATE FUNCTION min_by_final(bytea)
RETURNS text AS 'MODULE_PATHNAME', 'extreme_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION min_by_final(bytea) IS
'aggregate final function';

CREATE AGGREGATE min_by(value text, at timestamptz) (
    SFUNC = min_by_accum,
    STYPE = bytea,
    FINALFUNC = min_by_final,
    COMBINEFUNC = min_by_combine,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE min_by(text, timestamptz) IS
'the text at the earliest time';

CREATE FUNCTION max_by_accum(bytea, text, timestamptz)
RETURNS bytea AS 'MODULE_PATHNAME', 'max_by_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION max_by_accum(bytea, text, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION max_by_combine(bytea, bytea)
RETURNS bytea AS 'MODULE_PATHNAME', 'max_by_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION max_by_combine(bytea, bytea) IS
'aggregate combine function';

CREATE FUNCTION max_by_final(bytea)
RETURNS text AS 'MODULE_PATHNAME', 'extreme_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION max_by_final(bytea) IS
'aggregate final function';

CREATE AGGREGATE max_by(value text, at timestamptz) (
    SFUNC = max_by_accum,
    STYPE = bytea,
    FINALFUNC = max_by_final,
    COMBINEFUNC = max_by_combine,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE max_by(text, timestamptz) IS
'the text at the latest time';

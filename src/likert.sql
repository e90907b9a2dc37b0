--
-- Type likert_summary
--

CREATE FUNCTION likert_summary_in(cstring)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_in(cstring) IS
'I/O';

CREATE FUNCTION likert_summary_out(likert_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'likert_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_out(likert_summary) IS
'I/O';

CREATE FUNCTION likert_summary_recv(internal)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_recv(internal) IS
'I/O';

CREATE FUNCTION likert_summary_send(likert_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'likert_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_send(likert_summary) IS
'I/O';

CREATE TYPE likert_summary (
    INPUT = likert_summary_in,
    OUTPUT = likert_summary_out,
    RECEIVE = likert_summary_recv,
    SEND = likert_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE likert_summary IS
'histogram of answers on a closed scale, which it carries';

CREATE FUNCTION likert_summary(low integer, counts bigint[])
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_from_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary(integer, bigint[]) IS
'summary of plain counts, that of the lowest point first';

--
-- Aggregates
--

CREATE FUNCTION likert_summary_accum(likert_summary, smallint, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_int2'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, smallint, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, smallint, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_int2'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, smallint, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(likert_summary, integer, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_int4'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, integer, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, integer, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_int4'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, integer, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_float8'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_float8'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_accum(
    likert_summary,
    double precision,
    integer,
    integer,
    double precision)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_accum(likert_summary, double precision, integer, integer, double precision) IS
'aggregate transition function';

CREATE FUNCTION likert_summary_remove(
    likert_summary,
    double precision,
    integer,
    integer,
    double precision)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, double precision, integer, integer, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION likert_summary_final(likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_final(likert_summary) IS
'aggregate final function';

CREATE FUNCTION likert_summary_combine(likert_summary, likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_combine(likert_summary, likert_summary) IS
'aggregate combine function';

CREATE FUNCTION likert_summary_remove(likert_summary, likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_remove(likert_summary, likert_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE likert(answer smallint, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(smallint, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(answer integer, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(integer, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(answer double precision, low integer, high integer) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(double precision, integer, integer) IS
'summary of answers on a scale with its lowest and highest point';

CREATE AGGREGATE likert(
    answer double precision, low integer, high integer, weight double precision) (
    SFUNC = likert_summary_accum,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_accum,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE likert(double precision, integer, integer, double precision) IS
'summary of weighted answers on a scale with its lowest and highest point';

--
-- Merging
--

CREATE FUNCTION merge(a likert_summary, b likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(likert_summary, likert_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a likert_summary, b likert_summary)
RETURNS likert_summary AS 'MODULE_PATHNAME', 'likert_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(likert_summary, likert_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (likert_summary, likert_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (likert_summary, likert_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x likert_summary) (
    SFUNC = likert_summary_combine,
    STYPE = likert_summary,
    FINALFUNC = likert_summary_final,
    COMBINEFUNC = likert_summary_combine,
    INITCOND = '{}',
    MSFUNC = likert_summary_combine,
    MINVFUNC = likert_summary_remove,
    MSTYPE = likert_summary,
    MFINALFUNC = likert_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(likert_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION likert_summary_eq(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_eq(likert_summary, likert_summary) IS
'implementation of = operator';

CREATE FUNCTION likert_summary_ne(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_ne(likert_summary, likert_summary) IS
'implementation of <> operator';

CREATE FUNCTION likert_summary_lt(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_lt(likert_summary, likert_summary) IS
'implementation of < operator';

CREATE FUNCTION likert_summary_le(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_le(likert_summary, likert_summary) IS
'implementation of <= operator';

CREATE FUNCTION likert_summary_gt(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_gt(likert_summary, likert_summary) IS
'implementation of > operator';

CREATE FUNCTION likert_summary_ge(likert_summary, likert_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'likert_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_ge(likert_summary, likert_summary) IS
'implementation of >= operator';

CREATE FUNCTION likert_summary_cmp(likert_summary, likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_cmp(likert_summary, likert_summary) IS
'btree support';

CREATE FUNCTION likert_summary_hash(likert_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'likert_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_hash(likert_summary) IS
'hash support';

CREATE FUNCTION likert_summary_hash_extended(likert_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'likert_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_hash_extended(likert_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (likert_summary, likert_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (likert_summary, likert_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (likert_summary, likert_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (likert_summary, likert_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (likert_summary, likert_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = likert_summary, RIGHTARG = likert_summary, FUNCTION = likert_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (likert_summary, likert_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS likert_summary_ops DEFAULT FOR TYPE likert_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 likert_summary_cmp(likert_summary, likert_summary);
COMMENT ON OPERATOR FAMILY likert_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS likert_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS likert_summary_ops DEFAULT FOR TYPE likert_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 likert_summary_hash(likert_summary),
    FUNCTION 2 likert_summary_hash_extended(likert_summary, bigint);
COMMENT ON OPERATOR FAMILY likert_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS likert_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION likert_summary_to_json(likert_summary)
RETURNS json AS 'MODULE_PATHNAME', 'likert_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_to_json(likert_summary) IS
'the text form as json';

CREATE FUNCTION likert_summary_to_jsonb(likert_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'likert_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION likert_summary_to_jsonb(likert_summary) IS
'the text form as jsonb';

CREATE CAST (likert_summary AS json) WITH FUNCTION likert_summary_to_json(likert_summary);
COMMENT ON CAST (likert_summary AS json) IS
'the text form as json';

CREATE CAST (likert_summary AS jsonb) WITH FUNCTION likert_summary_to_jsonb(likert_summary);
COMMENT ON CAST (likert_summary AS jsonb) IS
'the text form as jsonb';

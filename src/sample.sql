--
-- Type sample_summary
--

CREATE FUNCTION sample_summary_in(cstring)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_in(cstring) IS
'I/O';

CREATE FUNCTION sample_summary_out(sample_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'sample_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_out(sample_summary) IS
'I/O';

CREATE FUNCTION sample_summary_recv(internal)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_recv(internal) IS
'I/O';

CREATE FUNCTION sample_summary_send(sample_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'sample_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_send(sample_summary) IS
'I/O';

CREATE TYPE sample_summary (
    INPUT = sample_summary_in,
    OUTPUT = sample_summary_out,
    RECEIVE = sample_summary_recv,
    SEND = sample_summary_send,
    INTERNALLENGTH = 128,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE sample_summary IS
'number, sum, squared deviations and range of measured values';

CREATE FUNCTION sample_summary(n bigint, mean double precision, standard_deviation double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_from_numbers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary(bigint, double precision, double precision) IS
'summary of published numbers; the range stays unknown';

CREATE FUNCTION sample_summary(
    n bigint,
    mean double precision,
    standard_deviation double precision,
    minimum double precision,
    maximum double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_from_numbers'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary(bigint, double precision, double precision, double precision, double precision) IS
'summary of published numbers';

--
-- Aggregates
--

CREATE FUNCTION sample_summary_accum(sample_summary, double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_accum(sample_summary, double precision) IS
'aggregate transition function';

CREATE FUNCTION sample_summary_accum(sample_summary, double precision, double precision)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_accum(sample_summary, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION sample_summary_final(sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_final(sample_summary) IS
'aggregate final function';

CREATE FUNCTION sample_summary_combine(sample_summary, sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_combine(sample_summary, sample_summary) IS
'aggregate combine function';

CREATE AGGREGATE sample(value double precision) (
    SFUNC = sample_summary_accum,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE sample(double precision) IS
'summary of measured values';

CREATE AGGREGATE sample(value double precision, weight double precision) (
    SFUNC = sample_summary_accum,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE sample(double precision, double precision) IS
'summary of weighted measured values';

--
-- Merging
--

CREATE FUNCTION merge(a sample_summary, b sample_summary)
RETURNS sample_summary AS 'MODULE_PATHNAME', 'sample_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(sample_summary, sample_summary) IS
'the values of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (sample_summary, sample_summary) IS
'the values of both; NULL is none';

CREATE AGGREGATE rollup(x sample_summary) (
    SFUNC = sample_summary_combine,
    STYPE = sample_summary,
    FINALFUNC = sample_summary_final,
    COMBINEFUNC = sample_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(sample_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION sample_summary_eq(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_eq(sample_summary, sample_summary) IS
'implementation of = operator';

CREATE FUNCTION sample_summary_ne(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_ne(sample_summary, sample_summary) IS
'implementation of <> operator';

CREATE FUNCTION sample_summary_lt(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_lt(sample_summary, sample_summary) IS
'implementation of < operator';

CREATE FUNCTION sample_summary_le(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_le(sample_summary, sample_summary) IS
'implementation of <= operator';

CREATE FUNCTION sample_summary_gt(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_gt(sample_summary, sample_summary) IS
'implementation of > operator';

CREATE FUNCTION sample_summary_ge(sample_summary, sample_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'sample_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_ge(sample_summary, sample_summary) IS
'implementation of >= operator';

CREATE FUNCTION sample_summary_cmp(sample_summary, sample_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'sample_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_cmp(sample_summary, sample_summary) IS
'btree support';

CREATE FUNCTION sample_summary_hash(sample_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'sample_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_hash(sample_summary) IS
'hash support';

CREATE FUNCTION sample_summary_hash_extended(sample_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'sample_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_hash_extended(sample_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (sample_summary, sample_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sample_summary, sample_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (sample_summary, sample_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (sample_summary, sample_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (sample_summary, sample_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = sample_summary, RIGHTARG = sample_summary, FUNCTION = sample_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (sample_summary, sample_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS sample_summary_ops DEFAULT FOR TYPE sample_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 sample_summary_cmp(sample_summary, sample_summary);
COMMENT ON OPERATOR FAMILY sample_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS sample_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS sample_summary_ops DEFAULT FOR TYPE sample_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 sample_summary_hash(sample_summary),
    FUNCTION 2 sample_summary_hash_extended(sample_summary, bigint);
COMMENT ON OPERATOR FAMILY sample_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS sample_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION sample_summary_to_json(sample_summary)
RETURNS json AS 'MODULE_PATHNAME', 'sample_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_to_json(sample_summary) IS
'the text form as json';

CREATE FUNCTION sample_summary_to_jsonb(sample_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'sample_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION sample_summary_to_jsonb(sample_summary) IS
'the text form as jsonb';

CREATE CAST (sample_summary AS json) WITH FUNCTION sample_summary_to_json(sample_summary);
COMMENT ON CAST (sample_summary AS json) IS
'the text form as json';

CREATE CAST (sample_summary AS jsonb) WITH FUNCTION sample_summary_to_jsonb(sample_summary);
COMMENT ON CAST (sample_summary AS jsonb) IS
'the text form as jsonb';

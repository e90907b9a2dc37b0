--
-- Type ratio_summary
--

CREATE FUNCTION ratio_summary_in(cstring)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_in(cstring) IS
'I/O';

CREATE FUNCTION ratio_summary_out(ratio_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'ratio_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_out(ratio_summary) IS
'I/O';

CREATE FUNCTION ratio_summary_recv(internal)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_recv(internal) IS
'I/O';

CREATE FUNCTION ratio_summary_send(ratio_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'ratio_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_send(ratio_summary) IS
'I/O';

CREATE TYPE ratio_summary (
    INPUT = ratio_summary_in,
    OUTPUT = ratio_summary_out,
    RECEIVE = ratio_summary_recv,
    SEND = ratio_summary_send,
    INTERNALLENGTH = 96,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE ratio_summary IS
'sums, squared deviations and their products of two amounts per unit';

--
-- Aggregates
--

CREATE FUNCTION ratio_summary_accum(ratio_summary, double precision, double precision)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_accum(ratio_summary, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION ratio_summary_final(ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_final(ratio_summary) IS
'aggregate final function';

CREATE FUNCTION ratio_summary_combine(ratio_summary, ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_combine(ratio_summary, ratio_summary) IS
'aggregate combine function';

CREATE AGGREGATE ratio(numerator double precision, denominator double precision) (
    SFUNC = ratio_summary_accum,
    STYPE = ratio_summary,
    FINALFUNC = ratio_summary_final,
    COMBINEFUNC = ratio_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE ratio(double precision, double precision) IS
'summary of two amounts of each unit: the sum of one over the sum of the other';

--
-- Merging
--

CREATE FUNCTION merge(a ratio_summary, b ratio_summary)
RETURNS ratio_summary AS 'MODULE_PATHNAME', 'ratio_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(ratio_summary, ratio_summary) IS
'the units of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (ratio_summary, ratio_summary) IS
'the units of both; NULL is none';

CREATE AGGREGATE rollup(x ratio_summary) (
    SFUNC = ratio_summary_combine,
    STYPE = ratio_summary,
    FINALFUNC = ratio_summary_final,
    COMBINEFUNC = ratio_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(ratio_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION ratio_summary_eq(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_eq(ratio_summary, ratio_summary) IS
'implementation of = operator';

CREATE FUNCTION ratio_summary_ne(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_ne(ratio_summary, ratio_summary) IS
'implementation of <> operator';

CREATE FUNCTION ratio_summary_lt(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_lt(ratio_summary, ratio_summary) IS
'implementation of < operator';

CREATE FUNCTION ratio_summary_le(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_le(ratio_summary, ratio_summary) IS
'implementation of <= operator';

CREATE FUNCTION ratio_summary_gt(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_gt(ratio_summary, ratio_summary) IS
'implementation of > operator';

CREATE FUNCTION ratio_summary_ge(ratio_summary, ratio_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'ratio_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_ge(ratio_summary, ratio_summary) IS
'implementation of >= operator';

CREATE FUNCTION ratio_summary_cmp(ratio_summary, ratio_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'ratio_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_cmp(ratio_summary, ratio_summary) IS
'btree support';

CREATE FUNCTION ratio_summary_hash(ratio_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'ratio_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_hash(ratio_summary) IS
'hash support';

CREATE FUNCTION ratio_summary_hash_extended(ratio_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'ratio_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_hash_extended(ratio_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (ratio_summary, ratio_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ratio_summary, ratio_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (ratio_summary, ratio_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (ratio_summary, ratio_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (ratio_summary, ratio_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = ratio_summary, RIGHTARG = ratio_summary, FUNCTION = ratio_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (ratio_summary, ratio_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS ratio_summary_ops DEFAULT FOR TYPE ratio_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 ratio_summary_cmp(ratio_summary, ratio_summary);
COMMENT ON OPERATOR FAMILY ratio_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS ratio_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS ratio_summary_ops DEFAULT FOR TYPE ratio_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 ratio_summary_hash(ratio_summary),
    FUNCTION 2 ratio_summary_hash_extended(ratio_summary, bigint);
COMMENT ON OPERATOR FAMILY ratio_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS ratio_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION ratio_summary_to_json(ratio_summary)
RETURNS json AS 'MODULE_PATHNAME', 'ratio_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_to_json(ratio_summary) IS
'the text form as json';

CREATE FUNCTION ratio_summary_to_jsonb(ratio_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'ratio_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION ratio_summary_to_jsonb(ratio_summary) IS
'the text form as jsonb';

CREATE CAST (ratio_summary AS json) WITH FUNCTION ratio_summary_to_json(ratio_summary);
COMMENT ON CAST (ratio_summary AS json) IS
'the text form as json';

CREATE CAST (ratio_summary AS jsonb) WITH FUNCTION ratio_summary_to_jsonb(ratio_summary);
COMMENT ON CAST (ratio_summary AS jsonb) IS
'the text form as jsonb';

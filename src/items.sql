--
-- Type items_summary
--

CREATE FUNCTION items_summary_in(cstring)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_in(cstring) IS
'I/O';

CREATE FUNCTION items_summary_out(items_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'items_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_out(items_summary) IS
'I/O';

CREATE FUNCTION items_summary_recv(internal)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_recv(internal) IS
'I/O';

CREATE FUNCTION items_summary_send(items_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'items_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_send(items_summary) IS
'I/O';

CREATE TYPE items_summary (
    INPUT = items_summary_in,
    OUTPUT = items_summary_out,
    RECEIVE = items_summary_recv,
    SEND = items_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE items_summary IS
'means and co-moments of several items answered together';

--
-- Aggregates
--

CREATE FUNCTION items_summary_accum(items_summary, double precision[])
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_accum(items_summary, double precision[]) IS
'aggregate transition function';

CREATE FUNCTION items_summary_final(items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_final(items_summary) IS
'aggregate final function';

CREATE FUNCTION items_summary_combine(items_summary, items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_combine(items_summary, items_summary) IS
'aggregate combine function';

CREATE AGGREGATE items(VARIADIC answers double precision[]) (
    SFUNC = items_summary_accum,
    STYPE = items_summary,
    SSPACE = 544,
    FINALFUNC = items_summary_final,
    COMBINEFUNC = items_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE items(VARIADIC double precision[]) IS
'summary of answers to several items, one respondent per row; a row with a gap is only counted';

--
-- Merging
--

CREATE FUNCTION merge(a items_summary, b items_summary)
RETURNS items_summary AS 'MODULE_PATHNAME', 'items_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(items_summary, items_summary) IS
'the respondents of both; NULL is nobody';

CREATE OPERATOR + (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (items_summary, items_summary) IS
'the respondents of both; NULL is nobody';

CREATE AGGREGATE rollup(x items_summary) (
    SFUNC = items_summary_combine,
    STYPE = items_summary,
    SSPACE = 544,
    FINALFUNC = items_summary_final,
    COMBINEFUNC = items_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(items_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION items_summary_eq(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_eq(items_summary, items_summary) IS
'implementation of = operator';

CREATE FUNCTION items_summary_ne(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_ne(items_summary, items_summary) IS
'implementation of <> operator';

CREATE FUNCTION items_summary_lt(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_lt(items_summary, items_summary) IS
'implementation of < operator';

CREATE FUNCTION items_summary_le(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_le(items_summary, items_summary) IS
'implementation of <= operator';

CREATE FUNCTION items_summary_gt(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_gt(items_summary, items_summary) IS
'implementation of > operator';

CREATE FUNCTION items_summary_ge(items_summary, items_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'items_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_ge(items_summary, items_summary) IS
'implementation of >= operator';

CREATE FUNCTION items_summary_cmp(items_summary, items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_cmp(items_summary, items_summary) IS
'btree support';

CREATE FUNCTION items_summary_hash(items_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'items_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_hash(items_summary) IS
'hash support';

CREATE FUNCTION items_summary_hash_extended(items_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'items_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_hash_extended(items_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (items_summary, items_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (items_summary, items_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (items_summary, items_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (items_summary, items_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (items_summary, items_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = items_summary, RIGHTARG = items_summary, FUNCTION = items_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (items_summary, items_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS items_summary_ops DEFAULT FOR TYPE items_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 items_summary_cmp(items_summary, items_summary);
COMMENT ON OPERATOR FAMILY items_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS items_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS items_summary_ops DEFAULT FOR TYPE items_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 items_summary_hash(items_summary),
    FUNCTION 2 items_summary_hash_extended(items_summary, bigint);
COMMENT ON OPERATOR FAMILY items_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS items_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION items_summary_to_json(items_summary)
RETURNS json AS 'MODULE_PATHNAME', 'items_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_to_json(items_summary) IS
'the text form as json';

CREATE FUNCTION items_summary_to_jsonb(items_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'items_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION items_summary_to_jsonb(items_summary) IS
'the text form as jsonb';

CREATE CAST (items_summary AS json) WITH FUNCTION items_summary_to_json(items_summary);
COMMENT ON CAST (items_summary AS json) IS
'the text form as json';

CREATE CAST (items_summary AS jsonb) WITH FUNCTION items_summary_to_jsonb(items_summary);
COMMENT ON CAST (items_summary AS jsonb) IS
'the text form as jsonb';

--
-- Type rate_summary
--

CREATE FUNCTION rate_summary_in(cstring)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_in(cstring) IS
'I/O';

CREATE FUNCTION rate_summary_out(rate_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'rate_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_out(rate_summary) IS
'I/O';

CREATE FUNCTION rate_summary_recv(internal)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_recv(internal) IS
'I/O';

CREATE FUNCTION rate_summary_send(rate_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'rate_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_send(rate_summary) IS
'I/O';

CREATE TYPE rate_summary (
    INPUT = rate_summary_in,
    OUTPUT = rate_summary_out,
    RECEIVE = rate_summary_recv,
    SEND = rate_summary_send,
    INTERNALLENGTH = 128,
    ALIGNMENT = double,
    STORAGE = plain
);

COMMENT ON TYPE rate_summary IS
'successes, failures and what is not decided yet';

CREATE FUNCTION rate_summary(successes bigint, trials bigint, undecided bigint DEFAULT 0)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_from_counts'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary(bigint, bigint, bigint) IS
'summary of plain counts';

--
-- Aggregates
--

CREATE FUNCTION rate_summary_accum(rate_summary, boolean)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_accum(rate_summary, boolean) IS
'aggregate transition function';

CREATE FUNCTION rate_summary_remove(rate_summary, boolean)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, boolean) IS
'aggregate inverse transition function';

CREATE FUNCTION rate_summary_accum(rate_summary, boolean, double precision)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_accum_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_accum(rate_summary, boolean, double precision) IS
'aggregate transition function';

CREATE FUNCTION rate_summary_remove(rate_summary, boolean, double precision)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, boolean, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION rate_summary_final(rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_final(rate_summary) IS
'aggregate final function';

CREATE FUNCTION rate_summary_combine(rate_summary, rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_combine(rate_summary, rate_summary) IS
'aggregate combine function';

CREATE FUNCTION rate_summary_remove(rate_summary, rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_remove(rate_summary, rate_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE rate(condition boolean) (
    SFUNC = rate_summary_accum,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_accum,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rate(boolean) IS
'summary of a condition: true succeeds, false fails, NULL is not decided yet';

CREATE AGGREGATE rate(condition boolean, weight double precision) (
    SFUNC = rate_summary_accum,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_accum,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rate(boolean, double precision) IS
'summary of a weighted condition: true succeeds, false fails, NULL is not decided yet';

--
-- Merging
--

CREATE FUNCTION merge(a rate_summary, b rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(rate_summary, rate_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a rate_summary, b rate_summary)
RETURNS rate_summary AS 'MODULE_PATHNAME', 'rate_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(rate_summary, rate_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (rate_summary, rate_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (rate_summary, rate_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x rate_summary) (
    SFUNC = rate_summary_combine,
    STYPE = rate_summary,
    FINALFUNC = rate_summary_final,
    COMBINEFUNC = rate_summary_combine,
    INITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    MSFUNC = rate_summary_combine,
    MINVFUNC = rate_summary_remove,
    MSTYPE = rate_summary,
    MFINALFUNC = rate_summary_final,
    MINITCOND = '{"successes": 0, "failures": 0, "undecided": 0}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(rate_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION rate_summary_eq(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_eq(rate_summary, rate_summary) IS
'implementation of = operator';

CREATE FUNCTION rate_summary_ne(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_ne(rate_summary, rate_summary) IS
'implementation of <> operator';

CREATE FUNCTION rate_summary_lt(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_lt(rate_summary, rate_summary) IS
'implementation of < operator';

CREATE FUNCTION rate_summary_le(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_le(rate_summary, rate_summary) IS
'implementation of <= operator';

CREATE FUNCTION rate_summary_gt(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_gt(rate_summary, rate_summary) IS
'implementation of > operator';

CREATE FUNCTION rate_summary_ge(rate_summary, rate_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'rate_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_ge(rate_summary, rate_summary) IS
'implementation of >= operator';

CREATE FUNCTION rate_summary_cmp(rate_summary, rate_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'rate_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_cmp(rate_summary, rate_summary) IS
'btree support';

CREATE FUNCTION rate_summary_hash(rate_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'rate_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_hash(rate_summary) IS
'hash support';

CREATE FUNCTION rate_summary_hash_extended(rate_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'rate_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_hash_extended(rate_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (rate_summary, rate_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rate_summary, rate_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rate_summary, rate_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rate_summary, rate_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rate_summary, rate_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rate_summary, rate_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS rate_summary_ops DEFAULT FOR TYPE rate_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 rate_summary_cmp(rate_summary, rate_summary);
COMMENT ON OPERATOR FAMILY rate_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS rate_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS rate_summary_ops DEFAULT FOR TYPE rate_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rate_summary_hash(rate_summary),
    FUNCTION 2 rate_summary_hash_extended(rate_summary, bigint);
COMMENT ON OPERATOR FAMILY rate_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS rate_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION rate_summary_to_json(rate_summary)
RETURNS json AS 'MODULE_PATHNAME', 'rate_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_to_json(rate_summary) IS
'the text form as json';

CREATE FUNCTION rate_summary_to_jsonb(rate_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'rate_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION rate_summary_to_jsonb(rate_summary) IS
'the text form as jsonb';

CREATE CAST (rate_summary AS json) WITH FUNCTION rate_summary_to_json(rate_summary);
COMMENT ON CAST (rate_summary AS json) IS
'the text form as json';

CREATE CAST (rate_summary AS jsonb) WITH FUNCTION rate_summary_to_jsonb(rate_summary);
COMMENT ON CAST (rate_summary AS jsonb) IS
'the text form as jsonb';

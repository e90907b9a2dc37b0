--
-- Type funnel_summary
--

CREATE FUNCTION funnel_summary_in(cstring)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_in(cstring) IS
'I/O';

CREATE FUNCTION funnel_summary_out(funnel_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'funnel_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_out(funnel_summary) IS
'I/O';

CREATE FUNCTION funnel_summary_recv(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_recv(internal) IS
'I/O';

CREATE FUNCTION funnel_summary_send(funnel_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_send(funnel_summary) IS
'I/O';

CREATE TYPE funnel_summary (
    INPUT = funnel_summary_in,
    OUTPUT = funnel_summary_out,
    RECEIVE = funnel_summary_recv,
    SEND = funnel_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE funnel_summary IS
'how far actors came along a pattern, and how long each step took them';

--
-- Aggregates over rows: they need all events of an actor in one place, so that they do not combine
--

CREATE FUNCTION funnel_summary_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_final(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, bigint, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor bigint, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(bigint, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, uuid, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor uuid, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(uuid, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamptz, event text, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamptz, text, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern, timestamp) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp, tsrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, text, timestamp, text, step_pattern, timestamp, tsrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(
    actor text, at timestamp, event text, steps step_pattern, as_of timestamp, entered tsrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(text, timestamp, text, step_pattern, timestamp, tsrange) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamptz, text, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_depth(internal)
RETURNS integer AS 'MODULE_PATHNAME', 'depth_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_depth(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_outcome(internal)
RETURNS text AS 'MODULE_PATHNAME', 'outcome_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_outcome(internal) IS
'aggregate final function';

CREATE AGGREGATE depth(at timestamptz, event text, steps step_pattern) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_depth,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE depth(timestamptz, text, step_pattern) IS
'how many steps one actor reached';

CREATE AGGREGATE outcome(at timestamptz, event text, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_outcome,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE outcome(timestamptz, text, step_pattern, timestamptz) IS
'what became of one actor: completed, abandoned or open; NULL when it never began';

CREATE FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern, timestamp)
RETURNS internal AS 'MODULE_PATHNAME', 'depth_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_single(internal, timestamp, text, step_pattern, timestamp) IS
'aggregate transition function';

CREATE AGGREGATE depth(at timestamp, event text, steps step_pattern) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_depth,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE depth(timestamp, text, step_pattern) IS
'how many steps one actor reached';

CREATE AGGREGATE outcome(at timestamp, event text, steps step_pattern, as_of timestamp) (
    SFUNC = funnel_summary_single,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = funnel_summary_outcome,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE outcome(timestamp, text, step_pattern, timestamp) IS
'what became of one actor: completed, abandoned or open; NULL when it never began';

--
-- Merging
--

CREATE FUNCTION merge(a funnel_summary, b funnel_summary)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(funnel_summary, funnel_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE OPERATOR + (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (funnel_summary, funnel_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE FUNCTION funnel_summary_accum(internal, funnel_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_accum(internal, funnel_summary) IS
'aggregate transition function';

CREATE FUNCTION funnel_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION funnel_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_rollup_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION funnel_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_rollup_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION funnel_summary_rollup_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_rollup_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_rollup_final(internal) IS
'aggregate final function';

CREATE AGGREGATE rollup(x funnel_summary) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_rollup_final,
    COMBINEFUNC = funnel_summary_combine,
    SERIALFUNC = funnel_summary_serialize,
    DESERIALFUNC = funnel_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(funnel_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION funnel_summary_eq(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_eq(funnel_summary, funnel_summary) IS
'implementation of = operator';

CREATE FUNCTION funnel_summary_ne(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_ne(funnel_summary, funnel_summary) IS
'implementation of <> operator';

CREATE FUNCTION funnel_summary_lt(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_lt(funnel_summary, funnel_summary) IS
'implementation of < operator';

CREATE FUNCTION funnel_summary_le(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_le(funnel_summary, funnel_summary) IS
'implementation of <= operator';

CREATE FUNCTION funnel_summary_gt(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_gt(funnel_summary, funnel_summary) IS
'implementation of > operator';

CREATE FUNCTION funnel_summary_ge(funnel_summary, funnel_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'funnel_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_ge(funnel_summary, funnel_summary) IS
'implementation of >= operator';

CREATE FUNCTION funnel_summary_cmp(funnel_summary, funnel_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'funnel_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_cmp(funnel_summary, funnel_summary) IS
'btree support';

CREATE FUNCTION funnel_summary_hash(funnel_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'funnel_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_hash(funnel_summary) IS
'hash support';

CREATE FUNCTION funnel_summary_hash_extended(funnel_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'funnel_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_hash_extended(funnel_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (funnel_summary, funnel_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (funnel_summary, funnel_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (funnel_summary, funnel_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (funnel_summary, funnel_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (funnel_summary, funnel_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = funnel_summary, RIGHTARG = funnel_summary, FUNCTION = funnel_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (funnel_summary, funnel_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS funnel_summary_ops DEFAULT FOR TYPE funnel_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 funnel_summary_cmp(funnel_summary, funnel_summary);
COMMENT ON OPERATOR FAMILY funnel_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS funnel_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS funnel_summary_ops DEFAULT FOR TYPE funnel_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 funnel_summary_hash(funnel_summary),
    FUNCTION 2 funnel_summary_hash_extended(funnel_summary, bigint);
COMMENT ON OPERATOR FAMILY funnel_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS funnel_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION funnel_summary_to_json(funnel_summary)
RETURNS json AS 'MODULE_PATHNAME', 'funnel_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_to_json(funnel_summary) IS
'the text form as json';

CREATE FUNCTION funnel_summary_to_jsonb(funnel_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'funnel_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_to_jsonb(funnel_summary) IS
'the text form as jsonb';

CREATE CAST (funnel_summary AS json) WITH FUNCTION funnel_summary_to_json(funnel_summary);
COMMENT ON CAST (funnel_summary AS json) IS
'the text form as json';

CREATE CAST (funnel_summary AS jsonb) WITH FUNCTION funnel_summary_to_jsonb(funnel_summary);
COMMENT ON CAST (funnel_summary AS jsonb) IS
'the text form as jsonb';

--
-- Type retention_summary
--

CREATE FUNCTION retention_summary_in(cstring)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_in(cstring) IS
'I/O';

CREATE FUNCTION retention_summary_out(retention_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'retention_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_out(retention_summary) IS
'I/O';

CREATE FUNCTION retention_summary_recv(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_recv(internal) IS
'I/O';

CREATE FUNCTION retention_summary_send(retention_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_send(retention_summary) IS
'I/O';

CREATE TYPE retention_summary (
    INPUT = retention_summary_in,
    OUTPUT = retention_summary_out,
    RECEIVE = retention_summary_recv,
    SEND = retention_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE retention_summary IS
'when actors came first, and in which periods they came back';

--
-- Aggregates over rows: they need all events of an actor in one place, so that they do not combine
--

CREATE FUNCTION retention_summary_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_final(internal) IS
'aggregate final function';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, bigint, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, bigint, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_bigint_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, bigint, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor bigint, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(bigint, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, uuid, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, uuid, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_uuid_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, uuid, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor uuid, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(uuid, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamptz, text, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamptz, event text, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamptz, text, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamp, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamp, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamp, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, timestamp, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, timestamp, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at timestamp, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, timestamp, text, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, text, date, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, date, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at date, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, date, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, text, date, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_accum_text_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, text, date, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(
    actor text, at date, event text, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 224,
    FINALFUNC = retention_summary_final,
    FINALFUNC_MODIFY = READ_WRITE,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(text, date, text, text, text, text) IS
'in which periods actors came back with one event after another';

--
-- Merging
--

CREATE FUNCTION merge(a retention_summary, b retention_summary)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(retention_summary, retention_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE OPERATOR + (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (retention_summary, retention_summary) IS
'the actors of both, who must be different; NULL is none';

CREATE FUNCTION retention_summary_accum(internal, retention_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_accum(internal, retention_summary) IS
'aggregate transition function';

CREATE FUNCTION retention_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION retention_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_rollup_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION retention_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_rollup_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION retention_summary_rollup_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_rollup_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_rollup_final(internal) IS
'aggregate final function';

CREATE AGGREGATE rollup(x retention_summary) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_rollup_final,
    COMBINEFUNC = retention_summary_combine,
    SERIALFUNC = retention_summary_serialize,
    DESERIALFUNC = retention_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(retention_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION retention_summary_eq(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_eq(retention_summary, retention_summary) IS
'implementation of = operator';

CREATE FUNCTION retention_summary_ne(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_ne(retention_summary, retention_summary) IS
'implementation of <> operator';

CREATE FUNCTION retention_summary_lt(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_lt(retention_summary, retention_summary) IS
'implementation of < operator';

CREATE FUNCTION retention_summary_le(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_le(retention_summary, retention_summary) IS
'implementation of <= operator';

CREATE FUNCTION retention_summary_gt(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_gt(retention_summary, retention_summary) IS
'implementation of > operator';

CREATE FUNCTION retention_summary_ge(retention_summary, retention_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'retention_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_ge(retention_summary, retention_summary) IS
'implementation of >= operator';

CREATE FUNCTION retention_summary_cmp(retention_summary, retention_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'retention_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_cmp(retention_summary, retention_summary) IS
'btree support';

CREATE FUNCTION retention_summary_hash(retention_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'retention_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_hash(retention_summary) IS
'hash support';

CREATE FUNCTION retention_summary_hash_extended(retention_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'retention_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_hash_extended(retention_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (retention_summary, retention_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (retention_summary, retention_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (retention_summary, retention_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (retention_summary, retention_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (retention_summary, retention_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (retention_summary, retention_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS retention_summary_ops DEFAULT FOR TYPE retention_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 retention_summary_cmp(retention_summary, retention_summary);
COMMENT ON OPERATOR FAMILY retention_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS retention_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS retention_summary_ops DEFAULT FOR TYPE retention_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 retention_summary_hash(retention_summary),
    FUNCTION 2 retention_summary_hash_extended(retention_summary, bigint);
COMMENT ON OPERATOR FAMILY retention_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS retention_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION retention_summary_to_json(retention_summary)
RETURNS json AS 'MODULE_PATHNAME', 'retention_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_to_json(retention_summary) IS
'the text form as json';

CREATE FUNCTION retention_summary_to_jsonb(retention_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'retention_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_to_jsonb(retention_summary) IS
'the text form as jsonb';

CREATE CAST (retention_summary AS json) WITH FUNCTION retention_summary_to_json(retention_summary);
COMMENT ON CAST (retention_summary AS json) IS
'the text form as json';

CREATE CAST (retention_summary AS jsonb) WITH FUNCTION retention_summary_to_jsonb(retention_summary);
COMMENT ON CAST (retention_summary AS jsonb) IS
'the text form as jsonb';

--
-- Type task_summary
--

CREATE FUNCTION task_summary_in(cstring)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_in(cstring) IS
'I/O';

CREATE FUNCTION task_summary_out(task_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'task_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_out(task_summary) IS
'I/O';

CREATE FUNCTION task_summary_recv(internal)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_recv(internal) IS
'I/O';

CREATE FUNCTION task_summary_send(task_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'task_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_send(task_summary) IS
'I/O';

CREATE TYPE task_summary (
    INPUT = task_summary_in,
    OUTPUT = task_summary_out,
    RECEIVE = task_summary_recv,
    SEND = task_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE task_summary IS
'attempts at a task, what became of them, and what they took';

--
-- Aggregates
--

CREATE FUNCTION task_summary_accum(internal, boolean)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, interval, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, interval, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, boolean, double precision, double precision, double precision)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, boolean, double precision, double precision, double precision) IS
'aggregate transition function';

CREATE FUNCTION task_summary_accum(internal, task_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'task_accum_summary'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_accum(internal, task_summary) IS
'aggregate transition function';

CREATE FUNCTION task_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'task_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION task_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'task_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION task_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'task_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION task_summary_final(internal)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_final(internal) IS
'aggregate final function';

CREATE AGGREGATE task(completed boolean) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean) IS
'summary of attempts, completed or not; NULL is undecided';

CREATE AGGREGATE task(completed boolean, duration interval) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval) IS
'summary of attempts, and what they took; NULL is not measured';

CREATE AGGREGATE task(completed boolean, duration interval, errors double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval, double precision) IS
'summary of attempts, what they took, and their errors; NULL is not measured';

CREATE AGGREGATE task(completed boolean, duration interval, errors double precision, actions double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, interval, double precision, double precision) IS
'summary of attempts, what they took, their errors and actions; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision) IS
'summary of attempts, and how many seconds they took; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision, errors double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision, double precision) IS
'summary of attempts, how many seconds they took, and their errors; NULL is not measured';

CREATE AGGREGATE task(completed boolean, seconds double precision, errors double precision, actions double precision) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE task(boolean, double precision, double precision, double precision) IS
'summary of attempts, how many seconds they took, their errors and actions; NULL is not measured';

--
-- Merging
--

CREATE FUNCTION merge(a task_summary, b task_summary)
RETURNS task_summary AS 'MODULE_PATHNAME', 'task_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(task_summary, task_summary) IS
'the attempts of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (task_summary, task_summary) IS
'the attempts of both; NULL is none';

CREATE AGGREGATE rollup(x task_summary) (
    SFUNC = task_summary_accum,
    STYPE = internal,
    SSPACE = 384,
    FINALFUNC = task_summary_final,
    COMBINEFUNC = task_summary_combine,
    SERIALFUNC = task_summary_serialize,
    DESERIALFUNC = task_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(task_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION task_summary_eq(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_eq(task_summary, task_summary) IS
'implementation of = operator';

CREATE FUNCTION task_summary_ne(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_ne(task_summary, task_summary) IS
'implementation of <> operator';

CREATE FUNCTION task_summary_lt(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_lt(task_summary, task_summary) IS
'implementation of < operator';

CREATE FUNCTION task_summary_le(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_le(task_summary, task_summary) IS
'implementation of <= operator';

CREATE FUNCTION task_summary_gt(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_gt(task_summary, task_summary) IS
'implementation of > operator';

CREATE FUNCTION task_summary_ge(task_summary, task_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'task_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_ge(task_summary, task_summary) IS
'implementation of >= operator';

CREATE FUNCTION task_summary_cmp(task_summary, task_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'task_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_cmp(task_summary, task_summary) IS
'btree support';

CREATE FUNCTION task_summary_hash(task_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'task_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_hash(task_summary) IS
'hash support';

CREATE FUNCTION task_summary_hash_extended(task_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'task_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_hash_extended(task_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (task_summary, task_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (task_summary, task_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (task_summary, task_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (task_summary, task_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (task_summary, task_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = task_summary, RIGHTARG = task_summary, FUNCTION = task_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (task_summary, task_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS task_summary_ops DEFAULT FOR TYPE task_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 task_summary_cmp(task_summary, task_summary);
COMMENT ON OPERATOR FAMILY task_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS task_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS task_summary_ops DEFAULT FOR TYPE task_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 task_summary_hash(task_summary),
    FUNCTION 2 task_summary_hash_extended(task_summary, bigint);
COMMENT ON OPERATOR FAMILY task_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS task_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION task_summary_to_json(task_summary)
RETURNS json AS 'MODULE_PATHNAME', 'task_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_to_json(task_summary) IS
'the text form as json';

CREATE FUNCTION task_summary_to_jsonb(task_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'task_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION task_summary_to_jsonb(task_summary) IS
'the text form as jsonb';

CREATE CAST (task_summary AS json) WITH FUNCTION task_summary_to_json(task_summary);
COMMENT ON CAST (task_summary AS json) IS
'the text form as json';

CREATE CAST (task_summary AS jsonb) WITH FUNCTION task_summary_to_jsonb(task_summary);
COMMENT ON CAST (task_summary AS jsonb) IS
'the text form as jsonb';

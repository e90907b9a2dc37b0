--
-- Type timing_summary
--

CREATE FUNCTION timing_summary_in(cstring)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_in(cstring) IS
'I/O';

CREATE FUNCTION timing_summary_out(timing_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'timing_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_out(timing_summary) IS
'I/O';

CREATE FUNCTION timing_summary_recv(internal)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_recv(internal) IS
'I/O';

CREATE FUNCTION timing_summary_send(timing_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'timing_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_send(timing_summary) IS
'I/O';

CREATE TYPE timing_summary (
    INPUT = timing_summary_in,
    OUTPUT = timing_summary_out,
    RECEIVE = timing_summary_recv,
    SEND = timing_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE timing_summary IS
'durations, finished or still running';

--
-- Aggregates
--

CREATE FUNCTION timing_summary_accum(timing_summary, interval)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_interval'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, interval) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, interval, boolean)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_interval'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, interval, boolean) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, double precision)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_seconds'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, double precision) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, double precision, boolean)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_seconds'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, double precision, boolean) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_accum(timing_summary, timestamptz, timestamptz, timestamptz)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_accum_times'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_accum(timing_summary, timestamptz, timestamptz, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION timing_summary_final(timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_final(timing_summary) IS
'aggregate final function';

CREATE FUNCTION timing_summary_combine(timing_summary, timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_combine(timing_summary, timing_summary) IS
'aggregate combine function';

CREATE AGGREGATE timing(duration interval) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(interval) IS
'summary of durations; NULL is not counted';

CREATE AGGREGATE timing(duration interval, finished boolean) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(interval, boolean) IS
'summary of durations; those not finished are still running';

CREATE AGGREGATE timing(seconds double precision) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(double precision) IS
'summary of durations in seconds; NULL is not counted';

CREATE AGGREGATE timing(seconds double precision, finished boolean) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(double precision, boolean) IS
'summary of durations in seconds; those not finished are still running';

CREATE AGGREGATE timing(started_at timestamptz, ended_at timestamptz, as_of timestamptz) (
    SFUNC = timing_summary_accum,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE timing(timestamptz, timestamptz, timestamptz) IS
'summary of durations from start to end; those not ended by as_of are still running';

--
-- Merging
--

CREATE FUNCTION merge(a timing_summary, b timing_summary)
RETURNS timing_summary AS 'MODULE_PATHNAME', 'timing_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(timing_summary, timing_summary) IS
'the durations of both; NULL is none';

CREATE OPERATOR + (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (timing_summary, timing_summary) IS
'the durations of both; NULL is none';

CREATE AGGREGATE rollup(x timing_summary) (
    SFUNC = timing_summary_combine,
    STYPE = timing_summary,
    SSPACE = 256,
    FINALFUNC = timing_summary_final,
    COMBINEFUNC = timing_summary_combine,
    INITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(timing_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION timing_summary_eq(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_eq(timing_summary, timing_summary) IS
'implementation of = operator';

CREATE FUNCTION timing_summary_ne(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_ne(timing_summary, timing_summary) IS
'implementation of <> operator';

CREATE FUNCTION timing_summary_lt(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_lt(timing_summary, timing_summary) IS
'implementation of < operator';

CREATE FUNCTION timing_summary_le(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_le(timing_summary, timing_summary) IS
'implementation of <= operator';

CREATE FUNCTION timing_summary_gt(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_gt(timing_summary, timing_summary) IS
'implementation of > operator';

CREATE FUNCTION timing_summary_ge(timing_summary, timing_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'timing_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_ge(timing_summary, timing_summary) IS
'implementation of >= operator';

CREATE FUNCTION timing_summary_cmp(timing_summary, timing_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'timing_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_cmp(timing_summary, timing_summary) IS
'btree support';

CREATE FUNCTION timing_summary_hash(timing_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'timing_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_hash(timing_summary) IS
'hash support';

CREATE FUNCTION timing_summary_hash_extended(timing_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'timing_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_hash_extended(timing_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (timing_summary, timing_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (timing_summary, timing_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (timing_summary, timing_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (timing_summary, timing_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (timing_summary, timing_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = timing_summary, RIGHTARG = timing_summary, FUNCTION = timing_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (timing_summary, timing_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS timing_summary_ops DEFAULT FOR TYPE timing_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 timing_summary_cmp(timing_summary, timing_summary);
COMMENT ON OPERATOR FAMILY timing_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS timing_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS timing_summary_ops DEFAULT FOR TYPE timing_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 timing_summary_hash(timing_summary),
    FUNCTION 2 timing_summary_hash_extended(timing_summary, bigint);
COMMENT ON OPERATOR FAMILY timing_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS timing_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION timing_summary_to_json(timing_summary)
RETURNS json AS 'MODULE_PATHNAME', 'timing_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_to_json(timing_summary) IS
'the text form as json';

CREATE FUNCTION timing_summary_to_jsonb(timing_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'timing_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION timing_summary_to_jsonb(timing_summary) IS
'the text form as jsonb';

CREATE CAST (timing_summary AS json) WITH FUNCTION timing_summary_to_json(timing_summary);
COMMENT ON CAST (timing_summary AS json) IS
'the text form as json';

CREATE CAST (timing_summary AS jsonb) WITH FUNCTION timing_summary_to_jsonb(timing_summary);
COMMENT ON CAST (timing_summary AS jsonb) IS
'the text form as jsonb';

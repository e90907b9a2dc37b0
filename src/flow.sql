--
-- Type flow_summary
--

CREATE FUNCTION flow_summary_in(cstring)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_in(cstring) IS
'I/O';

CREATE FUNCTION flow_summary_out(flow_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'flow_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_out(flow_summary) IS
'I/O';

CREATE FUNCTION flow_summary_recv(internal)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_recv(internal) IS
'I/O';

CREATE FUNCTION flow_summary_send(flow_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'flow_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_send(flow_summary) IS
'I/O';

CREATE TYPE flow_summary (
    INPUT = flow_summary_in,
    OUTPUT = flow_summary_out,
    RECEIVE = flow_summary_recv,
    SEND = flow_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE flow_summary IS
'which way actors went, place by place';

--
-- Aggregates over journeys
--

CREATE FUNCTION flow_summary_flows(internal, event_journey, step_pattern, integer)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_flows'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_flows(internal, event_journey, step_pattern, integer) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_next(internal, event_journey, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_next'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_next(internal, event_journey, step_pattern) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_next(internal, event_journey, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_accum_next'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION flow_summary_next(internal, event_journey, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_accum(internal, flow_summary)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_accum(internal, flow_summary) IS
'aggregate transition function';

CREATE FUNCTION flow_summary_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION flow_summary_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'flow_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION flow_summary_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'flow_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION flow_summary_final(internal)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_final(internal) IS
'aggregate final function';

CREATE AGGREGATE flows(j event_journey, steps step_pattern, length integer) (
    SFUNC = flow_summary_flows,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE flows(event_journey, step_pattern, integer) IS
'what followed the steps, place by place';

CREATE AGGREGATE next_events(j event_journey, steps step_pattern) (
    SFUNC = flow_summary_next,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE next_events(event_journey, step_pattern) IS
'what came next for those who began the steps and did not finish them';

CREATE AGGREGATE next_events(j event_journey, steps step_pattern, as_of timestamptz) (
    SFUNC = flow_summary_next,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE next_events(event_journey, step_pattern, timestamptz) IS
'what came next for those whose time for the steps was over without them';

--
-- Merging
--

CREATE FUNCTION merge(a flow_summary, b flow_summary)
RETURNS flow_summary AS 'MODULE_PATHNAME', 'flow_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(flow_summary, flow_summary) IS
'the actors of both, who must be different ones; NULL is nobody';

CREATE OPERATOR + (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (flow_summary, flow_summary) IS
'the actors of both, who must be different ones; NULL is nobody';

CREATE AGGREGATE rollup(x flow_summary) (
    SFUNC = flow_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = flow_summary_final,
    COMBINEFUNC = flow_summary_combine,
    SERIALFUNC = flow_summary_serialize,
    DESERIALFUNC = flow_summary_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(flow_summary) IS
'merges summaries of different actors; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION flow_summary_eq(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_eq(flow_summary, flow_summary) IS
'implementation of = operator';

CREATE FUNCTION flow_summary_ne(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_ne(flow_summary, flow_summary) IS
'implementation of <> operator';

CREATE FUNCTION flow_summary_lt(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_lt(flow_summary, flow_summary) IS
'implementation of < operator';

CREATE FUNCTION flow_summary_le(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_le(flow_summary, flow_summary) IS
'implementation of <= operator';

CREATE FUNCTION flow_summary_gt(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_gt(flow_summary, flow_summary) IS
'implementation of > operator';

CREATE FUNCTION flow_summary_ge(flow_summary, flow_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'flow_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_ge(flow_summary, flow_summary) IS
'implementation of >= operator';

CREATE FUNCTION flow_summary_cmp(flow_summary, flow_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'flow_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_cmp(flow_summary, flow_summary) IS
'btree support';

CREATE FUNCTION flow_summary_hash(flow_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'flow_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_hash(flow_summary) IS
'hash support';

CREATE FUNCTION flow_summary_hash_extended(flow_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'flow_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_hash_extended(flow_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (flow_summary, flow_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (flow_summary, flow_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (flow_summary, flow_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (flow_summary, flow_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (flow_summary, flow_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = flow_summary, RIGHTARG = flow_summary, FUNCTION = flow_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (flow_summary, flow_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS flow_summary_ops DEFAULT FOR TYPE flow_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 flow_summary_cmp(flow_summary, flow_summary);
COMMENT ON OPERATOR FAMILY flow_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS flow_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS flow_summary_ops DEFAULT FOR TYPE flow_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 flow_summary_hash(flow_summary),
    FUNCTION 2 flow_summary_hash_extended(flow_summary, bigint);
COMMENT ON OPERATOR FAMILY flow_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS flow_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION flow_summary_to_json(flow_summary)
RETURNS json AS 'MODULE_PATHNAME', 'flow_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_to_json(flow_summary) IS
'the text form as json';

CREATE FUNCTION flow_summary_to_jsonb(flow_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'flow_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION flow_summary_to_jsonb(flow_summary) IS
'the text form as jsonb';

CREATE CAST (flow_summary AS json) WITH FUNCTION flow_summary_to_json(flow_summary);
COMMENT ON CAST (flow_summary AS json) IS
'the text form as json';

CREATE CAST (flow_summary AS jsonb) WITH FUNCTION flow_summary_to_jsonb(flow_summary);
COMMENT ON CAST (flow_summary AS jsonb) IS
'the text form as jsonb';

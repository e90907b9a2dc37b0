--
-- Type event_journey
--

CREATE FUNCTION event_journey_in(cstring)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_in(cstring) IS
'I/O';

CREATE FUNCTION event_journey_out(event_journey)
RETURNS cstring AS 'MODULE_PATHNAME', 'journey_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_out(event_journey) IS
'I/O';

CREATE FUNCTION event_journey_recv(internal)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_recv(internal) IS
'I/O';

CREATE FUNCTION event_journey_send(event_journey)
RETURNS bytea AS 'MODULE_PATHNAME', 'journey_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_send(event_journey) IS
'I/O';

CREATE TYPE event_journey (
    INPUT = event_journey_in,
    OUTPUT = event_journey_out,
    RECEIVE = event_journey_recv,
    SEND = event_journey_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = external
);

COMMENT ON TYPE event_journey IS
'the events of one actor, packed, in time order';

--
-- Building
--

CREATE FUNCTION event_journey_accum(internal, timestamptz, text)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, timestamptz, text) IS
'aggregate transition function';

CREATE FUNCTION event_journey_accum(internal, timestamp, text)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, timestamp, text) IS
'aggregate transition function';

CREATE FUNCTION event_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION event_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION event_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION event_journey_final(internal)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_final(internal) IS
'aggregate final function';

CREATE AGGREGATE journey(at timestamptz, event text) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE journey(timestamptz, text) IS
'the events of one actor; a row without time or event is not counted';

CREATE AGGREGATE journey(at timestamp, event text) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE journey(timestamp, text) IS
'the events of one actor, times in UTC; a row without time or event is not counted';

CREATE FUNCTION event_journey(times timestamptz[], events text[])
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_from_arrays'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;

COMMENT ON FUNCTION event_journey(timestamptz[], text[]) IS
'journey of times and the events that happened then';

--
-- Merging
--

CREATE FUNCTION merge(a event_journey, b event_journey)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;

COMMENT ON FUNCTION merge(event_journey, event_journey) IS
'all events of both journeys, those that are in both as often as both have them';

CREATE OPERATOR + (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (event_journey, event_journey) IS
'all events of both journeys, those that are in both as often as both have them';

CREATE FUNCTION event_journey_accum(internal, event_journey)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_rollup_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_accum(internal, event_journey) IS
'aggregate transition function';

CREATE AGGREGATE rollup(x event_journey) (
    SFUNC = event_journey_accum,
    STYPE = internal,
    SSPACE = 256,
    FINALFUNC = event_journey_final,
    COMBINEFUNC = event_journey_combine,
    SERIALFUNC = event_journey_serialize,
    DESERIALFUNC = event_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(event_journey) IS
'all events of many journeys of one actor; NULL is skipped';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION event_journey_eq(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_eq(event_journey, event_journey) IS
'implementation of = operator';

CREATE FUNCTION event_journey_ne(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_ne(event_journey, event_journey) IS
'implementation of <> operator';

CREATE FUNCTION event_journey_lt(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_lt(event_journey, event_journey) IS
'implementation of < operator';

CREATE FUNCTION event_journey_le(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_le(event_journey, event_journey) IS
'implementation of <= operator';

CREATE FUNCTION event_journey_gt(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gt(event_journey, event_journey) IS
'implementation of > operator';

CREATE FUNCTION event_journey_ge(event_journey, event_journey)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_ge(event_journey, event_journey) IS
'implementation of >= operator';

CREATE FUNCTION event_journey_cmp(event_journey, event_journey)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_cmp(event_journey, event_journey) IS
'btree support';

CREATE FUNCTION event_journey_hash(event_journey)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_hash(event_journey) IS
'hash support';

CREATE FUNCTION event_journey_hash_extended(event_journey, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_hash_extended(event_journey, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (event_journey, event_journey) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (event_journey, event_journey) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (event_journey, event_journey) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (event_journey, event_journey) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (event_journey, event_journey) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = event_journey, RIGHTARG = event_journey, FUNCTION = event_journey_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (event_journey, event_journey) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 event_journey_cmp(event_journey, event_journey);
COMMENT ON OPERATOR FAMILY event_journey_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS event_journey_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 event_journey_hash(event_journey),
    FUNCTION 2 event_journey_hash_extended(event_journey, bigint);
COMMENT ON OPERATOR FAMILY event_journey_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS event_journey_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION event_journey_to_json(event_journey)
RETURNS json AS 'MODULE_PATHNAME', 'journey_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_to_json(event_journey) IS
'the text form as json';

CREATE FUNCTION event_journey_to_jsonb(event_journey)
RETURNS jsonb AS 'MODULE_PATHNAME', 'journey_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_to_jsonb(event_journey) IS
'the text form as jsonb';

CREATE CAST (event_journey AS json) WITH FUNCTION event_journey_to_json(event_journey);
COMMENT ON CAST (event_journey AS json) IS
'the text form as json';

CREATE CAST (event_journey AS jsonb) WITH FUNCTION event_journey_to_jsonb(event_journey);
COMMENT ON CAST (event_journey AS jsonb) IS
'the text form as jsonb';


--
-- retention() over journeys: an actor is in one value, so that states are small and combine
--

CREATE FUNCTION retention_summary_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION retention_summary_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'retention_journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION retention_summary_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION retention_summary_journey_final(internal)
RETURNS retention_summary AS 'MODULE_PATHNAME', 'retention_journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION retention_summary_journey_final(internal) IS
'aggregate final function';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text) IS
'in which periods actors came back after their first event';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, first text, return text, period text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text, text) IS
'in which periods actors came back with one event after another';

CREATE FUNCTION retention_summary_accum(internal, event_journey, text, text, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'retention_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION retention_summary_accum(internal, event_journey, text, text, text, text) IS
'aggregate transition function';

CREATE AGGREGATE retention(j event_journey, first text, return text, period text, timezone text) (
    SFUNC = retention_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = retention_summary_journey_final,
    COMBINEFUNC = retention_summary_journey_combine,
    SERIALFUNC = retention_summary_journey_serialize,
    DESERIALFUNC = retention_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE retention(event_journey, text, text, text, text) IS
'in which periods actors came back with one event after another';

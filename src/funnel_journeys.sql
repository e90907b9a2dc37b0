
--
-- funnel() over journeys: an actor is in one value, so that states are small and combine
--

CREATE FUNCTION funnel_summary_journey_combine(internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_combine(internal, internal) IS
'aggregate combine function';

CREATE FUNCTION funnel_summary_journey_serialize(internal)
RETURNS bytea AS 'MODULE_PATHNAME', 'funnel_journey_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_serialize(internal) IS
'aggregate serialization function';

CREATE FUNCTION funnel_summary_journey_deserialize(bytea, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_deserialize(bytea, internal) IS
'aggregate deserialization function';

CREATE FUNCTION funnel_summary_journey_final(internal)
RETURNS funnel_summary AS 'MODULE_PATHNAME', 'funnel_journey_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION funnel_summary_journey_final(internal) IS
'aggregate final function';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern, as_of timestamptz) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern, timestamptz) IS
'how far each actor came along the steps';

CREATE FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz, tstzrange)
RETURNS internal AS 'MODULE_PATHNAME', 'funnel_journey_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION funnel_summary_accum(internal, event_journey, step_pattern, timestamptz, tstzrange) IS
'aggregate transition function';

CREATE AGGREGATE funnel(j event_journey, steps step_pattern, as_of timestamptz, entered tstzrange) (
    SFUNC = funnel_summary_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = funnel_summary_journey_final,
    COMBINEFUNC = funnel_summary_journey_combine,
    SERIALFUNC = funnel_summary_journey_serialize,
    DESERIALFUNC = funnel_summary_journey_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE funnel(event_journey, step_pattern, timestamptz, tstzrange) IS
'how far each actor came along the steps';

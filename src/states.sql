--
-- Journeys whose events are changes of a state
--

-- not strict, as an end that is not known may be NULL
CREATE FUNCTION state_durations(
    j event_journey,
    until_at timestamptz DEFAULT NULL,
    OUT step integer,
    OUT state text,
    OUT occurrence integer,
    OUT started_at timestamptz,
    OUT ended_at timestamptz,
    OUT seconds double precision,
    OUT finished boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'journey_state_durations'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION state_durations(event_journey, timestamptz) IS
'a row per visit to a state: how long it lasted; the last one is not finished';

CREATE FUNCTION state_at(j event_journey, at timestamptz)
RETURNS text AS 'MODULE_PATHNAME', 'journey_state_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION state_at(event_journey, timestamptz) IS
'the last event at or before an instant; NULL before the first';

CREATE FUNCTION transitions(
    j event_journey,
    OUT step integer,
    OUT source text,
    OUT target text,
    OUT seconds double precision)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'journey_transitions'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;

COMMENT ON FUNCTION transitions(event_journey) IS
'a row per event and the one after it: how long it took from one to the other';

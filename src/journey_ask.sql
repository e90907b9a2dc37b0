--
-- What a journey is asked
--

CREATE FUNCTION events(j event_journey, OUT at timestamptz, OUT event text)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20;

COMMENT ON FUNCTION events(event_journey) IS
'the events, in the order of their times';

CREATE FUNCTION event_count(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_event_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_count(event_journey) IS
'number of events';

CREATE FUNCTION occurrences(j event_journey, event text)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_occurrences'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION occurrences(event_journey, text) IS
'how often an event happened';

CREATE FUNCTION first_at(j event_journey)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'journey_first_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION first_at(event_journey) IS
'time of the first event';

CREATE FUNCTION last_at(j event_journey)
RETURNS timestamptz AS 'MODULE_PATHNAME', 'journey_last_at'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION last_at(event_journey) IS
'time of the last event';

CREATE FUNCTION duration(j event_journey)
RETURNS interval AS 'MODULE_PATHNAME', 'journey_duration'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION duration(event_journey) IS
'time from the first event to the last';

CREATE FUNCTION slice(j event_journey, from_at timestamptz, until_at timestamptz)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_slice'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION slice(event_journey, timestamptz, timestamptz) IS
'the events from a time on and before another';

CREATE FUNCTION keep(j event_journey, names text[])
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_keep'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION keep(event_journey, text[]) IS
'the events with one of these names';

CREATE FUNCTION distinct_events(j event_journey)
RETURNS event_journey AS 'MODULE_PATHNAME', 'journey_distinct_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION distinct_events(event_journey) IS
'each event once: those of the same name at the same time are one';

--
-- Sessions
--

CREATE FUNCTION sessions(
    j event_journey, gap interval, OUT session integer, OUT started_at timestamptz,
    OUT ended_at timestamptz, OUT events bigint, OUT seconds double precision,
    OUT journey event_journey
)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_sessions'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5;

COMMENT ON FUNCTION sessions(event_journey, interval) IS
'runs of events without a pause longer than the gap';

CREATE FUNCTION session_number(at timestamptz, gap interval)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_session_number'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION session_number(timestamptz, interval) IS
'number of the session of a row of events: one more after each pause longer than the gap';

CREATE FUNCTION session_number(at timestamp, gap interval)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_session_number'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION session_number(timestamp, interval) IS
'number of the session of a row of events: one more after each pause longer than the gap';

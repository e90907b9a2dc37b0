
--
-- How far one journey came along steps
--

CREATE FUNCTION depth(j event_journey, steps step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_depth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION depth(event_journey, step_pattern) IS
'how many steps a journey reached';

CREATE FUNCTION outcome(j event_journey, steps step_pattern, as_of timestamptz)
RETURNS text AS 'MODULE_PATHNAME', 'journey_outcome'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION outcome(event_journey, step_pattern, timestamptz) IS
'what became of a journey: completed, abandoned or open; NULL when it never began';

CREATE FUNCTION matches(j event_journey, steps step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_matches'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION matches(event_journey, step_pattern) IS
'whether a journey took all steps';

CREATE FUNCTION match_count(j event_journey, steps step_pattern)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_match_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION match_count(event_journey, step_pattern) IS
'how often a journey took all steps, without overlap';

CREATE FUNCTION runs(
    j event_journey, steps step_pattern,
    OUT started_at timestamptz, OUT ended_at timestamptz, OUT depth integer, OUT completed boolean,
    OUT seconds double precision, OUT actions bigint, OUT run event_journey)
RETURNS SETOF record AS 'MODULE_PATHNAME', 'journey_runs'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 5;

COMMENT ON FUNCTION runs(event_journey, step_pattern) IS
'every attempt at the steps';

CREATE OPERATOR @> (
    LEFTARG = event_journey, RIGHTARG = step_pattern, FUNCTION = matches,
    RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (event_journey, step_pattern) IS
'whether a journey took all steps';

--
-- Index by the names of events
--

CREATE FUNCTION event_journey_gin_compare(text, text)
RETURNS integer AS 'MODULE_PATHNAME', 'journey_gin_compare'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_compare(text, text) IS
'GIN support';

CREATE FUNCTION event_journey_gin_extract_value(event_journey, internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_gin_extract_value'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_extract_value(event_journey, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal)
RETURNS internal AS 'MODULE_PATHNAME', 'journey_gin_extract_query'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal)
RETURNS boolean AS 'MODULE_PATHNAME', 'journey_gin_consistent'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal) IS
'GIN support';

CREATE FUNCTION event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal)
RETURNS "char" AS 'MODULE_PATHNAME', 'journey_gin_triconsistent'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal) IS
'GIN support';

CREATE OPERATOR CLASS event_journey_ops DEFAULT FOR TYPE event_journey USING gin AS
    OPERATOR 1 @>(event_journey, step_pattern),
    FUNCTION 1 event_journey_gin_compare(text, text),
    FUNCTION 2 event_journey_gin_extract_value(event_journey, internal, internal),
    FUNCTION 3 event_journey_gin_extract_query(event_journey, internal, smallint, internal, internal, internal, internal),
    FUNCTION 4 event_journey_gin_consistent(internal, smallint, event_journey, integer, internal, internal, internal, internal),
    FUNCTION 6 event_journey_gin_triconsistent(internal, smallint, event_journey, integer, internal, internal, internal),
    STORAGE text;
COMMENT ON OPERATOR FAMILY event_journey_ops USING gin IS
'the names of events';

COMMENT ON OPERATOR CLASS event_journey_ops USING gin IS
'the names of events';

--
-- Signs of friction
--

CREATE FUNCTION back_and_forth(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_back_and_forth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION back_and_forth(event_journey) IS
'how often an event comes again right after another one';

CREATE FUNCTION back_and_forth(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_back_and_forth'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION back_and_forth(event_journey, interval) IS
'how often an event comes again right after another one, so soon';

CREATE FUNCTION repeated_events(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_repeated_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION repeated_events(event_journey) IS
'how many events repeat the one right before them within a second';

CREATE FUNCTION repeated_events(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_repeated_events'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION repeated_events(event_journey, interval) IS
'how many events repeat the one right before them, so soon';

CREATE FUNCTION rage_clicks(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey) IS
'how often the same event comes three times or more in a row, each within a second';

CREATE FUNCTION rage_clicks(j event_journey, within interval)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey, interval) IS
'how often the same event comes three times or more in a row, each so soon';

CREATE FUNCTION rage_clicks(j event_journey, within interval, clicks integer)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_rage_clicks'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION rage_clicks(event_journey, interval, integer) IS
'how often the same event comes so many times or more in a row, each so soon';

CREATE FUNCTION loops(j event_journey)
RETURNS bigint AS 'MODULE_PATHNAME', 'journey_loops'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION loops(event_journey) IS
'how often a journey comes back to where it was';

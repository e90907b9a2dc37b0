--
-- Pictures of rows
--

CREATE FUNCTION svg_cells_accum(internal, text, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_cells_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_cells_accum(internal, text, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_cells_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_cells_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_cells_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_cells(label text, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_cells_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_cells_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_cells(text, double precision, double precision, double precision, text) IS
'picture of groups side by side: a dot and its interval for each, as SVG';

CREATE FUNCTION svg_line_accum(internal, date, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_date'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, date, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_accum(internal, timestamp, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_timestamp'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, timestamp, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_accum(internal, timestamptz, double precision, double precision, double precision, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_line_accum_timestamp'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_line_accum(internal, timestamptz, double precision, double precision, double precision, text) IS
'aggregate transition function';

CREATE FUNCTION svg_line_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_line_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_line_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_line(at date, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(date, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE AGGREGATE svg_line(at timestamp, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(timestamp, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE AGGREGATE svg_line(at timestamptz, estimate double precision, low double precision, high double precision, title text) (
    SFUNC = svg_line_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_line_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_line(timestamptz, double precision, double precision, double precision, text) IS
'picture of an estimate over time with a band of its interval, as SVG';

CREATE FUNCTION svg_control_accum(internal, text, double precision, double precision, double precision, double precision, text, text)
RETURNS internal AS 'MODULE_PATHNAME', 'svg_control_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION svg_control_accum(internal, text, double precision, double precision, double precision, double precision, text, text) IS
'aggregate transition function';

CREATE FUNCTION svg_control_final(internal)
RETURNS text AS 'MODULE_PATHNAME', 'svg_control_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION svg_control_final(internal) IS
'aggregate final function';

CREATE AGGREGATE svg_control(label text, estimate double precision, center double precision, low double precision, high double precision, signal text, title text) (
    SFUNC = svg_control_accum,
    STYPE = internal,
    SSPACE = 2048,
    FINALFUNC = svg_control_final,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE svg_control(text, double precision, double precision, double precision, double precision, text, text) IS
'picture of a control chart, of what control_limits returns, as SVG';

--
-- Answers as exports deliver them
--

CREATE FUNCTION within_scale(answer smallint, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(smallint, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer integer, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(integer, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer double precision, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(double precision, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer text, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(text, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION within_scale(answer jsonb, low integer, high integer)
RETURNS integer AS 'MODULE_PATHNAME', 'within_scale_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION within_scale(jsonb, integer, integer) IS
'the answer when it is a whole number on the scale, else NULL';

CREATE FUNCTION on_scale(label text, labels text[])
RETURNS integer AS 'MODULE_PATHNAME', 'on_scale'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION on_scale(text, text[]) IS
'position of a label among the labels of a scale, from 1';

CREATE FUNCTION nps_class(answer smallint)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(smallint) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_class(answer integer)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(integer) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_class(answer double precision)
RETURNS text AS 'MODULE_PATHNAME', 'nps_class_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_class(double precision) IS
'promoter, passive or detractor';

CREATE FUNCTION nps_points(answer smallint)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_int2'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(smallint) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';

CREATE FUNCTION nps_points(answer integer)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_int4'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(integer) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';

CREATE FUNCTION nps_points(answer double precision)
RETURNS integer AS 'MODULE_PATHNAME', 'nps_points_float8'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION nps_points(double precision) IS
'100 for a promoter, 0 for a passive, -100 for a detractor';

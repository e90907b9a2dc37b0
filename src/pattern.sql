--
-- Type step_pattern
--

CREATE FUNCTION step_pattern_in(cstring)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_in(cstring) IS
'I/O';

CREATE FUNCTION step_pattern_out(step_pattern)
RETURNS cstring AS 'MODULE_PATHNAME', 'pattern_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_out(step_pattern) IS
'I/O';

-- names go in the encoding of the client
CREATE FUNCTION step_pattern_recv(internal)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_recv(internal) IS
'I/O';

CREATE FUNCTION step_pattern_send(step_pattern)
RETURNS bytea AS 'MODULE_PATHNAME', 'pattern_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_send(step_pattern) IS
'I/O';

CREATE TYPE step_pattern (
    INPUT = step_pattern_in,
    OUTPUT = step_pattern_out,
    RECEIVE = step_pattern_recv,
    SEND = step_pattern_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE step_pattern IS
'which events, in which order and how soon, make a funnel or a path';

CREATE FUNCTION step_pattern(steps text)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_from_text'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern(text) IS
'pattern of its text form';

CREATE FUNCTION steps(VARIADIC names text[])
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_steps'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION steps(text[]) IS
'pattern of one event name per step, each later than the one before';

CREATE FUNCTION steps_within(names text[], within interval)
RETURNS step_pattern AS 'MODULE_PATHNAME', 'pattern_steps_within'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION steps_within(text[], interval) IS
'pattern of one event name per step, all of them within so much time';

--
-- What it is made of
--

CREATE FUNCTION step_count(p step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_step_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_count(step_pattern) IS
'number of steps';

CREATE FUNCTION step_names(p step_pattern)
RETURNS text[] AS 'MODULE_PATHNAME', 'pattern_step_names'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_names(step_pattern) IS
'event names that serve each step, as the text form has them';

CREATE FUNCTION step_limits(p step_pattern)
RETURNS interval[] AS 'MODULE_PATHNAME', 'pattern_step_limits'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_limits(step_pattern) IS
'how long after the one before it each step may be, NULL without limit';

CREATE FUNCTION conversion_window(p step_pattern)
RETURNS interval AS 'MODULE_PATHNAME', 'pattern_conversion_window'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION conversion_window(step_pattern) IS
'how long the whole pattern may take, NULL without limit';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION step_pattern_eq(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_eq(step_pattern, step_pattern) IS
'implementation of = operator';

CREATE FUNCTION step_pattern_ne(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_ne(step_pattern, step_pattern) IS
'implementation of <> operator';

CREATE FUNCTION step_pattern_lt(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_lt(step_pattern, step_pattern) IS
'implementation of < operator';

CREATE FUNCTION step_pattern_le(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_le(step_pattern, step_pattern) IS
'implementation of <= operator';

CREATE FUNCTION step_pattern_gt(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_gt(step_pattern, step_pattern) IS
'implementation of > operator';

CREATE FUNCTION step_pattern_ge(step_pattern, step_pattern)
RETURNS boolean AS 'MODULE_PATHNAME', 'pattern_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_ge(step_pattern, step_pattern) IS
'implementation of >= operator';

CREATE FUNCTION step_pattern_cmp(step_pattern, step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_cmp(step_pattern, step_pattern) IS
'btree support';

CREATE FUNCTION step_pattern_hash(step_pattern)
RETURNS integer AS 'MODULE_PATHNAME', 'pattern_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_hash(step_pattern) IS
'hash support';

CREATE FUNCTION step_pattern_hash_extended(step_pattern, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'pattern_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION step_pattern_hash_extended(step_pattern, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (step_pattern, step_pattern) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (step_pattern, step_pattern) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (step_pattern, step_pattern) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (step_pattern, step_pattern) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (step_pattern, step_pattern) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = step_pattern, RIGHTARG = step_pattern, FUNCTION = step_pattern_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (step_pattern, step_pattern) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS step_pattern_ops DEFAULT FOR TYPE step_pattern USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 step_pattern_cmp(step_pattern, step_pattern);
COMMENT ON OPERATOR FAMILY step_pattern_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS step_pattern_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS step_pattern_ops DEFAULT FOR TYPE step_pattern USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 step_pattern_hash(step_pattern),
    FUNCTION 2 step_pattern_hash_extended(step_pattern, bigint);
COMMENT ON OPERATOR FAMILY step_pattern_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS step_pattern_ops USING hash IS
'equality';

--
-- Casts
--

CREATE CAST (text AS step_pattern) WITH FUNCTION step_pattern(text) AS IMPLICIT;
COMMENT ON CAST (text AS step_pattern) IS
'pattern of its text form';

CREATE CAST (varchar AS step_pattern) WITH FUNCTION step_pattern(text) AS IMPLICIT;
COMMENT ON CAST (varchar AS step_pattern) IS
'pattern of its text form';

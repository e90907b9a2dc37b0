--
-- Type choices_summary
--

CREATE FUNCTION choices_summary_in(cstring)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_in(cstring) IS
'I/O';

CREATE FUNCTION choices_summary_out(choices_summary)
RETURNS cstring AS 'MODULE_PATHNAME', 'choices_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_out(choices_summary) IS
'I/O';

-- names are sent in the encoding of the client, so that the binary form depends on a setting
CREATE FUNCTION choices_summary_recv(internal)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_recv'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_recv(internal) IS
'I/O';

CREATE FUNCTION choices_summary_send(choices_summary)
RETURNS bytea AS 'MODULE_PATHNAME', 'choices_send'
LANGUAGE C STABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_send(choices_summary) IS
'I/O';

CREATE TYPE choices_summary (
    INPUT = choices_summary_in,
    OUTPUT = choices_summary_out,
    RECEIVE = choices_summary_recv,
    SEND = choices_summary_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = external
);

COMMENT ON TYPE choices_summary IS
'how often each answer of a nominal question was chosen';

--
-- Aggregates
--

CREATE FUNCTION choices_summary_accum(choices_summary, text)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_one'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_one'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text[])
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_all'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text[]) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text[])
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_all'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text[]) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text, double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_one_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text, double precision) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text, double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_one_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text, double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_accum(choices_summary, text[], double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_accum_all_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_accum(choices_summary, text[], double precision) IS
'aggregate transition function';

CREATE FUNCTION choices_summary_remove(choices_summary, text[], double precision)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_all_weighted'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, text[], double precision) IS
'aggregate inverse transition function';

CREATE FUNCTION choices_summary_final(choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_final(choices_summary) IS
'aggregate final function';

CREATE FUNCTION choices_summary_combine(choices_summary, choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_merge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_combine(choices_summary, choices_summary) IS
'aggregate combine function';

CREATE FUNCTION choices_summary_remove(choices_summary, choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_remove_summary'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_remove(choices_summary, choices_summary) IS
'aggregate inverse transition function';

CREATE AGGREGATE choices(answer text) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text) IS
'summary of answers to a question with one answer of many';

CREATE AGGREGATE choices(answer text[]) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text[]) IS
'summary of answers to a question where all that applies is ticked';

CREATE AGGREGATE choices(answer text, weight double precision) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text, double precision) IS
'summary of weighted answers to a question with one answer of many';

CREATE AGGREGATE choices(answer text[], weight double precision) (
    SFUNC = choices_summary_accum,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_accum,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE choices(text[], double precision) IS
'summary of weighted answers to a question where all that applies is ticked';

--
-- Merging
--

CREATE FUNCTION merge(a choices_summary, b choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_merge'
LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION merge(choices_summary, choices_summary) IS
'the answers of both; NULL is nobody';

CREATE FUNCTION subtract(a choices_summary, b choices_summary)
RETURNS choices_summary AS 'MODULE_PATHNAME', 'choices_subtract'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION subtract(choices_summary, choices_summary) IS
'the answers of a without those of b, which must be part of it';

CREATE OPERATOR + (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = merge,
    COMMUTATOR = +
);
COMMENT ON OPERATOR + (choices_summary, choices_summary) IS
'the answers of both; NULL is nobody';

CREATE OPERATOR - (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = subtract
);
COMMENT ON OPERATOR - (choices_summary, choices_summary) IS
'the answers of the left without those of the right, which must be part of it';

CREATE AGGREGATE rollup(x choices_summary) (
    SFUNC = choices_summary_combine,
    STYPE = choices_summary,
    FINALFUNC = choices_summary_final,
    COMBINEFUNC = choices_summary_combine,
    INITCOND = '{}',
    MSFUNC = choices_summary_combine,
    MINVFUNC = choices_summary_remove,
    MSTYPE = choices_summary,
    MFINALFUNC = choices_summary_final,
    MINITCOND = '{}',
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE rollup(choices_summary) IS
'merges summaries; NULL for none';

--
-- Comparison, for sorting and grouping only
--

CREATE FUNCTION choices_summary_eq(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_eq'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_eq(choices_summary, choices_summary) IS
'implementation of = operator';

CREATE FUNCTION choices_summary_ne(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_ne'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_ne(choices_summary, choices_summary) IS
'implementation of <> operator';

CREATE FUNCTION choices_summary_lt(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_lt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_lt(choices_summary, choices_summary) IS
'implementation of < operator';

CREATE FUNCTION choices_summary_le(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_le'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_le(choices_summary, choices_summary) IS
'implementation of <= operator';

CREATE FUNCTION choices_summary_gt(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_gt'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_gt(choices_summary, choices_summary) IS
'implementation of > operator';

CREATE FUNCTION choices_summary_ge(choices_summary, choices_summary)
RETURNS boolean AS 'MODULE_PATHNAME', 'choices_ge'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_ge(choices_summary, choices_summary) IS
'implementation of >= operator';

CREATE FUNCTION choices_summary_cmp(choices_summary, choices_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'choices_cmp'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_cmp(choices_summary, choices_summary) IS
'btree support';

CREATE FUNCTION choices_summary_hash(choices_summary)
RETURNS integer AS 'MODULE_PATHNAME', 'choices_hash'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_hash(choices_summary) IS
'hash support';

CREATE FUNCTION choices_summary_hash_extended(choices_summary, bigint)
RETURNS bigint AS 'MODULE_PATHNAME', 'choices_hash_extended'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_hash_extended(choices_summary, bigint) IS
'hash support';

CREATE OPERATOR = (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_eq,
    COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR = (choices_summary, choices_summary) IS
'equal';

CREATE OPERATOR <> (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_ne,
    COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (choices_summary, choices_summary) IS
'not equal';

CREATE OPERATOR < (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_lt,
    COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (choices_summary, choices_summary) IS
'less than, in an order for sorting only';

CREATE OPERATOR <= (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_le,
    COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (choices_summary, choices_summary) IS
'less than or equal, in an order for sorting only';

CREATE OPERATOR > (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_gt,
    COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (choices_summary, choices_summary) IS
'greater than, in an order for sorting only';

CREATE OPERATOR >= (
    LEFTARG = choices_summary, RIGHTARG = choices_summary, FUNCTION = choices_summary_ge,
    COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (choices_summary, choices_summary) IS
'greater than or equal, in an order for sorting only';

CREATE OPERATOR CLASS choices_summary_ops DEFAULT FOR TYPE choices_summary USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 choices_summary_cmp(choices_summary, choices_summary);
COMMENT ON OPERATOR FAMILY choices_summary_ops USING btree IS
'equality, and an order for sorting only';

COMMENT ON OPERATOR CLASS choices_summary_ops USING btree IS
'equality, and an order for sorting only';

CREATE OPERATOR CLASS choices_summary_ops DEFAULT FOR TYPE choices_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 choices_summary_hash(choices_summary),
    FUNCTION 2 choices_summary_hash_extended(choices_summary, bigint);
COMMENT ON OPERATOR FAMILY choices_summary_ops USING hash IS
'equality';

COMMENT ON OPERATOR CLASS choices_summary_ops USING hash IS
'equality';

--
-- Casts
--

CREATE FUNCTION choices_summary_to_json(choices_summary)
RETURNS json AS 'MODULE_PATHNAME', 'choices_to_json'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_to_json(choices_summary) IS
'the text form as json';

CREATE FUNCTION choices_summary_to_jsonb(choices_summary)
RETURNS jsonb AS 'MODULE_PATHNAME', 'choices_to_jsonb'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION choices_summary_to_jsonb(choices_summary) IS
'the text form as jsonb';

CREATE CAST (choices_summary AS json) WITH FUNCTION choices_summary_to_json(choices_summary);
COMMENT ON CAST (choices_summary AS json) IS
'the text form as json';

CREATE CAST (choices_summary AS jsonb) WITH FUNCTION choices_summary_to_jsonb(choices_summary);
COMMENT ON CAST (choices_summary AS jsonb) IS
'the text form as jsonb';

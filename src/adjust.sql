--
-- Families of tests
--

CREATE FUNCTION adjust_p_values(p double precision[], method text)
RETURNS double precision[] AS 'MODULE_PATHNAME', 'adjust_p_values'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION adjust_p_values(double precision[], text) IS
'p-values adjusted for how many there are: holm, benjamini-hochberg or bonferroni';

CREATE FUNCTION adjust_p_value(p double precision, method text)
RETURNS double precision AS 'MODULE_PATHNAME', 'adjust_p_value'
LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION adjust_p_value(double precision, text) IS
'p-value adjusted for its window partition: holm, benjamini-hochberg or bonferroni';

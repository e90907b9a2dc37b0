-- Whether two text forms differ in numbers only, by no more than 1e-9 of their size: floating moments
-- are added in another order.
CREATE FUNCTION close_to(a text, b text) RETURNS boolean LANGUAGE sql AS $$
	SELECT regexp_replace(a, '-?[0-9.]+(e[-+]?[0-9]+)?', '#', 'g') = regexp_replace(b, '-?[0-9.]+(e[-+]?[0-9]+)?', '#', 'g')
		AND NOT EXISTS (SELECT FROM regexp_matches(a, '-?[0-9.]+(?:e[-+]?[0-9]+)?', 'g') WITH ORDINALITY AS x (m, i) JOIN regexp_matches(b, '-?[0-9.]+(?:e[-+]?[0-9]+)?', 'g') WITH ORDINALITY AS y (m, i) USING (i)
			WHERE abs(x.m[1]::float8 - y.m[1]::float8) > 1e-9 * greatest(1, abs(x.m[1]::float8)))
$$;

select g.month, g.touchpoint, r.score as nps, r.low, r.high, r.n
from (
    select date_trunc('month', day)::date as month, touchpoint, rollup(recommendation) as summary
    from {{ ref('scores_daily') }}
    group by 1, 2
) as g, report(g.summary) as r

select g.month, g.touchpoint, r.top_2_box as satisfied, r.top_2_low as low, r.top_2_high as high, r.n
from (
    select date_trunc('month', day)::date as month, touchpoint, rollup(satisfaction) as summary
    from {{ ref('scores_daily') }}
    group by 1, 2
) as g, report(g.summary) as r

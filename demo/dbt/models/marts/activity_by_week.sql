select g.week, r.choice as event, r.answers as times, r.share, r.respondents as events
from (
    select date_trunc('week', day)::date as week, rollup(events) as summary
    from {{ ref('activity_daily') }}
    group by 1
) as g, report(g.summary) as r

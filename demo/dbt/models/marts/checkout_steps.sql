select g.device, r.step, r.name, r.actors as customers, r.share_of_start, r.start_low, r.start_high, r.median_seconds, r.open
from (
    select device, rollup(shop) as summary
    from {{ ref('checkouts') }}
    where device is not null
    group by device
) as g, report(g.summary) as r
